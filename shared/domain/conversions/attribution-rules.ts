/** How a campaign's conversions are credited. */
import * as z from "zod";

/** Ways to share a conversion's credit among the touches before it; `models.ts` says how each does. */
export const attributionModels = ["last", "first", "linear", "position"] as const;
export type AttributionModel = (typeof attributionModels)[number];

/** What an order is credited to that was reported with a promo code and with links: to one of the two, and to nothing of the other. */
export const promoCodePrecedences = ["code", "click"] as const;

export const AttributionRules = z.object({
  model: z.enum(attributionModels),
  /** Days after a touch in which an order is still its. */
  windowDays: z.int(),
  /** What holds for the campaign's promo codes. */
  promoCodePrecedence: z.enum(promoCodePrecedences),
});
export type AttributionRules = z.infer<typeof AttributionRules>;

/** What holds where a brand says nothing else. */
export const defaultAttributionRules: AttributionRules = {
  model: "last",
  windowDays: 30,
  promoCodePrecedence: "code",
};

const model = z.enum(attributionModels);
const windowDays = z.int().min(1).max(90);
const promoCodePrecedence = z.enum(promoCodePrecedences);

/** What a brand says of it when it drafts a campaign: what is left out is as by default. */
export const NewAttributionRules = z
  .strictObject({
    model: model.default(defaultAttributionRules.model),
    windowDays: windowDays.default(defaultAttributionRules.windowDays),
    promoCodePrecedence: promoCodePrecedence.default(defaultAttributionRules.promoCodePrecedence),
  })
  .prefault({});

/** What it changes of it: what is left out stays. */
export const AttributionRulesChanges = z.strictObject({
  model: model.optional(),
  windowDays: windowDays.optional(),
  promoCodePrecedence: promoCodePrecedence.optional(),
});
