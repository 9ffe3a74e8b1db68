import type { Money } from "#shared/domain/kernel/money";
import type {
  Payment,
  PaymentRecord,
  ProcessorRefund,
  ReceivedEvent,
  RefundOrder,
} from "#shared/domain/processor/payment";

/** Everything here throws `Unavailable` when the processor is away, busy, or does not answer in time. */
export interface Payments {
  /** What stands in for making things while a call is only rehearsed: nothing is made, and what is given back names nothing. */
  readonly rehearsal: Pick<Payments, "createCustomer" | "createPayment">;
  /** Makes the payer's customer, once per user: the same `userId` gives the same customer, also after a lost reply. */
  createCustomer(of: { readonly userId: string; readonly email: string }): Promise<{ readonly customerId: string }>;
  /**
   * Makes a payment of the customer's; the same `depositId` gives the same payment. Where that customer is gone it is another's,
   * the same for all that is paid from then on, and the payment says whose.
   */
  createPayment(of: {
    readonly depositId: string;
    readonly userId: string;
    readonly email: string;
    readonly customerId: string;
    readonly amount: Money;
  }): Promise<Payment>;
  retrievePayment(paymentIntentId: string): Promise<Payment>;
  /**
   * A payment with all its refunds and disputes, as they are now. Undefined when the processor knows none, or one in a currency
   * that no wallet holds: it is not one of ours.
   */
  recordOf(paymentIntentId: string): Promise<PaymentRecord | undefined>;
  /**
   * Makes a refund; the same order gives the same refund, with its state at the time of the first answer. With `mayBeThere` it
   * is looked for first, and given as it is now; one whose name there is known is looked up and never made, and it is an error
   * when it is not there. One that the processor refuses for good is `failed`, with its code.
   */
  createRefund(order: RefundOrder): Promise<ProcessorRefund>;
  /** Undefined when the signature, its age (over 300 s) or the body is not the processor's. */
  verifyWebhook(rawBody: string, signature: string | undefined): Promise<ReceivedEvent | undefined>;
  /** What the processor holds for us: available, pending, and held back for accounts of creators that are overdrawn. */
  balance(): Promise<readonly Money[]>;
}
