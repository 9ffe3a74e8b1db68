/** What the house keeps of a settlement, from the creator's side: dated, so that a change holds for what comes after it. */
import * as z from "zod";
import { splitByWeights } from "../kernel/split.ts";
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
