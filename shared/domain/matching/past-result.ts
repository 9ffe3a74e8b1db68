/** What became of somebody's part in a campaign, as it counts for the next one; from our own records alone. */
import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Instant } from "../kernel/time.ts";

export const PastResult = z.object({
  creatorId: UserId,
  campaignId: idOf("campaign"),
  /** Pieces of content that they handed in, or let go by until the campaign had run its time. */
  owed: z.int(),
  /** Of these, handed in by their date, or at all where there was none. */
  onTime: z.int(),
  /** Pieces with a verdict, and those of them that were approved. */
  decided: z.int(),
  approved: z.int(),
  /** When a count of pieces was last another; null where there are none. */
  piecesAt: Instant.nullable(),
  /** Once the campaign is over: visitors of each day who clicked their links, and followers they had then. */
  clicks: z.object({ count: z.int(), followers: z.int().min(1), countedAt: Instant }).nullable(),
  version: z.int(),
  updatedAt: Instant,
});
export type PastResult = z.infer<typeof PastResult>;

/** Of all campaigns together. */
export const ResultSums = z.object({
  owed: z.int(),
  onTime: z.int(),
  decided: z.int(),
  approved: z.int(),
  /** Campaigns whose clicks were counted; clicks for each follower, summed over them. */
  countedCampaigns: z.int(),
  clickRates: z.number(),
  /** When the last of them came; null where there is nothing. */
  piecesAt: Instant.nullable(),
  clicksAt: Instant.nullable(),
});
export type ResultSums = z.infer<typeof ResultSums>;

export const noResults: ResultSums = {
  owed: 0,
  onTime: 0,
  decided: 0,
  approved: 0,
  countedCampaigns: 0,
  clickRates: 0,
  piecesAt: null,
  clicksAt: null,
};

const FIGURES = ["owed", "onTime", "decided", "approved"] as const;

export function sumOf(results: readonly PastResult[]): ResultSums {
  const counted = results.flatMap(({ clicks }) => (clicks === null ? [] : [clicks]));
  const sums = Object.fromEntries(
    FIGURES.map((name) => [name, results.reduce((sum, { [name]: figure }) => sum + figure, 0)]),
  ) as Pick<ResultSums, (typeof FIGURES)[number]>;
  return {
    ...sums,
    countedCampaigns: counted.length,
    // In whole millionths, so that no order of adding shows.
    clickRates: counted.reduce((sum, clicks) => sum + Math.round(rateOf(clicks) * 1e6), 0) / 1e6,
    piecesAt: latest(results.map(({ piecesAt }) => piecesAt)),
    clicksAt: latest(counted.map(({ countedAt }) => countedAt)),
  };
}

/** With fewer followers, a friend or two who click would be all that clicks can give. */
const LEAST_FOLLOWERS = 1_000;

/** Nobody's followers click more than once each, as far as a rate goes. */
const rateOf = ({ count, followers }: NonNullable<PastResult["clicks"]>): number =>
  Math.min(1, count / Math.max(LEAST_FOLLOWERS, followers));

const latest = (all: readonly (Instant | null)[]): Instant | null =>
  all
    .filter((at) => at !== null)
    .sort()
    .at(-1) ?? null;
