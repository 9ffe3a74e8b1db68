/** What the house keeps of a settlement, from the creator's side: dated, so that a change holds for what comes after it. */
import * as z from "zod";
import { Instant } from "../kernel/time.ts";

/** From an instant on, in basis points (hundredths of a per cent) of the creator's share. */
export const PlatformFeeRate = z.strictObject({ from: Instant, basisPoints: z.int().min(0).max(10_000) });
/** In order of time; before the first there is no fee. */
export const PlatformFeeSchedule = z
  .array(PlatformFeeRate)
  .refine((rates) => rates.every(({ from }, at) => at === 0 || from > (rates[at - 1]?.from ?? "")), "must be in order");
export type PlatformFeeSchedule = z.infer<typeof PlatformFeeSchedule>;

export const basisPointsAt = (schedule: PlatformFeeSchedule, at: Instant): number =>
  schedule.findLast(({ from }) => from <= at)?.basisPoints ?? 0;

/** The schedule as it was then: a later rate is none of what was settled before it, however that is booked again. */
export const feesAsOf = (schedule: PlatformFeeSchedule, at: Instant): PlatformFeeSchedule =>
  schedule.filter(({ from }) => from <= at);

/**
 * Splits an amount into parts of these weights, to the last minor unit: each part is rounded down, and what is left goes
 * to the parts with the largest remainders, the first of equals first.
 *
 * @returns parts in the order of the weights; they sum to the amount
 */
export function splitByWeights(amountMinor: number, weights: readonly number[]): number[] {
  const total = BigInt(weights.reduce((sum, weight) => sum + weight, 0));
  const shares = weights.map((weight) => BigInt(amountMinor) * BigInt(weight));
  const parts = shares.map((share) => Number(share / total));
  const left = amountMinor - parts.reduce((sum, part) => sum + part, 0);
  const largestFirst = shares
    .map((share, at) => ({ at, remainder: Number(share % total) }))
    .sort((a, b) => b.remainder - a.remainder || a.at - b.at);
  for (const { at } of largestFirst.slice(0, left)) parts[at] = (parts[at] ?? 0) + 1;
  return parts;
}

/** A creator's share of a settlement, split between them and the house. */
export function splitFee(
  shareMinor: number,
  schedule: PlatformFeeSchedule,
  at: Instant,
): { readonly netMinor: number; readonly feeMinor: number } {
  const basisPoints = basisPointsAt(schedule, at);
  const [netMinor = 0, feeMinor = 0] = splitByWeights(shareMinor, [10_000 - basisPoints, basisPoints]);
  return { netMinor, feeMinor };
}
