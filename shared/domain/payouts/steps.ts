/** What the processor is asked for a payout, one thing at a time, and what it may answer. */
import type { DomainEvent } from "../events/events.ts";
import { type Instant, plusMilliseconds } from "../kernel/time.ts";
import type { Wallet } from "../wallets/wallet.ts";
import { FINAL_STATUSES, type Payout, type PayoutStep } from "./payout.ts";
import { shortSum } from "./shortfall.ts";

/** One thing to ask the processor for. The same ask has the same effect once, however often it is asked. */
export interface Ask {
  readonly step: PayoutStep;
  readonly payout: Payout;
  /** False while it is held: whether it has happened is looked up, and what has not does not begin. */
  readonly mayBegin: boolean;
  /** So much of its transfer need not be taken back where the account holds too little: the house has it already. */
  readonly coverMinor?: number;
}

/**
 * What the processor says.
 * `done`: it is so, under this id, and of a transfer that was taken back so much; `waiting`: it is on its way; `refused`: it will not be, by the processor's code;
 * `unknown`: no answer, it may be so or not.
 */
export type StepAnswer =
  | { readonly is: "done"; readonly id: string; readonly at?: Instant; readonly reversedMinor?: number }
  | { readonly is: "waiting" }
  | { readonly is: "refused"; readonly code: string }
  | { readonly is: "unknown" };

/**
 * The house has too little at the processor that is available. At any other step it is the creator's account that has.
 * Source: docs.stripe.com/error-codes#balance-insufficient.
 */
export const isUnfunded = ({ step }: Ask, answer: StepAnswer): boolean =>
  step === "transfer" && answer.is === "refused" && answer.code === "balance_insufficient";

/** Has the worker carry out the payout's step. */
export const stepDue = (payoutId: string): DomainEvent => ({ type: "payout.step_due", detail: { payoutId } });

/** What the processor says of a payout without being asked for anything. */
export interface PayoutNews {
  readonly payoutId: string;
  /** What was looked at: whoever makes a transfer or a payout by hand may have named ours. */
  readonly objectId?: string | undefined;
  /** Its transfer was taken back, lastly by this reversal, so much of it in all. */
  readonly reversed?: { readonly id: string; readonly amountMinor: number } | undefined;
  /** The bank sent it back. */
  readonly failureCode?: string | undefined;
}

const TOWARDS_CREATOR: readonly (PayoutStep | undefined)[] = ["transfer", "payout"];

/** Whether its step brings money nearer to its creator. The others learn what became of it, or bring it back. */
export const leadsToCreator = ({ step }: Payout): boolean => TOWARDS_CREATOR.includes(step);

/** Whether it waits for its creator's ban to end: what has left is followed to its end, and nothing new leaves. */
export const isHeld = (payout: Payout, { ownerStatus }: Pick<Wallet, "ownerStatus">): boolean =>
  ownerStatus !== "active" && leadsToCreator(payout);

/**
 * What is to be asked now; nothing once it is final. What may have been asked before is looked up also while it is held:
 * whoever asked may have died before it was written.
 *
 * @param short the creator's payouts that are short on the same account
 */
export function askOf(
  payout: Payout,
  wallet: Pick<Wallet, "ownerStatus">,
  short: readonly Payout[] = [],
): Ask | undefined {
  const { step, status } = payout;
  if (step === undefined || FINAL_STATUSES.includes(status)) return undefined;
  const coverMinor = step === "reversal" ? shortSum(short) : 0;
  return { step, payout, mayBegin: !isHeld(payout, wallet), ...(coverMinor > 0 && { coverMinor }) };
}

const MINUTE_MS = 60_000;
/** After a first miss soon, then ever later: a day at most. */
const WAITS_MS: readonly number[] = [1, 2, 5, 15, 30, 60, 180, 360, 720, 1_440].map((minutes) => minutes * MINUTE_MS);

/** When it is looked at again, if no event comes before. */
export const nextLookAt = (now: Instant, attempts: number): Instant =>
  plusMilliseconds(now, WAITS_MS[Math.min(attempts, WAITS_MS.length - 1)] ?? MINUTE_MS);
