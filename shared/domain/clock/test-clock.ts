/**
 * How far the product's clock is ahead of the machine's, on stages where tests move it. It is one item, which every
 * invocation reads before it does anything, so that the next one of any function sees a move.
 */
import * as z from "zod";
import { type Change, changed, created } from "../change.ts";
import { refuse } from "../kernel/refusal.ts";
import { type Instant, plusMilliseconds } from "../kernel/time.ts";
import { clockRefusals } from "./refusals.ts";

/** A hundred years: instants have four digits for the year. */
export const FARTHEST_SECONDS = 100 * 365 * 86_400;

/** A negative offset is well-formed, and refused as a move backwards. */
const OffsetSeconds = z.int().max(FARTHEST_SECONDS);

export const TestClock = z.object({ offsetSeconds: OffsetSeconds, version: z.int() });
export type TestClock = z.infer<typeof TestClock>;

/** Where the clock is to be moved: seconds ahead of the machine's. */
export const ClockMove = z.strictObject({ offsetSeconds: OffsetSeconds }).meta({ id: "ClockMove" });

/** What the clock says, and how far that is ahead. */
export const ClockFace = z.object({ now: z.string(), offsetSeconds: z.int() }).meta({ id: "Clock" });
export type ClockFace = z.infer<typeof ClockFace>;

/** A clock that was never moved is the machine's. */
const offsetOf = (clock: TestClock | undefined): number => clock?.offsetSeconds ?? 0;

/** @param machineNow by the machine's clock */
export const faceOf = (clock: TestClock | undefined, machineNow: Instant): ClockFace => ({
  now: plusMilliseconds(machineNow, offsetOf(clock) * 1000),
  offsetSeconds: offsetOf(clock),
});

/**
 * Moves the clock forward, or leaves it where it is. Of two who move it at once the second decides again. It leaves no row of
 * the audit: dated before the move and sealed after it, that would look as if somebody had added it days later.
 *
 * @param machineNow by the machine's clock
 */
export function advanceClock(
  clock: TestClock | undefined,
  offsetSeconds: number,
  machineNow: Instant,
): { readonly change: Change | undefined; readonly face: ClockFace } {
  const was = offsetOf(clock);
  if (offsetSeconds < was) throw refuse(clockRefusals.notBackwards, undefined, { currentState: String(was) });
  if (offsetSeconds === was) return { change: undefined, face: faceOf(clock, machineNow) };
  const moved = clock ? changed("testClock", clock, { offsetSeconds }) : created("testClock", { offsetSeconds });
  return { change: { entities: [moved] }, face: faceOf(moved.next, machineNow) };
}
