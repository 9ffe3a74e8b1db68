import * as z from "zod";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { Conversion, ConversionReversal, NewConversion, NewReversal } from "#shared/domain/conversions/conversion";
import { attributionModels } from "#shared/domain/conversions/attribution-rules";
import { conversionRefusals } from "#shared/domain/conversions/refusals";
import { MAX_EXPLAINED_REVERSALS } from "#shared/domain/conversions/explain-conversion";
import { PassedOver, Touch } from "#shared/domain/conversions/touch";
import { idOf, UserId } from "#shared/domain/kernel/ids";
import { Money } from "#shared/domain/kernel/money";
import { http } from "./contract.ts";

/**
 * As it was recorded: what reversals leave of it is theirs to say, so that the first answer can be given for ever. How its credit
 * is shared is for the explanation.
 */
const ConversionView = Conversion.omit({
  brandId: true,
  model: true,
  windowDays: true,
  promoCodePrecedence: true,
  touches: true,
  passedOver: true,
  reversedMinor: true,
  version: true,
  updatedAt: true,
}).meta({ id: "Conversion" });

/** With what all reversals together leave of the conversion. */
const ReversalView = ConversionReversal.omit({ brandId: true, version: true })
  .extend({ reversed: Money, net: Money })
  .meta({ id: "ConversionReversal" });

const conversionPath = z.strictObject({ conversionId: idOf("conversion") });

export const recordConversion = http({
  route: "POST /v1/conversions",
  roles: ["brand"],
  apiKey: "conversions:write",
  body: NewConversion,
  reply: ConversionView,
  status: 201,
  statusWhenThere: 200,
  refuses: [conversionRefusals.sourceUnknown, conversionRefusals.outsideWindow, campaignRefusals.currencyMismatch],
  uses: [
    "conversions:read",
    "conversions:write",
    "clickKeys:read",
    "links:read",
    "promoCodes:read",
    "campaigns:read",
    "accounts:read",
  ],
  summary: "Record an order that came of links or used a promo code; each order counts once, for ever",
  ifItFails: "sales are not credited to the creators who brought them about",
});

export const reverseConversion = http({
  route: "POST /v1/conversions/{conversionId}/reversals",
  roles: ["brand"],
  apiKey: "conversions:write",
  path: conversionPath,
  body: NewReversal,
  reply: ReversalView,
  status: 201,
  idempotency: "required",
  refuses: [conversionRefusals.notFound, conversionRefusals.reversalExceedsValue, campaignRefusals.currencyMismatch],
  uses: ["conversions:read", "conversions:write", "conversionReversals:write"],
  summary: "Take back part or all of a conversion's value",
  ifItFails: "returned orders still count as sales",
});

const Percent = z.int().min(0).max(100).meta({ description: "Those of all are 100" });
/** Null where a creator asks and it is another's. */
const Whose = z.object({
  creatorId: UserId.nullable(),
  code: Touch.shape.code.nullable(),
  promoCode: Touch.shape.promoCode,
});

const Explanation = Conversion.pick({ campaignId: true, occurredAt: true, value: true })
  .extend({
    conversionId: idOf("conversion"),
    model: z.enum(attributionModels).meta({ description: "The one that it is counted by" }),
    windowDays: z.int(),
    promoCodePrecedence: Conversion.shape.promoCodePrecedence,
    reversed: Money,
    net: Money,
    touches: z.array(
      Whose.extend({
        campaignId: Touch.shape.campaignId.nullable(),
        by: Touch.shape.by,
        clickedAt: Touch.shape.clickedAt,
        percent: Percent,
        value: Money,
        reversed: Money,
        net: Money,
        detail: z.string(),
      }),
    ),
    reversals: z
      .array(
        ConversionReversal.pick({ id: true, amount: true, createdAt: true }).extend({
          reason: z.string().nullable().meta({ description: "The brand's words, for the brand" }),
        }),
      )
      .meta({ description: `The newest first, ${MAX_EXPLAINED_REVERSALS} at most` }),
    passedOver: z.array(PassedOver.omit({ touch: true }).extend({ detail: z.string() })),
    models: z.array(
      z.object({ model: z.enum(attributionModels), shares: z.array(Whose.extend({ percent: Percent })) }),
    ),
  })
  .meta({ id: "ConversionExplanation" });

export const explainConversion = http({
  route: "GET /v1/conversions/{conversionId}/explanation",
  roles: ["brand", "creator", "admin"],
  apiKey: "conversions:read",
  path: conversionPath,
  reply: Explanation,
  refuses: [conversionRefusals.notFound],
  uses: ["conversions:read", "conversionReversals:read"],
  summary: "Say why a conversion is whose it is, by every model of attribution",
  ifItFails: "brands and creators cannot settle whose a sale was",
});
