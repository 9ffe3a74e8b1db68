/** What became of somebody's part in a campaign, as it counts for the next one; from our own records alone. */
import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Instant } from "../kernel/time.ts";
import { ALL_CLICKS } from "./values.ts";

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
  /**
   * Once the campaign has run its time: visitors of each day who clicked their links, summed over its days, and of the day that had most;
   * and followers they had then. What was counted before days were told apart has no fullest one.
   */
  clicks: z
    .object({ count: z.int(), fullestDay: z.int().optional(), followers: z.int().min(1), countedAt: Instant })
    .nullable(),
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
  /** Campaigns whose clicks were counted; visitors who count in them, and followers who could have come. Cards of before have neither sum. */
  countedCampaigns: z.int(),
  visitors: z.int().default(0),
  clickFollowers: z.int().default(0),
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
  visitors: 0,
  clickFollowers: 0,
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
    visitors: counted.reduce((sum, clicks) => sum + visitorsOf(clicks), 0),
    clickFollowers: counted.reduce((sum, { followers }) => sum + followers, 0),
    piecesAt: latest(results.map(({ piecesAt }) => piecesAt)),
    clicksAt: latest(counted.map(({ countedAt }) => countedAt)),
  };
}

/** Ours: what posts bring comes within days of them. */
const FULLEST_DAYS = 3;

/**
 * A visitor is known for one day and by nothing after it, so that one phone that comes every day is a new visitor each day. Of
 * how many people there were, the fullest day is proof: they count for so many such days at most. And for no more than is all
 * that can be given for so many followers: else a crowd that was sent to one small campaign, or one that is counted while the
 * account it came from is disconnected, would outweigh every other.
 */
const visitorsOf = ({ count, fullestDay = count, followers }: NonNullable<PastResult["clicks"]>): number =>
  Math.min(count, FULLEST_DAYS * fullestDay, Math.floor(followers * ALL_CLICKS));

const latest = (all: readonly (Instant | null)[]): Instant | null =>
  all
    .filter((at) => at !== null)
    .sort()
    .at(-1) ?? null;
