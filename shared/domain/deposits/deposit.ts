import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Money } from "../kernel/money.ts";
import { Instant } from "../kernel/time.ts";
import { paymentStepMinor, roundedDown } from "../processor/amount-steps.ts";

export const DepositStatus = z.enum(["pending", "completed", "failed"]);
export type DepositStatus = z.infer<typeof DepositStatus>;

/** Why what the processor says is not what was asked for: it is somebody else's payment, another currency, another amount. */
export const MismatchReason = z.enum(["foreign", "currency", "amount"]);

/** A payment that was not credited, as the processor told of it. */
export const Mismatch = z.object({
  reason: MismatchReason,
  paymentIntentId: z.string(),
  paymentStatus: z.string(),
  amount: Money,
  received: Money,
  at: Instant,
});
export type Mismatch = z.infer<typeof Mismatch>;

/** Money a brand pays in by one PaymentIntent. It is credited once, on Stripe's word alone. */
export const Deposit = z.object({
  id: idOf("deposit"),
  userId: UserId,
  paymentIntentId: z.string(),
  clientSecret: z.string(),
  /** Who pays, at the processor; missing on deposits from before it was kept. */
  customerId: z.string().optional(),
  amount: Money,
  status: DepositStatus,
  /** When the processor is asked about it again. Missing once there is nothing more to learn. */
  dueAt: Instant.optional(),
  /** Missing while it is not, and on deposits from before it was kept. */
  creditedAt: Instant.optional(),
  /** It is credited, and the processor has not said yet what it keeps. */
  feePending: z.literal(true).optional(),
  /** It was put right before it was credited: what came of its payment meanwhile was told while it was nobody's, and is asked for. */
  unheard: z.literal(true).optional(),
  /** Given back, or promised to be. */
  refundedMinor: z.int().default(0),
  /** By the processor's name for it, which of ours each refund there is that is known and has not left yet: afterwards its entry says so. */
  waitingRefunds: z.record(z.string(), z.string()).optional(),
  /** Taken back by the processor for the payer's bank. */
  disputedMinor: z.int().default(0),
  /** What stands in the way of crediting it. */
  mismatch: Mismatch.optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Deposit = z.infer<typeof Deposit>;

/** What of it can still be given back to the payer, in an amount that the processor gives back. */
export function refundableMinor({ status, amount, refundedMinor, disputedMinor }: Deposit): number {
  if (status !== "completed") return 0;
  return roundedDown(Math.max(0, amount.amount - refundedMinor - disputedMinor), paymentStepMinor(amount.currency));
}
