/**
 * How far the product's clock is ahead of the machine's, on stages where tests move it. It is one item, which every
 * invocation reads before it does anything, so that the next one of any function sees a move.
 */
import * as z from "zod";
import { type Instant, plusMilliseconds } from "../kernel/time.ts";

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
export const offsetOf = (clock: TestClock | undefined): number => clock?.offsetSeconds ?? 0;

/** @param machineNow by the machine's clock */
export const faceOf = (clock: TestClock | undefined, machineNow: Instant): ClockFace => ({
  now: plusMilliseconds(machineNow, offsetOf(clock) * 1000),
  offsetSeconds: offsetOf(clock),
});
