/** How each model of attribution shares a conversion among its touches. */
import { splitByWeights } from "../kernel/split.ts";
import type { AttributionModel } from "./attribution-rules.ts";

/**
 * Weights of so many touches, in their order. `position` is 40 % for the first, 40 % for the last and 20 % for all between,
 * and half each where there are two. Sources: Adobe Analytics, "Attribution models and lookback windows" (last touch, first
 * touch, linear, U-shaped); Google Ads API, AttributionModel (`…_POSITION_BASED`).
 */
const weighers: Readonly<Record<AttributionModel, (at: number, touches: number) => number>> = {
  last: (at, touches) => (at === touches - 1 ? 1 : 0),
  first: (at) => (at === 0 ? 1 : 0),
  linear: () => 1,
  // In twentieths of a per cent of what is between, so that all are whole: 2 (n - 2) of 5 (n - 2) are 40 %.
  position: (at, touches) => (touches > 2 && (at === 0 || at === touches - 1) ? 2 * (touches - 2) : 1),
};

/** What part of something each touch gets by a model, to the last unit; the parts sum to it. */
export const sharedBy = (model: AttributionModel, amount: number, touches: number): number[] =>
  splitByWeights(
    amount,
    Array.from({ length: touches }, (_, at) => weighers[model](at, touches)),
  );
