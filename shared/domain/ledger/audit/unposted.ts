/** What moves at the processor and is not in the books yet, as far as anybody here knows. */
import { type Instant, plusMilliseconds } from "../../kernel/time.ts";
import { type Payout, sinceStep } from "../../payouts/payout.ts";
import { inFlightOf, type Refund } from "../../refunds/refund.ts";
import type { Deposit } from "../../deposits/deposit.ts";
import type { UnpostedMovement } from "./books.ts";

/** What is listed as under way. */
export interface UnderWay {
  readonly deposits: readonly Deposit[];
  readonly payouts: readonly Payout[];
  readonly refunds: readonly Refund[];
}

/** A payment that was begun so lately may have been made a moment ago; one that is older has long been told of. */
const PAYING_MS = 15 * 60_000;

export const unpostedOf = ({ deposits, payouts, refunds }: UnderWay, now: Instant): readonly UnpostedMovement[] => [
  ...deposits.flatMap((deposit) => paying(deposit, now)),
  ...payouts.flatMap(leavingTheHouse),
  ...refunds.flatMap(goingBack),
];

/** Somebody may have paid it a moment ago; or it is credited, and what the processor keeps of it is not known. */
function paying({ id, amount, feePending, creditedAt, createdAt }: Deposit, now: Instant): UnpostedMovement[] {
  if (feePending !== true && plusMilliseconds(createdAt, PAYING_MS) <= now) return [];
  const since = feePending === true ? (creditedAt ?? createdAt) : createdAt;
  return [{ id, currency: amount.currency, amountMinor: amount.amount, since }];
}

/** A transfer, or one that is taken back: where it is nothing but looked for at the bank, the house's money does not move. */
function leavingTheHouse(payout: Payout): UnpostedMovement[] {
  const { id, step, amount } = payout;
  if (step !== "transfer" && step !== "reversal") return [];
  return [{ id, currency: amount.currency, amountMinor: amount.amount, since: sinceStep(payout) }];
}

/** It is asked for as soon as it was requested; `updatedAt` moves with each time that the processor is asked in vain. */
function goingBack(refund: Refund): UnpostedMovement[] {
  const { id, amount, createdAt } = refund;
  const amountMinor = inFlightOf(refund);
  return amountMinor > 0 ? [{ id, currency: amount.currency, amountMinor, since: createdAt }] : [];
}
