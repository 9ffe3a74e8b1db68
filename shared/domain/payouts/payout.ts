import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Money } from "../kernel/money.ts";
import { Instant } from "../kernel/time.ts";
import { firstLookAt } from "../processor/due.ts";

/** `unknown`: it was asked for and nobody answered; asking again finds out. The last three are final. */
export const PayoutStatus = z.enum([
  "requested", "submitted", "in_transit", "unknown", "paid", "failed", "reversed",
]); // prettier-ignore
export type PayoutStatus = z.infer<typeof PayoutStatus>;

/** What the processor is asked for next; missing when a payout is final. */
export const PayoutStep = z.enum(["transfer", "payout", "arrival", "reversal"]);
export type PayoutStep = z.infer<typeof PayoutStep>;

/** Part of an earning that a payout pays. */
export const PaidPart = z.object({ earningId: idOf("earning"), amountMinor: z.int().min(1) });
export type PaidPart = z.infer<typeof PaidPart>;

/**
 * Money on its way to a creator's bank: first a transfer to their account at the processor, then a payout from there. The
 * request is one commit, each step another: what was asked is known before it is asked.
 */
export const Payout = z.object({
  id: idOf("payout"),
  creatorId: UserId,
  amount: Money,
  status: PayoutStatus,
  /** The earnings it pays, oldest first, and how much of each. */
  parts: z.array(PaidPart),
  processorAccountId: z.string(),
  step: PayoutStep.optional(),
  /** Since when that is to be asked for; missing at the first step, which is due since the request. */
  stepSince: Instant.optional(),
  /** How often the present step was asked for. */
  attempts: z.int(),
  /**
   * When somebody looks at it, if no event comes before; missing when there is nothing more to learn. One that is paid has it
   * for its late looks.
   */
  dueAt: Instant.optional(),
  transferId: z.string().optional(),
  processorPayoutId: z.string().optional(),
  /** How much of its transfer the books have back. Missing where its status says it: all of one that failed, nothing of any other. */
  reversedMinor: z.int().min(0).optional(),
  /**
   * Of that, what was not there for it: somebody took it out of other money on the account, and no other payout has made up for
   * it yet. Less than nothing: so much stands there of what was made up for, since its bank has sent it back after all.
   * Missing when there is nothing.
   */
  shortMinor: z.int().optional(),
  /** Why it failed, in the processor's code. */
  failureCode: z.string().optional(),
  /** The admin's run that it is part of. */
  runId: z.string().optional(),
  paidAt: Instant.optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Payout = z.infer<typeof Payout>;

/** Since when the present step is to be asked for. `updatedAt` moves as well when nobody has answered. */
export const sinceStep = ({ stepSince, createdAt }: Pick<Payout, "stepSince" | "createdAt">): Instant =>
  stepSince ?? createdAt;

/** What a payout carries when its step is another, or the same begins again. */
export const freshStep = (now: Instant) => ({ stepSince: now, attempts: 0, dueAt: firstLookAt(now) });

export const FINAL_STATUSES: readonly PayoutStatus[] = ["paid", "failed", "reversed"];
