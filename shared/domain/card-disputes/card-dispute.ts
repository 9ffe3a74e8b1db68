import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Money } from "../kernel/money.ts";
import { Instant } from "../kernel/time.ts";
import { processorDisputeStatuses } from "../processor/payment.ts";

/**
 * A payer's bank disputes a deposit's payment. The processor decides nothing of ours, and we nothing of its: this is what it
 * says, and what the books have made of it.
 */
export const CardDispute = z.object({
  /** The processor's. */
  id: z.string(),
  depositId: idOf("deposit"),
  userId: UserId,
  paymentIntentId: z.string(),
  amount: Money,
  status: z.enum(processorDisputeStatuses),
  reason: z.string(),
  /** Until when the processor takes evidence. */
  evidenceDueAt: Instant.nullable(),
  /** What the processor has taken and not given back. */
  withdrawnMinor: z.int(),
  /** Its balance transactions that are booked. */
  booked: z.array(z.string()),
  /** When the books said that it is lost: once, though the processor may say it again after an appeal. */
  lostAt: Instant.optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type CardDispute = z.infer<typeof CardDispute>;

/** Statuses after which nothing more is expected. Source: Stripe API reference, the dispute object. */
const closed: readonly CardDispute["status"][] = ["won", "lost", "warning_closed", "prevented"];
/** Statuses that open it again: the payer's bank hears an appeal. */
const appealed: readonly CardDispute["status"][] = ["appeal_needs_response", "appeal_under_review"];
/** Whether a word may follow what is known. An older one that is heard late does not open what is closed. */
export const mayFollow = (known: CardDispute["status"], said: CardDispute["status"]): boolean =>
  !isClosed(known) || isClosed(said) || appealed.includes(said);
export const isClosed = (status: CardDispute["status"]): boolean => closed.includes(status);
