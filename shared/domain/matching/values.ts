/**
 * What a figure is worth, in steps of a twentieth: the evidence is no finer than that, and a creator whose figures drift by
 * less keeps their place. Of what is not known, the typical is assumed: it costs confidence, not points. Of little that is
 * known, little follows: a mean with so many typical cases added to it (a Bayesian prior), so that one success is not 100 %.
 */
import * as z from "zod";
import type { FactorName } from "./weights.ts";

/** Steps from nothing to all that a factor can give. */
export const STEPS = 20;

/** By factor, as the model had them that they are stored by: there may be factors that it did not know, or that are none any more. */
export const StoredSteps = z.record(z.string(), z.int());
export type Steps = Readonly<Partial<Record<FactorName, number>>>;

/** What of a creator can be judged, with one of their accounts. */
export interface Judged {
  readonly followers: number | null;
  readonly engagementRate: number | null;
  readonly postsRated: number;
  /** Pieces of content that they owed and could hand in; those handed in by their date. */
  readonly owed: number;
  readonly onTime: number;
  /** Pieces that were decided on; those approved. */
  readonly decided: number;
  readonly approved: number;
  /** Of campaigns that ran their time and were counted: followers who could have come by their links, and visitors who did. */
  readonly clickFollowers: number;
  readonly visitors: number;
  readonly categories: number;
}

/** What is assumed where nobody knows: followers; likes and comments a post and follower; shares of pieces; visitors for each follower. */
export const TYPICAL = { followers: 4_000, engagementRate: 0.02, onTime: 0.8, approved: 0.8, clicks: 0.002 };

/** Reach grows with the logarithm: a thousand followers are nothing yet, a million are all. */
const REACH = { none: 1_000, all: 1_000_000 };
/** What a post and follower get at most, as far as it counts: so much on as many posts as are rated is all there can be. */
export const MOST_ENGAGEMENT = 0.1;
const ENGAGEMENT = { all: 0.08, typical: TYPICAL.engagementRate, cases: 5 };
const DELIVERY = { typical: TYPICAL.onTime, cases: 4 };
const APPROVAL = { typical: TYPICAL.approved, cases: 4 };
/** Visitors for each follower that are all there can be; no single campaign shows more. */
export const ALL_CLICKS = 0.02;
/** Its cases are followers: fifty visitors of them are typical, and fewer than that move a rate little. */
const CLICKS = { all: ALL_CLICKS, typical: TYPICAL.clicks, cases: 25_000 };

const stepOf = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * STEPS);

/** A mean of so many cases, with the prior's added. */
const shrunk = (sum: number, count: number, { typical, cases }: { readonly typical: number; readonly cases: number }) =>
  (typical * cases + sum) / (cases + count);

/** Steps that so many followers are worth; the same at the edge of a tier (`tiers.ts`), where bounds come from. */
export const reachStep = (followers: number | null): number =>
  stepOf(Math.log(Math.max(1, followers ?? TYPICAL.followers) / REACH.none) / Math.log(REACH.all / REACH.none));

export const stepsOf = (judged: Judged): Readonly<Record<FactorName, number>> => ({
  reach: reachStep(judged.followers),
  engagement: stepOf(shrunk(proven(judged) * ratedPosts(judged), ratedPosts(judged), ENGAGEMENT) / ENGAGEMENT.all),
  delivery: stepOf(shrunk(judged.onTime, judged.owed, DELIVERY)),
  approval: stepOf(shrunk(judged.approved, judged.decided, APPROVAL)),
  clicks: stepOf(shrunk(judged.visitors, judged.clickFollowers, CLICKS) / CLICKS.all),
  focus: stepOf(1 / Math.max(1, judged.categories)),
});

/**
 * A rate as far as followers prove it: ten friends who like everything are a rate of 100 %. What is above the typical counts by half
 * for who has a thousand followers, and by nearly all of it where there are many. What is below needs no proof.
 */
function proven({ engagementRate, followers }: Judged): number {
  const rate = Math.min(engagementRate ?? 0, MOST_ENGAGEMENT);
  return rate <= ENGAGEMENT.typical ? rate : ENGAGEMENT.typical + (rate - ENGAGEMENT.typical) * proofOf(followers);
}

/** How far so many followers prove what they do: from 0, by half where they are no reach yet, to 1. */
const proofOf = (followers: number | null): number => (followers ?? 0) / ((followers ?? 0) + REACH.none);

const ratedPosts = ({ engagementRate, postsRated }: Judged): number => (engagementRate === null ? 0 : postsRated);

/** How far the steps rest on evidence and not on what is typical, from 0 to 1; of how old it is, nothing is said here. */
export const certaintyOf = (judged: Judged): Readonly<Record<FactorName, number>> => ({
  reach: judged.followers === null ? 0 : 1,
  engagement: (ratedPosts(judged) / (ratedPosts(judged) + ENGAGEMENT.cases)) * proofOf(judged.followers),
  delivery: judged.owed / (judged.owed + DELIVERY.cases),
  approval: judged.decided / (judged.decided + APPROVAL.cases),
  clicks: judged.clickFollowers / (judged.clickFollowers + CLICKS.cases),
  focus: 1,
});
