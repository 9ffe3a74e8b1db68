import type { Budget, Campaign } from "../campaigns/campaign.ts";
import { pacingOf } from "../campaigns/pacing.ts";
import { conversionSummary, type ConversionFigures, type ConversionTally } from "../conversions/tally.ts";
import type { Participant } from "../invitations/participant.ts";
import { refuse } from "../kernel/refusal.ts";
import { requestRefusals } from "../kernel/refusals.ts";
import { DAY_MS, type Instant } from "../kernel/time.ts";
import type { BucketCounts } from "./bucket.ts";
import { type CreatorVisits, visitsPendingOn } from "./creator-visits.ts";
import { restatedOn } from "./restatement.ts";
import { summarise, visitsByValue, type VisitsByValue } from "./summary.ts";

export interface AnalyticsState {
  readonly campaign: Campaign;
  readonly budget: Budget;
  readonly participants: readonly Participant[];
  readonly buckets: readonly BucketCounts[];
  readonly tallies: readonly ConversionTally[];
  /** Of the creator whose slice it is, by the days' closings; of everybody's figures none. */
  readonly visits: readonly CreatorVisits[];
  /** Only this creator's slice; undefined: everybody's. */
  readonly creatorId: string | undefined;
}

const figuresOf = (currency: Budget["currency"], { conversions, valueMinor }: ConversionFigures = NONE) => ({
  conversions,
  conversionValue: { amount: valueMinor, currency },
});
const NONE: ConversionFigures = { conversions: 0, valueMinor: 0 };
const NO_CLICKS = { clicks: 0, uniqueClicks: 0, views: 0, scans: 0 };

/** A campaign's figures, or one creator's slice of them, as of now. */
export function analyticsOf(
  { campaign, budget, participants, buckets, tallies, visits, creatorId }: AnalyticsState,
  now: Instant,
) {
  const { currency } = budget;
  const summary = summarise(buckets, creatorId);
  const sold = conversionSummary(tallies, creatorId);
  const spentOn = new Map(participants.map((participant) => [participant.creatorId, approvedMinor(participant)]));
  const clicksOf = new Map(summary.byCreator.map((one) => [one.creatorId, one]));
  const creators = [...new Set([...spentOn.keys(), ...clicksOf.keys(), ...sold.byCreator.keys()])].filter(
    (id) => creatorId === undefined || id === creatorId,
  );
  const clicksOn = new Map(summary.byDay.map((day) => [day.date, day]));
  const days = [...new Set([...clicksOn.keys(), ...sold.byDay.keys()])].sort();
  const spent = creatorId === undefined ? budget.spent : (spentOn.get(creatorId) ?? 0);
  return {
    campaignId: campaign.id,
    clicks: { ...summary.clicks, byClass: { ...summary.clicks.byClass } },
    views: summary.views,
    scans: summary.scans,
    ...figuresOf(currency, sold.total),
    spend: { amount: spent, currency },
    roi: returnOn(spent, sold.total.valueMinor),
    pacing: creatorId === undefined ? pacingOf(campaign, budget, now) : null,
    byDay: days.map((date) => ({
      date,
      ...(clicksOn.get(date) ?? NO_CLICKS),
      ...figuresOf(currency, sold.byDay.get(date)),
    })),
    byCreator: creators.sort().map((id) => ({
      ...(clicksOf.get(id) ?? NO_CLICKS),
      creatorId: id,
      ...figuresOf(currency, sold.byCreator.get(id)),
      spend: { amount: spentOn.get(id) ?? 0, currency },
    })),
    byLink: summary.byLink.map((link) => ({ ...link, byRule: [...link.byRule], byVariant: [...link.byVariant] })),
    ...dimensionsOf(summary.visits ?? visitsByValue(visits)),
    visitsPendingOn: creatorId === undefined ? [] : [...visitsPendingOn(visits, buckets, creatorId)],
    restatedOn: restatedOn(buckets).filter((day) => clicksOn.has(day)),
    timeZone: "UTC" as const,
    asOf: now,
    rulesVersion: summary.rulesVersion,
  };
}

/** Visits by what they show, each visit once in each. */
const dimensionsOf = ({ hour, country, device, referrer }: VisitsByValue) => ({
  byHour: hour.map(({ value, visits }) => ({ hour: Number(value), visits })),
  byCountry: country.map(({ value, visits }) => ({ country: value, visits })),
  byDevice: device.map(({ value, visits }) => ({ device: value, visits })),
  byReferrer: referrer.map(({ value, visits }) => ({ host: value, visits })),
});

/** What came back of each unit spent; nothing can be said of it while nothing was spent. */
const returnOn = (spentMinor: number, valueMinor: number): number | null =>
  spentMinor === 0 ? null : (valueMinor - spentMinor) / spentMinor;

const approvedMinor = ({ units }: Participant): number =>
  units.filter(({ state }) => state === "approved").reduce((sum, { priceMinor }) => sum + priceMinor, 0);

/** UTC days that one question may be about, both ends included. */
const MAX_DAYS = 400;
/** As many digits as a calendar day has; no day is before it. */
const FIRST_DAY = "0000-01-01";

interface AskedPeriod {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * UTC days to read, both included and never the wrong way round: what was asked for; without `to` until today, without
 * `from` the 400 days before. A day that has not come yet is read like any other, and has nothing.
 * @param pointer to where the first day was asked for
 * @throws Refusal `request.invalid` for more than 400 days
 */
export function periodOf(
  { from, to }: AskedPeriod,
  now: Instant,
  pointer = "/query/from",
): { readonly first: string; readonly last: string } {
  const today = now.slice(0, FIRST_DAY.length);
  // East of UTC, tomorrow begins while it is still today here.
  const last = to ?? (from !== undefined && from > today ? from : today);
  const earliest = earliestBefore(last);
  if (from !== undefined && from < earliest) throw tooLong(earliest, pointer);
  return { first: from ?? earliest, last };
}

const earliestBefore = (last: string): string =>
  new Date(Math.max(Date.parse(FIRST_DAY), Date.parse(last) - (MAX_DAYS - 1) * DAY_MS))
    .toISOString()
    .slice(0, FIRST_DAY.length);

function tooLong(earliest: string, pointer: string) {
  const detail = `must not be before ${earliest}: figures are of at most ${MAX_DAYS} days`;
  const errors = [{ pointer, code: "too_long", detail }];
  return refuse(requestRefusals.invalid, `${pointer} ${detail}`, { errors });
}
