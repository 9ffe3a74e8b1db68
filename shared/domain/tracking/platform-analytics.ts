import { CampaignStatus } from "../campaigns/campaign.ts";
import { Role } from "../kernel/actor.ts";
import type { MoneyOfDay, PlatformDay } from "./platform-day.ts";

/** What each figure is, for whoever reads it. */
export const definitions = {
  users: "Active accounts by role when the day was counted; one with two roles is in both",
  campaigns: "Campaigns by status, when the day was counted",
  clicks: "Hits of class valid or repeat, of all campaigns",
  uniqueClicks: "Distinct visitors of a campaign and UTC day with a valid hit, added up over campaigns and days",
  views: "Requests for links' pixels by what is no robot",
  conversions:
    "Orders that happened on the day, as far as they were recorded when it was counted; those reversed included",
  "money.in": "What came into the platform's balance at the payment processor, by the books",
  "money.out": "What left that balance, by the books: refunds, payouts, and the processor's fees",
  "money.fees": "What the platform kept of settlements, less what it gave back",
  "money.conversionValue": "What reversals had left of the value of these orders when the day was counted",
} as const;

const FIGURES = ["clicks", "uniqueClicks", "views", "conversions"] as const;
const MONEY = ["inMinor", "outMinor", "feesMinor", "conversionValueMinor"] as const;

const shown = ({ currency, inMinor, outMinor, feesMinor, conversionValueMinor }: MoneyOfDay) => ({
  currency,
  in: { amount: inMinor, currency },
  out: { amount: outMinor, currency },
  fees: { amount: feesMinor, currency },
  conversionValue: { amount: conversionValueMinor, currency },
});

const figuresOf = (days: readonly PlatformDay[]) =>
  Object.fromEntries(FIGURES.map((name) => [name, days.reduce((sum, day) => sum + day[name], 0)])) as Record<
    (typeof FIGURES)[number],
    number
  >;

function moneyOf(days: readonly PlatformDay[]) {
  const sums = new Map<string, MoneyOfDay>();
  for (const one of days.flatMap(({ money }) => money)) {
    const sum = sums.get(one.currency);
    if (sum === undefined) sums.set(one.currency, { ...one });
    else for (const figure of MONEY) sum[figure] += one[figure];
  }
  return [...sums.values()].sort((one, other) => (one.currency < other.currency ? -1 : 1)).map(shown);
}

const none = <K extends string>(keys: readonly K[]) =>
  Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;

/**
 * The platform's totals and trends over days that were counted.
 * @param days oldest first
 */
export function platformAnalyticsOf(days: readonly PlatformDay[], { first, last }: { first: string; last: string }) {
  const latest = days.at(-1);
  return {
    from: first,
    to: last,
    totals: {
      users: latest?.users ?? none(Role.options),
      campaigns: latest?.campaigns ?? none(CampaignStatus.options),
      ...figuresOf(days),
      money: moneyOf(days),
    },
    byDay: days.map((day) => ({
      date: day.day,
      users: day.users,
      campaigns: day.campaigns,
      ...figuresOf([day]),
      money: moneyOf([day]),
      countedAt: day.countedAt,
    })),
    definitions,
    timeZone: "UTC" as const,
    asOf: latest?.countedAt ?? null,
  };
}
