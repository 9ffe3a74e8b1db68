import { type Actor, isAdmin } from "../kernel/actor.ts";
import { money } from "../kernel/money.ts";
import { known, refuse } from "../kernel/refusal.ts";
import { attributionModels } from "./attribution-rules.ts";
import type { Conversion, ConversionReversal } from "./conversion.ts";
import { countedDetail, passedOverDetail } from "./details.ts";
import { sharedBy } from "./models.ts";
import { netMinor } from "./net.ts";
import { conversionRefusals } from "./refusals.ts";
import { type CreditedTouch, netShareMinor, type Touch } from "./touch.ts";

/** Reversals that an explanation names; all of them are in its sums. */
export const MAX_EXPLAINED_REVERSALS = 100;

/** A conversion is for its brand, for every creator a touch of whose was named, and for admins to ask about; for everybody else there is none. */
export function explainable(conversion: Conversion | undefined, actor: Actor): Conversion {
  if (conversion === undefined || !(seesAll(conversion, actor) || isNamed(conversion, actor)))
    throw refuse(conversionRefusals.notFound);
  return conversion;
}

const seesAll = ({ brandId }: Conversion, actor: Actor): boolean =>
  isAdmin(actor) || (actor.roles.includes("brand") && brandId === actor.userId);

const isNamed = (conversion: Conversion, { userId, roles }: Actor): boolean =>
  roles.includes("creator") && ownTouchOf(conversion, userId) !== undefined;

/** Of what of a creator's was named: what counts, or else what was passed over. */
const ownTouchOf = ({ touches, passedOver }: Conversion, creatorId: string): Touch | undefined =>
  [...touches, ...passedOver.flatMap(({ touch }) => touch ?? [])].find((touch) => touch.creatorId === creatorId);

/**
 * Why a conversion is credited as it is, and what other models would say. Shares are 100 % by each. A creator sees everything that
 * counts, so that it can be added up, and of others not who they are, nor what of theirs it was.
 */
export function explainConversion(conversion: Conversion, reversals: readonly ConversionReversal[], actor: Actor) {
  const { id, campaignId, model, windowDays, promoCodePrecedence, touches, passedOver } = conversion;
  const { occurredAt, value, reversedMinor } = conversion;
  const inFull = seesAll(conversion, actor);
  const shows = (touch: Touch | null): boolean => inFull || touch?.creatorId === actor.userId;
  return {
    conversionId: id,
    // A creator knows of their own campaign; of another that the order is attributed to, nothing.
    campaignId: inFull ? campaignId : known(ownTouchOf(conversion, actor.userId), "touch of whoever asks").campaignId,
    model,
    windowDays,
    promoCodePrecedence,
    occurredAt,
    value,
    reversed: money(reversedMinor, value.currency),
    net: money(netMinor(conversion), value.currency),
    touches: touches.map((touch) => ({
      ...whose(touch, shows(touch)),
      by: touch.by,
      clickedAt: touch.clickedAt,
      percent: touch.percent,
      value: money(touch.shareMinor, value.currency),
      reversed: money(touch.reversedMinor, value.currency),
      net: money(netShareMinor(touch), value.currency),
      detail: countedDetail(touch, conversion, shows(touch)),
    })),
    reversals: reversals.map(({ id, amount, createdAt, reason }) => ({
      id,
      amount,
      createdAt,
      reason: inFull ? reason : null,
    })),
    passedOver: passedOver
      .filter(({ touch }) => shows(touch))
      .map((one) => ({ named: one.named, reason: one.reason, detail: passedOverDetail(one, conversion) })),
    models: attributionModels.map((each) => ({ model: each, shares: sharesBy(each, touches, shows) })),
  };
}

const whose = ({ creatorId, campaignId, code, promoCode }: Touch, shown: boolean) =>
  shown
    ? { creatorId, campaignId, code, ...(promoCode !== undefined && { promoCode }) }
    : { creatorId: null, campaignId: null, code: null };

/** Those with a part of it. */
const sharesBy = (
  model: (typeof attributionModels)[number],
  touches: readonly CreditedTouch[],
  shows: (touch: Touch) => boolean,
) =>
  sharedBy(model, 100, touches.length).flatMap((percent, at) => {
    const touch = touches[at];
    if (touch === undefined || percent === 0) return [];
    const { campaignId: _campaign, ...named } = whose(touch, shows(touch));
    return [{ ...named, percent }];
  });
