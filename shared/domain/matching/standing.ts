/** Sums of steps under weights. A score is such a sum divided by `STEPS`; sums are whole numbers, so that they compare exactly. */
import { STEPS, type Steps } from "./values.ts";
import { defaultWeights, factorNames, type Weights } from "./weights.ts";

/** What a hundred points are. */
export const MOST_STANDING = 100 * STEPS;

/** A factor that is newer than the steps gives nothing, until the index was rebuilt. */
export const standingOf = (steps: Steps, weights: Weights = defaultWeights): number =>
  factorNames.reduce((sum, name) => sum + weights[name] * (steps[name] ?? 0), 0);

/** Points, from 0 to 100, in twentieths of a point. */
export const pointsOf = (standing: number): number => standing / STEPS;

/**
 * The highest sum under `weights` of anybody whose sum under the house's is no more than `standing`, and whose reach is worth no
 * more than `reach`: what pays most for each point of the house's is taken first, as a knapsack that can be filled with parts.
 */
export function boundUnder(weights: Weights, standing: number, reach: number): number {
  let left = standing;
  let bound = 0;
  for (const name of [...factorNames].sort((one, other) => worthOf(weights, other) - worthOf(weights, one))) {
    const taken = Math.min(left, defaultWeights[name] * (name === "reach" ? reach : STEPS));
    bound += taken * worthOf(weights, name);
    left -= taken;
  }
  // Sums are whole: what fractions add up to beyond one is their rounding.
  return Math.floor(bound + 1e-6);
}

const worthOf = (weights: Weights, name: (typeof factorNames)[number]): number => weights[name] / defaultWeights[name];
