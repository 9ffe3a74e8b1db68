/** What a shop names for an order, and what of it counts. */
import type { Campaign } from "../campaigns/campaign.ts";
import { campaignRefusals } from "../campaigns/refusals.ts";
import type { Currency } from "../kernel/money.ts";
import { known, type Refusal, refuse } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import type { Link } from "../links/link.ts";
import type { NewConversion } from "./conversion.ts";
import { type ProvenClick, provenClick } from "./prove-click.ts";
import { conversionRefusals } from "./refusals.ts";
import type { PassedOver, Touch } from "./touch.ts";
import { missOf } from "./window.ts";

/** Something that an order is said to have come of. */
export interface Named {
  readonly named: string;
  /** The link that it names; undefined when it is a click id that is none of ours. */
  readonly code: string | undefined;
  readonly click: ProvenClick | undefined;
}

/**
 * What an order names: its clicks, each once, or without any the link. A code beside clicks is that of one of them.
 *
 * @param secret that click ids are signed under; undefined when none was ever signed
 * @throws Refusal `conversion.source_unknown` when no click that is named is of the link that is named
 */
export function namedBy({ clickId, clickIds = [], code }: NewConversion, secret: string | undefined): readonly Named[] {
  const clicks = [...new Set([...(clickId === undefined ? [] : [clickId]), ...clickIds])].map((named) => {
    const click = secret === undefined ? undefined : provenClick(secret, named);
    return { named, code: click?.code, click };
  });
  if (code === undefined) return clicks;
  if (clicks.length === 0) return [{ named: code, code, click: undefined }];
  if (clicks.some((click) => click.code === code)) return clicks;
  throw refuse(conversionRefusals.sourceUnknown);
}

/** The links to look up. */
export const codesOf = (named: readonly Named[]): ReadonlySet<string> =>
  new Set(named.flatMap(({ code }) => code ?? []));

/** The campaigns to look up: those of links that are the brand's. */
export const campaignIdsOf = (links: Found["links"], brandId: string): ReadonlySet<string> =>
  new Set([...links.values()].flatMap((link) => (link?.brandId === brandId ? link.campaignId : [])));

/** What was looked up, by code and by id. */
export interface Found {
  readonly links: ReadonlyMap<string, Link | undefined>;
  readonly campaigns: ReadonlyMap<string, Campaign | undefined>;
}

export interface Order {
  readonly brandId: string;
  readonly currency: Currency;
  readonly occurredAt: Instant;
}

export interface Judgement {
  /** In order of time; of one instant, in that of their ids. At least one. */
  readonly counted: readonly [Touch, ...Touch[]];
  /** In order of their names. */
  readonly passedOver: readonly PassedOver[];
}

/** Something named, judged: what refuses the order where nothing else counts, and how near it came to counting. */
interface Judged extends Pick<Named, "named"> {
  readonly touch: Touch | null;
  readonly miss?: { readonly reason: PassedOver["reason"]; readonly refusal: Refusal; readonly nearness: number };
}

/**
 * Tells what counts from what does not. It does not depend on the order in which things were named.
 *
 * @throws Refusal of what came nearest, when nothing counts
 */
export function judgeTouches(named: readonly Named[], found: Found, order: Order): Judgement {
  const judged = named.map((one) => judgedOf(one, found, order)).toSorted((a, b) => (a.named < b.named ? -1 : 1));
  const passed = judged.flatMap(({ miss, ...one }) => (miss === undefined ? [] : [{ ...one, miss }]));
  const [first, ...others] = judged
    .flatMap(({ touch, miss }) => (touch === null || miss ? [] : [touch]))
    .toSorted(byTime);
  if (first === undefined) throw nearest(passed.map(({ miss }) => miss));
  return {
    counted: [first, ...others],
    passedOver: passed.map(({ miss, ...one }) => ({ ...one, reason: miss.reason })),
  };
}

function judgedOf({ named, code, click }: Named, { links, campaigns }: Found, order: Order): Judged {
  const link = code === undefined ? undefined : links.get(code);
  if (link?.brandId !== order.brandId) {
    const miss = { reason: "not_yours", refusal: refuse(conversionRefusals.sourceUnknown), nearness: 0 } as const;
    return { named, touch: null, miss };
  }
  const campaign = known(campaigns.get(link.campaignId), "campaign");
  const touch: Touch = {
    creatorId: link.creatorId,
    code: link.code,
    by: click === undefined ? "code" : "click",
    clickedAt: click === undefined ? null : new Date(click.at).toISOString(),
    campaignId: campaign.id,
    windowDays: campaign.attribution.windowDays,
  };
  return { named, touch, ...missed(touch, campaign, order) };
}

function missed(touch: Touch, campaign: Campaign, { currency, occurredAt }: Order): Pick<Judged, "miss"> {
  if (campaign.plannedBudget.currency !== currency) {
    const refusal = refuse(campaignRefusals.currencyMismatch);
    return { miss: { reason: "other_currency", refusal, nearness: 1 } };
  }
  const miss = missOf(occurredAt, touch, campaign);
  if (miss === undefined) return {};
  const refusal = refuse(conversionRefusals.outsideWindow, miss.detail);
  return { miss: { reason: miss.reason, refusal, nearness: 2 } };
}

const byTime = (a: Touch, b: Touch): number => timeOf(a) - timeOf(b);
const timeOf = ({ clickedAt }: Touch): number => (clickedAt === null ? 0 : Date.parse(clickedAt));

const nearest = (misses: readonly NonNullable<Judged["miss"]>[]): Refusal =>
  misses.toSorted((a, b) => b.nearness - a.nearness)[0]?.refusal ?? refuse(conversionRefusals.sourceUnknown);
