import { type Change, changed } from "../change.ts";
import type { Instant } from "../kernel/time.ts";
import type { Payout } from "./payout.ts";
import { nextLookAt } from "./steps.ts";

/** A payout that no event has moved in time is looked at, now and, if that comes to nothing, later. */
export function lookAgain(payout: Payout | undefined, now: Instant): Change | undefined {
  if (payout?.dueAt === undefined || payout.dueAt > now) return undefined;
  return {
    entities: [changed("payout", payout, { ...payout, dueAt: nextLookAt(now, payout.attempts + 1), updatedAt: now })],
    events: [{ type: "payout.step_due", detail: { payoutId: payout.id } }],
  };
}
