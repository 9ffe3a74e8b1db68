/** How a day of the whole platform is counted. */
import { type Budget, type Campaign, CampaignStatus } from "../campaigns/campaign.ts";
import { type Change, changed, created } from "../change.ts";
import { conversionSummary, type ConversionTally } from "../conversions/tally.ts";
import type { Currency } from "../kernel/money.ts";
import { known } from "../kernel/refusal.ts";
import { dayOf, type Instant, plusDays } from "../kernel/time.ts";
import type { JournalEntry } from "../ledger/journal-entry.ts";
import type { BucketCounts } from "./bucket.ts";
import type { MoneyOfDay, PlatformDay } from "./platform-day.ts";
import { summarise } from "./summary.ts";
import type { TrackingDay } from "./tracking-day.ts";

/**
 * The last UTC day that is over, and today as far as it has come; and days before them that were closed again since they were
 * counted, the latest first.
 */
export function daysToCount(
  counted: readonly PlatformDay[],
  closings: readonly TrackingDay[],
  now: Instant,
): readonly string[] {
  const usual = [dayOf(plusDays(now, -1)), dayOf(now)];
  const closedAt = new Map(closings.map((one) => [one.day, one.closedAt]));
  const isOutdated = ({ day, countedAt }: PlatformDay): boolean =>
    !usual.includes(day) && (closedAt.get(day) ?? countedAt) > countedAt;
  const outdated = counted.filter(isOutdated).map(({ day }) => day);
  return [...usual, ...outdated.reverse()];
}

/** Whoever was there at an instant: people, and campaigns with what they hold. */
export interface PlatformPeople {
  readonly users: PlatformDay["users"];
  readonly campaigns: readonly Pick<Campaign, "status">[];
}

/** What happened on one day. */
export interface PlatformEvents {
  readonly buckets: readonly BucketCounts[];
  readonly entries: readonly Pick<JournalEntry, "currency" | "lines">[];
  readonly sold: readonly { readonly currency: Budget["currency"]; readonly tallies: readonly ConversionTally[] }[];
}

/** Campaigns that sold something, each once. */
export const campaignsIn = (tallies: readonly ConversionTally[]): readonly string[] => [
  ...new Set(tallies.map(({ campaignId }) => campaignId)),
];

/** What was sold, by campaign and so by currency. @param budgets of all campaigns among the tallies */
export function soldBy(
  tallies: readonly ConversionTally[],
  budgets: readonly Pick<Budget, "campaignId" | "currency">[],
): PlatformEvents["sold"] {
  const currencyOf = new Map(budgets.map(({ campaignId, currency }) => [campaignId, currency]));
  return [...Map.groupBy(tallies, ({ campaignId }) => campaignId)].map(([campaignId, ofCampaign]) => ({
    currency: known(currencyOf.get(campaignId), `budget of ${campaignId}, which sold something`),
    tallies: ofCampaign,
  }));
}

const byStatus = (campaigns: PlatformPeople["campaigns"]): PlatformDay["campaigns"] => {
  const none = CampaignStatus.options.map((status) => [status, 0]);
  const sums = Object.fromEntries(none) as PlatformDay["campaigns"];
  for (const { status } of campaigns) sums[status] += 1;
  return sums;
};

function addLine(sum: MoneyOfDay, { account, amount }: JournalEntry["lines"][number]): void {
  if (account.of !== "platform") return;
  // Credits are positive: a debit is what an asset grows by.
  if (account.account === "stripe_balance") sum[amount < 0 ? "inMinor" : "outMinor"] += Math.abs(amount);
  if (account.account === "platform_fees") sum.feesMinor += amount;
}

function moneyOf({ entries, sold }: PlatformEvents): MoneyOfDay[] {
  const sums = new Map<Currency, MoneyOfDay>();
  const sumOf = (currency: Currency): MoneyOfDay => {
    const sum = sums.get(currency) ?? { currency, inMinor: 0, outMinor: 0, feesMinor: 0, conversionValueMinor: 0 };
    sums.set(currency, sum);
    return sum;
  };
  for (const { currency, lines } of entries) for (const line of lines) addLine(sumOf(currency), line);
  for (const { currency, tallies } of sold)
    if (tallies.length > 0) sumOf(currency).conversionValueMinor += conversionSummary(tallies).total.valueMinor;
  return [...sums.values()].sort((one, other) => (one.currency < other.currency ? -1 : 1));
}

/** Distinct within each campaign, and added up over campaigns: buckets of one say what is new in it. */
function clicksOf(buckets: readonly BucketCounts[]) {
  const { clicks, views } = summarise(buckets);
  return { clicks: clicks.total, uniqueClicks: clicks.unique, views };
}

/**
 * A day as it is counted now. Who was there is written down once a day is over, and then no more: later counts of it would
 * say who is there by then; what happened on it may still come to light, and is counted anew.
 */
export function countDay(
  before: PlatformDay | undefined,
  day: string,
  { users, campaigns }: PlatformPeople,
  events: PlatformEvents,
  now: Instant,
): Change {
  const wasOver = before !== undefined && dayOf(before.countedAt) > day;
  const people = { users, campaigns: byStatus(campaigns) };
  const next = {
    day,
    ...(wasOver ? { users: before.users, campaigns: before.campaigns } : people),
    ...clicksOf(events.buckets),
    conversions: events.sold.reduce((sum, { tallies }) => sum + conversionSummary(tallies).total.conversions, 0),
    money: moneyOf(events),
    countedAt: now,
  };
  return { entities: [before ? changed("platformDay", before, next) : created("platformDay", next)] };
}
