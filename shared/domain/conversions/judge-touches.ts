/** What of all that a shop names for an order counts. */
import type { Campaign } from "../campaigns/campaign.ts";
import { campaignRefusals } from "../campaigns/refusals.ts";
import type { Currency } from "../kernel/money.ts";
import { known, type Refusal, refuse } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import type { Link } from "../links/link.ts";
import type { PromoCode } from "../promo-codes/promo-code.ts";
import type { Found, Named } from "./named.ts";
import { conversionRefusals } from "./refusals.ts";
import type { PassedOver, Touch } from "./touch.ts";
import { missOf } from "./window.ts";

export interface Order {
  readonly brandId: string;
  readonly currency: Currency;
  readonly occurredAt: Instant;
}

/** Something named that is the brand's, and would count but for what else was named. */
export interface Counted {
  readonly named: string;
  readonly touch: Touch;
}

export interface Judgement {
  /** In order of time; of one instant, in that of their names. */
  readonly counted: readonly [Counted, ...Counted[]];
  readonly passedOver: readonly PassedOver[];
}

/** What refuses the order where nothing else counts, and how near it came to counting. */
interface Miss {
  readonly reason: PassedOver["reason"];
  readonly refusal: Refusal;
  readonly nearness: number;
}
interface Judged {
  readonly named: string;
  readonly touch: Touch | null;
  readonly miss?: Miss;
}

/**
 * Tells what counts from what does not. It does not depend on the order in which things were named.
 *
 * @throws Refusal of what came nearest, when nothing counts
 */
export function judgeTouches(named: readonly Named[], found: Found, order: Order): Judgement {
  const judged = named.map((one) => judgedOf(one, found, order)).toSorted(byName);
  const passed = judged.flatMap((one) => (one.miss === undefined ? [] : [{ ...one, miss: one.miss }]));
  const [first, ...others] = judged
    .flatMap(({ named, touch, miss }) => (touch === null || miss !== undefined ? [] : [{ named, touch }]))
    .toSorted((a, b) => timeOf(a.touch) - timeOf(b.touch));
  if (first === undefined) throw nearest(passed.map(({ miss }) => miss));
  return {
    counted: [first, ...others],
    passedOver: passed.map(({ named, touch, miss: { reason } }) => ({ named, touch, reason })),
  };
}

const byName = (a: Judged, b: Judged): number => (a.named < b.named ? -1 : 1);
const timeOf = ({ clickedAt }: Touch): number => (clickedAt === null ? 0 : Date.parse(clickedAt));

function judgedOf(one: Named, { links, promoCodes, campaigns, creators }: Found, order: Order): Judged {
  const { named, code = "" } = one;
  const source = one.by === "promo_code" ? promoCodeNamed(code, promoCodes) : links.get(code);
  if (source?.brandId !== order.brandId) {
    const refusal = refuse(conversionRefusals.sourceUnknown);
    return { named, touch: null, miss: { reason: "not_yours", refusal, nearness: 0 } };
  }
  const { creatorId, campaignId } = source;
  const campaign = known(campaigns.get(campaignId), "campaign");
  const { windowDays } = campaign.attribution;
  const clickedAt = one.by === "click" ? new Date(one.at).toISOString() : null;
  const touch: Touch = { creatorId, ...nameOf(source), by: one.by, clickedAt, campaignId, windowDays };
  const miss = missBy(touch, campaign, order) ?? endOf(source, creators, order);
  return { named, touch, ...(miss && { miss }) };
}

/** Looks alike is not enough: the shop took the code as it is. */
function promoCodeNamed(code: string, promoCodes: Found["promoCodes"]): PromoCode | undefined {
  const promoCode = promoCodes.get(code);
  return promoCode?.code === code ? promoCode : undefined;
}

const nameOf = (source: Link | PromoCode): Pick<Touch, "code" | "promoCode"> =>
  "skeleton" in source ? { code: null, promoCode: source.code } : { code: source.code };

function missBy(touch: Touch, campaign: Campaign, { currency, occurredAt }: Order): Miss | undefined {
  if (campaign.plannedBudget.currency !== currency)
    return { reason: "other_currency", refusal: refuse(campaignRefusals.currencyMismatch), nearness: 1 };
  const miss = missOf(occurredAt, touch, campaign);
  return miss && beyond(miss.reason, miss.detail);
}

/**
 * A code that ended credits what happened before. One whose creator is banned credits nothing, as their links lead nowhere
 * meanwhile; when the ban is over, what was not recorded can be.
 */
function endOf(source: Link | PromoCode, creators: Found["creators"], { occurredAt }: Order): Miss | undefined {
  if (!("endedAt" in source)) return undefined;
  if (source.endedAt !== null && occurredAt > source.endedAt)
    return beyond("code_ended", `It happened after the promo code ended at ${source.endedAt}`);
  return creators.get(source.creatorId)?.status === "suspended"
    ? beyond("creator_banned", "The promo code's creator is suspended")
    : undefined;
}

const beyond = (reason: Miss["reason"], detail: string): Miss => ({
  reason,
  refusal: refuse(conversionRefusals.outsideWindow, detail),
  nearness: 2,
});

const nearest = (misses: readonly Miss[]): Refusal =>
  misses.toSorted((a, b) => b.nearness - a.nearness)[0]?.refusal ?? refuse(conversionRefusals.sourceUnknown);
