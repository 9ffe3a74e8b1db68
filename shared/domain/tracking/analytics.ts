import type { Budget, Campaign } from "../campaigns/campaign.ts";
import type { Participant } from "../invitations/participant.ts";
import type { Instant } from "../kernel/time.ts";
import type { BucketCounts } from "./bucket.ts";
import { summarise } from "./summary.ts";

export interface AnalyticsState {
  readonly campaign: Campaign;
  readonly budget: Budget;
  readonly participants: readonly Participant[];
  readonly buckets: readonly BucketCounts[];
  /** Only this creator's slice; undefined: everybody's. */
  readonly creatorId: string | undefined;
}

/** Views and conversions have no events of their own yet: what is not counted is not there. */
const none = (currency: Budget["currency"]) => ({ views: 0, conversions: 0, conversionValue: { amount: 0, currency } });

/** A campaign's figures, or one creator's slice of them, as of now. */
export function analyticsOf({ campaign, budget, participants, buckets, creatorId }: AnalyticsState, now: Instant) {
  const { currency } = budget;
  const summary = summarise(buckets, creatorId);
  const spentOn = new Map(participants.map((participant) => [participant.creatorId, approvedMinor(participant)]));
  const clicksOf = new Map(summary.byCreator.map((one) => [one.creatorId, one]));
  const creators = [...new Set([...spentOn.keys(), ...clicksOf.keys()])].filter(
    (id) => creatorId === undefined || id === creatorId,
  );
  const spent = creatorId === undefined ? budget.spent : (spentOn.get(creatorId) ?? 0);
  return {
    campaignId: campaign.id,
    clicks: { ...summary.clicks, byClass: { ...summary.clicks.byClass } },
    ...none(currency),
    spend: { amount: spent, currency },
    // Nothing has come back yet; without spending there is no return on it either.
    roi: spent === 0 ? null : -1,
    byDay: summary.byDay.map((day) => ({ ...day, ...none(currency) })),
    byCreator: creators.sort().map((id) => ({
      creatorId: id,
      clicks: clicksOf.get(id)?.clicks ?? 0,
      uniqueClicks: clicksOf.get(id)?.uniqueClicks ?? 0,
      ...none(currency),
      spend: { amount: spentOn.get(id) ?? 0, currency },
    })),
    timeZone: "UTC" as const,
    asOf: now,
    rulesVersion: summary.rulesVersion,
  };
}

const approvedMinor = ({ units }: Participant): number =>
  units.filter(({ state }) => state === "approved").reduce((sum, { priceMinor }) => sum + priceMinor, 0);

const DEFAULT_DAYS = 400;
const DAY_MS = 86_400_000;

/** UTC days to read, both included, never the wrong way round: what was asked for, else the last 400. */
export function periodOf(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: Instant,
) {
  const today = now.slice(0, 10);
  // East of UTC, tomorrow begins while it is still today here.
  const last = to ?? (from !== undefined && from > today ? from : today);
  const first =
    from ?? new Date(Date.parse(`${last}T00:00:00.000Z`) - DEFAULT_DAYS * DAY_MS).toISOString().slice(0, 10);
  return { first, last };
}
