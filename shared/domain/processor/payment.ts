/** What the payment processor says, as the rules read it. It is never told to us: it is asked for. */
import type { Currency, Money } from "../kernel/money.ts";
import type { Instant } from "../kernel/time.ts";

/**
 * One movement of what the processor holds for us. Signed minor units: what came in is positive. The fee is positive when it
 * was taken, and comes off besides.
 */
export interface BalanceTransaction {
  readonly id: string;
  readonly amountMinor: number;
  readonly feeMinor: number;
  readonly currency: Currency;
}

/** A payment as the processor knows it. `received` is what the payer really paid. */
export interface Payment {
  readonly paymentIntentId: string;
  readonly clientSecret: string;
  readonly status: "pending" | "succeeded" | "canceled";
  readonly amount: Money;
  readonly received: Money;
  readonly customerId: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  /** What it did to our balance there; missing until the processor has captured it, which may be after it has succeeded. */
  readonly transaction?: BalanceTransaction | undefined;
}

/** A refund as the processor knows it. `failed` also stands for one that was cancelled, or refused from the start. */
export interface ProcessorRefund {
  /** Missing when it was refused: then there is none. */
  readonly id?: string | undefined;
  readonly status: "pending" | "succeeded" | "failed";
  /** Missing when there is none. */
  readonly createdAt?: Instant | undefined;
  readonly amount: Money;
  readonly metadata: Readonly<Record<string, string>>;
  /** Why it failed, in the processor's code. */
  readonly failure?: string | undefined;
  /** What it took from our balance there; missing while it waits for funds. */
  readonly transaction?: BalanceTransaction | undefined;
}

export const processorDisputeStatuses = [
  "warning_needs_response",
  "warning_under_review",
  "warning_closed",
  "needs_response",
  "under_review",
  "appeal_needs_response",
  "appeal_under_review",
  "won",
  "lost",
  "prevented",
] as const;
/** Source: stripe-node 23.1.0, `Dispute.Status`. */
export type ProcessorDisputeStatus = (typeof processorDisputeStatuses)[number];

/** A disputed payment as the processor knows it. */
export interface ProcessorDispute {
  readonly id: string;
  readonly amount: Money;
  readonly status: ProcessorDisputeStatus;
  readonly reason: string;
  readonly evidenceDueAt: Instant | null;
  /** None, the withdrawal, or that and what was given back. */
  readonly transactions: readonly BalanceTransaction[];
}

/** Everything that came of one payment, as it is now. */
export interface PaymentRecord {
  readonly payment: Payment;
  readonly refunds: readonly ProcessorRefund[];
  readonly disputes: readonly ProcessorDispute[];
}

/** A refund as it is asked for. The same ids ask for the same refund. */
export interface RefundOrder {
  readonly refundId: string;
  readonly depositId: string;
  readonly userId: string;
  readonly paymentIntentId: string;
  readonly amount: Money;
  /** What it is there, where that is known: it is looked up, whatever became of its metadata, and never made. */
  readonly processorRefundId?: string | undefined;
  /** It was asked for before, and the processor may have forgotten the key by now: it is looked for first. */
  readonly mayBeThere: boolean;
}

/** What the processor told us by webhook: that something of this kind happened to this object, and no more is believed. */
export interface ReceivedEvent {
  readonly id: string;
  readonly type: string;
  /** The connected account it happened in; null for the platform's own. */
  readonly connectedAccountId: string | null;
  readonly objectType: string;
  readonly objectId: string | null;
  /** The payment that the object is, or is of. */
  readonly paymentIntentId: string | null;
  /** At the processor; null when it does not say. */
  readonly createdAt: Instant | null;
}
