import { type Change, changed, created } from "../change.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import { clockRefusals } from "./refusals.ts";
import { type ClockFace, faceOf, offsetOf, type TestClock } from "./test-clock.ts";

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
