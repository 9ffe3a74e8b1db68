import { type Change, changed } from "../change.ts";
import type { Instant } from "../kernel/time.ts";
import { freshStep, type Payout } from "./payout.ts";
import { leadsToCreator, stepDue } from "./steps.ts";

/** A creator's newest payouts that go on at once after a ban. None is asked for during it; older ones go on when they are due. */
export const MOST_RESUMED = 100;

/**
 * Has a payout go on after its creator's ban, now and not only when it is looked at next. From now on it counts as standing
 * still if it does not. Undefined for one that was not held: it is final, or what has left is followed whoever is suspended.
 */
export function resumed(payout: Payout, now: Instant): Change | undefined {
  if (!leadsToCreator(payout)) return undefined;
  return {
    entities: [changed("payout", payout, { ...payout, ...freshStep(now), updatedAt: now })],
    events: [stepDue(payout.id)],
  };
}
