import { type Change, changed } from "../change.ts";
import { DAY_MS, type Instant } from "../kernel/time.ts";
import type { Wallet } from "../wallets/wallet.ts";
import { lookLate } from "./late-look.ts";
import { type Payout, sinceStep } from "./payout.ts";
import { isHeld, stepDue } from "./steps.ts";
import { askAgainAt } from "../processor/due.ts";

/** Banks take days; what is between us and the processor takes minutes. */
const LONGEST_MS = { arrival: 10 * DAY_MS, others: DAY_MS };

/** Whether a payout stands where it is for so long that somebody must look. About one that is held nobody can do anything. */
export function standsStill(payout: Payout, wallet: Pick<Wallet, "ownerStatus">, now: Instant): boolean {
  const { step } = payout;
  const longest = step === "arrival" ? LONGEST_MS.arrival : LONGEST_MS.others;
  return step !== undefined && !isHeld(payout, wallet) && Date.parse(now) - Date.parse(sinceStep(payout)) > longest;
}

/**
 * A payout that no event has moved in time is looked at, now and, if that comes to nothing, later, each time twice as late:
 * what waits in a queue is not put into it again and again. The look itself is no step, and changes nothing else. One that
 * was paid has its late looks.
 */
export function lookAgain(payout: Payout | undefined, now: Instant): Change | undefined {
  if (payout?.dueAt === undefined || payout.dueAt > now) return undefined;
  if (payout.status === "paid") return lookLate(payout, now);
  return {
    entities: [changed("payout", payout, { ...payout, dueAt: askAgainAt(payout.updatedAt, now) })],
    events: [stepDue(payout.id)],
  };
}
