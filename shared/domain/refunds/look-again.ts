import { type Change, changed } from "../change.ts";
import { type Instant, plusDays } from "../kernel/time.ts";
import { askAgainAt } from "../processor/due.ts";
import { isOpen, type Refund, type RefundStatus } from "./refund.ts";

/**
 * A request is answered within moments; what was accepted is with the bank in ten business days at most, unless
 * Stripe's balance is too small for it. Source: support.stripe.com/questions/customer-refund-processing-time.
 */
const LONGEST_DAYS = { requested: 1, submitted: 15 };

/** Whether some part of a refund waits for so long that somebody must look. */
export const standsStill = ({ parts, createdAt }: Refund, now: Instant): boolean =>
  parts.some(({ status }) => isWaiting(status) && plusDays(createdAt, LONGEST_DAYS[status]) < now);

const isWaiting = (status: RefundStatus): status is keyof typeof LONGEST_DAYS => status in LONGEST_DAYS;

/** What an operator looks it up by at the processor: its payments, those of parts that have not ended. */
export const stuckAs = ({ id, parts }: Refund) => ({
  refundId: id,
  paymentIntentIds: parts.filter(isOpen).map(({ paymentIntentId }) => paymentIntentId),
});

/** A refund that the processor had nothing new to say about is asked about again, later each time. */
export function lookAgain(refund: Refund, now: Instant): Change | undefined {
  if (refund.dueAt === undefined || refund.dueAt > now) return undefined;
  const dueAt = askAgainAt(refund.createdAt, now);
  return { entities: [changed("refund", refund, { ...refund, dueAt, updatedAt: now })] };
}
