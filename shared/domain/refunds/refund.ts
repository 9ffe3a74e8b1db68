import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Money } from "../kernel/money.ts";
import { Instant } from "../kernel/time.ts";

export const RefundStatus = z.enum(["requested", "submitted", "succeeded", "failed"]);
export type RefundStatus = z.infer<typeof RefundStatus>;

/** What of a refund goes back by one deposit's payment: a refund of its own at the processor. */
export const RefundPart = z.object({
  depositId: idOf("deposit"),
  paymentIntentId: z.string(),
  amountMinor: z.int(),
  status: RefundStatus,
  /** At the processor; missing until it was made. From then on it is asked about by this name, and never asked for again. */
  processorRefundId: z.string().optional(),
  /** It has left what the processor holds for us. */
  booked: z.boolean(),
  /** Why it failed, in the processor's code. */
  failure: z.string().optional(),
});
export type RefundPart = z.infer<typeof RefundPart>;

/**
 * Unspent money that a brand takes back. From the request on it is on its way, and cannot be spent. It is `succeeded` when all
 * of it went back, and `failed` when some of it did not and is available again; `parts` says how much.
 */
export const Refund = z.object({
  id: idOf("refund"),
  userId: UserId,
  amount: Money,
  status: RefundStatus,
  parts: z.array(RefundPart).min(1),
  /** When the processor is asked about it again. Missing once each part has ended. */
  dueAt: Instant.optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Refund = z.infer<typeof Refund>;

export const isOpen = ({ status }: RefundPart): boolean => status === "requested" || status === "submitted";

/** What of it is on its way: it has neither left what the processor holds for us, nor come back to its owner. */
export const inFlightOf = ({ parts }: Pick<Refund, "parts">): number =>
  parts.filter(({ booked, status }) => !booked && status !== "failed").reduce((sum, part) => sum + part.amountMinor, 0);

/** A refund as its owner sees it; `refunded` is what has really gone back. */
export function refundView({ id, amount, status, parts, createdAt }: Refund) {
  const back = parts.filter((part) => part.status === "succeeded").reduce((sum, part) => sum + part.amountMinor, 0);
  return {
    id,
    amount,
    status,
    refunded: { amount: back, currency: amount.currency },
    parts: parts.map((part) => ({
      depositId: part.depositId,
      amount: { amount: part.amountMinor, currency: amount.currency },
      status: part.status,
    })),
    createdAt,
  };
}
