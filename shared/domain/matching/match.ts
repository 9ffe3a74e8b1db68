/** A score, and every word of why. */
import { DAY_MS, type Instant } from "../kernel/time.ts";
import type { AudienceFlagName } from "../social/social-account.ts";
import type { SocialPlatform } from "../social/platform.ts";
import type { Brief } from "./brief.ts";
import type { CardAccount, CardContent } from "./card.ts";
import { judgedFor } from "./judge.ts";
import { raises } from "./raises.ts";
import { pointsOf, standingOf } from "./standing.ts";
import { certaintyOf, type Judged, STEPS } from "./values.ts";
import { type FactorName, factorNames } from "./weights.ts";

/** The figure that points were given for. */
export interface FactorEvidence {
  readonly measure: string;
  /** Null: nobody knows, and the typical was assumed. */
  readonly value: number | null;
  /** How many cases it is of, where it is a mean. */
  readonly of?: number;
  readonly platform?: SocialPlatform;
  /** What makes the figure doubtful, where something does. */
  readonly flags?: AudienceFlagName[];
  readonly asOf: Instant | null;
  readonly ageDays: number | null;
}

export interface Factor {
  readonly name: FactorName;
  readonly points: number;
  readonly max: number;
  /** From 0, all of it assumed, to 1. */
  readonly confidence: number;
  readonly evidence: FactorEvidence;
  /** What would raise it; null where it gives all it can, or counts for nothing. */
  readonly raise: string | null;
}

export interface Match {
  readonly creatorId: string;
  /** 0 to 100: the sum of the factors' points. */
  readonly score: number;
  readonly confidence: number;
  readonly factors: Factor[];
}

/** Scores a creator for a campaign by the account that speaks most for them; the same card and brief are always the same score. */
export function matchOf(brief: Brief, card: CardContent, now: Instant): Match {
  const { weights } = brief;
  const { account, judged, steps } = judgedFor(brief, card);
  const certainty = certaintyOf(judged);
  const evidence = evidenceOf(card, account, judged, now);
  const factors = factorNames.map((name): Factor => ({
    name,
    points: pointsOf(weights[name] * steps[name]),
    max: weights[name],
    confidence: rounded(certainty[name] * freshness(evidence[name].ageDays) * soundness(evidence[name].flags)),
    evidence: evidence[name],
    raise: weights[name] > 0 && steps[name] < STEPS ? raises[name](judged) : null,
  }));
  const confidence = factors.reduce((sum, factor) => sum + factor.confidence * factor.max, 0) / 100;
  return {
    creatorId: card.userId,
    score: pointsOf(standingOf(steps, weights)),
    confidence: rounded(confidence),
    factors,
  };
}

function evidenceOf(
  { results }: CardContent,
  account: CardAccount | undefined,
  judged: Judged,
  now: Instant,
): Readonly<Record<FactorName, FactorEvidence>> {
  const aged = (asOf: Instant | null) => ({ asOf, ageDays: asOf === null ? null : daysBetween(asOf, now) });
  const there = {
    ...(account && { platform: account.platform }),
    ...(account && account.flags.length > 0 && { flags: account.flags }),
    ...aged(account?.asOf ?? null),
  };
  const mean = (sum: number, of: number, asOf: Instant | null) =>
    of === 0 ? { value: null, of, ...aged(null) } : { value: rounded(sum / of), of, ...aged(asOf) };
  return {
    reach: { measure: "followers", value: judged.followers, ...there },
    engagement: { measure: "engagement rate", value: judged.engagementRate, of: judged.postsRated, ...there },
    delivery: { measure: "share of pieces handed in on time", ...mean(judged.onTime, judged.owed, results.piecesAt) },
    approval: { measure: "share of pieces approved", ...mean(judged.approved, judged.decided, results.piecesAt) },
    clicks: {
      measure: "visitors for each follower, by links in campaigns that ran their time",
      ...mean(judged.visitors, judged.clickFollowers, results.clicksAt),
    },
    focus: { measure: "categories of their profile", value: judged.categories, asOf: null, ageDays: null },
  };
}

const daysBetween = (from: Instant, to: Instant): number =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / DAY_MS));
const rounded = (share: number): number => Math.round(share * 1e4) / 1e4;

/** What is left of a confidence where the audience is unlike one that came by itself. A flag is no verdict, and costs no points. */
const FLAGGED = 0.5;
const soundness = (flags: FactorEvidence["flags"]): number => (flags === undefined ? 1 : FLAGGED);

/** Days that a figure is as good as new, days after which it is worth little, and how little. */
const FRESH = { until: 7, stale: 90, least: 0.25 };

/** What age leaves of a confidence. A score is not aged: what was true once is the best that is known. */
export function freshness(ageDays: number | null): number {
  if (ageDays === null) return 1;
  const past = Math.min(1, Math.max(0, (ageDays - FRESH.until) / (FRESH.stale - FRESH.until)));
  return 1 - past * (1 - FRESH.least);
}
