import type { Instant } from "#shared/domain/kernel/time";
import type { Deposit } from "#shared/domain/deposits/deposit";
import type { About, PaymentCase } from "#shared/domain/deposits/follow-payment";

export interface Deposits {
  /** Strongly consistent. */
  get(depositId: string): Promise<Deposit | undefined>;
  /**
   * Whose payment it is, whatever the processor says of it. By an index, which may not have one that was begun a moment ago: then
   * it is the one that the payment names, if that names this payment.
   */
  ofPayment(paymentIntentId: string, namedId?: string): Promise<Deposit | undefined>;
  /** All that is decided on when the processor says something about a deposit. Each of them is strongly consistent. */
  caseOf(about: Pick<About, "depositId" | "refundId" | "ifAnother" | "disputeId">): Promise<PaymentCase>;
  /** The same; a refund that names none of ours, or one that is another, is the one by which an entry books it: by an index, some moments after it was. */
  caseOfAny(about: Omit<About, "paymentIntentId">): Promise<PaymentCase>;
  /**
   * Deposits that money can go back by, newest first: as many as hold this much together, or as one refund may take from.
   * Fewer when there are no more.
   */
  refundable(userId: string, amountMinor: number): Promise<readonly Deposit[]>;
  /** Those that the processor must be asked about, longest due first; read as they are asked for. */
  due(now: Instant): AsyncIterable<Deposit>;
}
