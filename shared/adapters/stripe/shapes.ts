import * as z from "zod";
import { Currency } from "#shared/domain/kernel/money";
import {
  type BalanceTransaction,
  type Payment,
  type ProcessorDispute,
  processorDisputeStatuses,
  type ProcessorRefund,
  type ReceivedEvent,
} from "#shared/domain/processor/payment";

/** What we read of Stripe's objects. Its own types say what should come; these say what came. */
const currency = z
  .string()
  .transform((code) => code.toUpperCase())
  .pipe(Currency);
const reference = z.union([z.string(), z.object({ id: z.string() })]).nullish();
const idIn = (value: z.infer<typeof reference>): string | undefined => (typeof value === "string" ? value : value?.id);
const metadata = z.record(z.string(), z.string());

/** One that was not asked to be whole is an id, and says nothing. */
const Transaction = z.object({ id: z.string(), amount: z.int(), fee: z.int(), currency });
const transaction = z.union([z.string(), Transaction]).nullish();

const PaymentIntent = z.object({
  id: z.string(),
  client_secret: z.string().nullish(),
  status: z.string(),
  amount: z.int(),
  amount_received: z.int(),
  currency,
  customer: reference,
  latest_charge: z.union([z.string(), z.object({ balance_transaction: transaction })]).nullish(),
  metadata,
});
const Refund = z.object({
  id: z.string(),
  status: z.string(),
  created: z.int(),
  amount: z.int(),
  currency,
  metadata: metadata.nullish(),
  failure_reason: z.string().optional(),
  balance_transaction: transaction,
});
const Dispute = z.object({
  id: z.string(),
  amount: z.int(),
  currency,
  status: z.enum(processorDisputeStatuses),
  reason: z.string(),
  evidence_details: z.object({ due_by: z.int().nullable() }).nullish(),
  balance_transactions: z.array(Transaction),
});
const Event = z.object({
  id: z.string(),
  type: z.string(),
  account: z.string().nullish(),
  created: z.int().optional(),
  data: z.object({ object: z.unknown() }).optional(),
});
/** Of whatever object an event is about. A payment intent is its own. */
const EventObject = z.object({
  id: z.string().optional().catch(undefined),
  object: z.string().catch("unknown"),
  payment_intent: reference.catch(undefined),
});

const instant = (seconds: number): string => new Date(seconds * 1000).toISOString();

function movement(from: z.infer<typeof transaction>): BalanceTransaction | undefined {
  if (from === null || from === undefined || typeof from === "string") return undefined;
  return { id: from.id, amountMinor: from.amount, feeMinor: from.fee, currency: from.currency };
}

/** @throws when it is no payment intent, or in a currency that no wallet can hold. */
export const paymentOf = (intent: unknown): Payment => payment(PaymentIntent.parse(intent));

/** Undefined for an intent in a currency that no wallet can hold. */
export function paymentIfOurs(intent: { readonly currency: string }): Payment | undefined {
  return currency.safeParse(intent.currency).success ? paymentOf(intent) : undefined;
}

function payment(intent: z.infer<typeof PaymentIntent>): Payment {
  const { id, client_secret, status, amount, amount_received, customer, metadata: said, latest_charge } = intent;
  const charged = typeof latest_charge === "object" ? movement(latest_charge?.balance_transaction) : undefined;
  return {
    paymentIntentId: id,
    clientSecret: client_secret ?? "",
    // What is neither paid nor cancelled may still be either.
    status: status === "succeeded" || status === "canceled" ? status : "pending",
    amount: { amount, currency: intent.currency },
    received: { amount: amount_received, currency: intent.currency },
    customerId: idIn(customer),
    metadata: said,
    ...(charged && { transaction: charged }),
  };
}

/** What cannot succeed any more. Source: Stripe API reference, the refund object. */
const refundStatuses: Readonly<Record<string, ProcessorRefund["status"]>> = {
  pending: "pending",
  requires_action: "pending",
  succeeded: "succeeded",
  failed: "failed",
  canceled: "failed",
};

/** @throws when it is no refund, or of a status that nobody knows. */
export function refundOf(refund: unknown): ProcessorRefund {
  const { id, status, created, amount, currency: code, metadata: said, ...rest } = Refund.parse(refund);
  const left = movement(rest.balance_transaction);
  return {
    id,
    status: z.enum(["pending", "succeeded", "failed"]).parse(refundStatuses[status]),
    createdAt: instant(created),
    amount: { amount, currency: code },
    metadata: said ?? {},
    ...(rest.failure_reason !== undefined && { failure: rest.failure_reason }),
    ...(left && { transaction: left }),
  };
}

/** @throws when it is no dispute, or of a status that nobody knows. */
export function disputeOf(dispute: unknown): ProcessorDispute {
  const { id, amount, currency: code, status, reason, evidence_details, ...rest } = Dispute.parse(dispute);
  const dueBy = evidence_details?.due_by ?? null;
  return {
    id,
    amount: { amount, currency: code },
    status,
    reason,
    evidenceDueAt: dueBy === null ? null : instant(dueBy),
    transactions: rest.balance_transactions.flatMap((one) => movement(one) ?? []),
  };
}

/** An event by its name and its object's. Undefined when it is none. */
export function eventOf(told: unknown): ReceivedEvent | undefined {
  const event = Event.safeParse(told);
  if (!event.success) return undefined;
  const { id, type, account, created, data } = event.data;
  const about = EventObject.safeParse(data?.object).data ?? { object: "unknown" };
  return {
    id,
    type,
    connectedAccountId: account ?? null,
    objectType: about.object,
    objectId: about.id ?? null,
    paymentIntentId: paymentIntentIn(about) ?? null,
    createdAt: created === undefined ? null : instant(created),
  };
}

const paymentIntentIn = ({ object, id, payment_intent }: Partial<z.infer<typeof EventObject>>): string | undefined =>
  object === "payment_intent" ? id : idIn(payment_intent);

/** Undefined when the text is no JSON: the caller says what that means. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
