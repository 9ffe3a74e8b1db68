/** What counts in a match, and how much. What a filter asks (`filters.ts`) gives no points: whoever is left has it, and it would rank nobody. */
import * as z from "zod";

export const factorNames = ["reach", "engagement", "delivery", "approval", "clicks", "focus"] as const;
export type FactorName = (typeof factorNames)[number];

/** Points of each factor at most; a hundred together. */
export type Weights = Readonly<Record<FactorName, number>>;

export const defaultWeights: Weights = { reach: 25, engagement: 30, delivery: 15, approval: 10, clicks: 10, focus: 10 };

/** Of the factors, and of how a figure becomes points: another one wherever the same creator may be given another score. */
export const MODEL_VERSION = "3";

const Share = z.int().min(0).max(100).default(0);

/** A campaign's own weights; what is left out does not count. */
export const MatchWeights = z
  .strictObject({ reach: Share, engagement: Share, delivery: Share, approval: Share, clicks: Share, focus: Share })
  .refine((weights) => factorNames.reduce((sum, name) => sum + weights[name], 0) === 100, "must add up to 100");

export type MatchWeights = z.infer<typeof MatchWeights>;

/** What a campaign says of them: its own, or null for the house's, and how many times its brand said so. */
interface Weighing {
  readonly matchWeights: Weights | null;
  readonly weightsRevision: number;
}

export const weightsOf = ({ matchWeights }: Pick<Weighing, "matchWeights">): Weights => matchWeights ?? defaultWeights;

/** Which weights a score was made by: the model's, or the model's with a campaign's own, as often as they were set. */
export const weightsVersion = ({ matchWeights, weightsRevision }: Weighing): string =>
  matchWeights === null ? MODEL_VERSION : `${MODEL_VERSION}.${weightsRevision}`;
