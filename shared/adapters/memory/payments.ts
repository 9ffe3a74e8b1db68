import type { Money } from "#shared/domain/kernel/money";
import { OwnError } from "#shared/domain/kernel/own-error";
import type {
  BalanceTransaction,
  Payment,
  ProcessorDispute,
  ProcessorRefund,
  ReceivedEvent,
  RefundOrder,
} from "#shared/domain/wallets/payment";
import type { Payments } from "#shared/ports/payments";
import { rehearsedPayments } from "#shared/ports/rehearsed-payments";

/** The payment processor in memory, and the hands of a payer, of their bank, and of the processor itself. */
export interface MemoryPayments extends Payments {
  /** The payer pays in full, or `received` of it. */
  pay(paymentIntentId: string, received?: number): void;
  cancel(paymentIntentId: string): void;
  /** From now on the processor keeps something of each payment, and of each dispute. */
  takeFees(): void;
  /** From now on a payment is captured after it has succeeded: what the processor keeps is known by `capture`. */
  captureLater(): void;
  capture(paymentIntentId: string): void;
  /** What becomes of refunds that are asked for from now on. */
  answerRefunds(status: ProcessorRefund["status"]): void;
  /** Decides about a refund, at any time. */
  endRefund(refundId: string, status: ProcessorRefund["status"]): void;
  /** The payer's bank takes money back, or only asks about it. */
  dispute(paymentIntentId: string, amountMinor?: number, status?: ProcessorDispute["status"]): string;
  closeDispute(disputeId: string, outcome: "won" | "lost"): void;
  /** A webhook as the processor would send it, signed. */
  webhook(
    objectId: string,
    eventId?: string,
    type?: string,
    more?: Partial<ReceivedEvent>,
  ): { readonly rawBody: string; readonly signature: string };
}

const SIGNATURE = "signed";
/** What it takes for a payment: 2.9 % and 30; and for a dispute. */
const feeMinorOf = (amount: number): number => Math.min(amount, Math.floor((amount * 290 + 5_000) / 10_000) + 30);
const DISPUTE_FEE_MINOR = 1_500;

interface Held {
  readonly payment: Payment;
  readonly captured?: BalanceTransaction | undefined;
  readonly refunds: readonly ProcessorRefund[];
  readonly disputes: readonly ProcessorDispute[];
}

export function memoryPayments(): MemoryPayments {
  const customers = new Map<string, string>();
  const held = new Map<string, Held>();
  const byDeposit = new Map<string, string>();
  const byOrder = new Map<string, string>();
  const movements: BalanceTransaction[] = [];
  const settings = { capturesAtOnce: true, takesFees: false, refunds: "succeeded" as ProcessorRefund["status"] };
  let made = 0;
  const existing = (id: string): Held => {
    const one = held.get(id);
    if (one === undefined) throw new OwnError(`no such payment intent: ${id}`);
    return one;
  };
  const move = (amount: Money, fee = 0): BalanceTransaction => {
    const id = `txn_${movements.length + 1}`;
    const feeMinor = settings.takesFees ? fee : 0;
    const transaction = { id, amountMinor: amount.amount, feeMinor, currency: amount.currency };
    movements.push(transaction);
    return transaction;
  };
  const change = (id: string, parts: Partial<Held>): void => void held.set(id, { ...existing(id), ...parts });
  const holderOf = (has: (one: Held) => boolean): readonly [string, Held] => {
    const found = [...held].find(([, one]) => has(one));
    if (found === undefined) throw new OwnError("the processor has no such thing");
    return found;
  };
  const shown = ({ payment, captured }: Held): Payment => ({ ...payment, ...(captured && { transaction: captured }) });
  const capture = (id: string): void => {
    const { payment } = existing(id);
    change(id, { captured: move(payment.received, feeMinorOf(payment.received.amount)) });
  };
  const minus = ({ amount, currency }: Money): Money => ({ amount: -amount, currency });

  function refunded(order: RefundOrder): ProcessorRefund {
    const { refundId, depositId, userId, paymentIntentId, amount } = order;
    const name = `${refundId} ${depositId}`;
    const { payment, refunds } = existing(paymentIntentId);
    const known = refunds.find(({ id }) => id === byOrder.get(name));
    if (known) return known;
    const metadata = { refundId, depositId, userId };
    const gone = refunds.filter(({ status }) => status !== "failed").reduce((sum, one) => sum + one.amount.amount, 0);
    if (gone + amount.amount > payment.received.amount)
      return { status: "failed", amount, metadata, failure: "amount_too_large" };
    const id = `re_${(made += 1)}`;
    byOrder.set(name, id);
    const { refunds: status } = settings;
    const refund: ProcessorRefund = {
      id,
      status,
      amount,
      metadata,
      ...(status === "failed" ? { failure: "declined" } : { transaction: move(minus(amount)) }),
    };
    change(paymentIntentId, { refunds: [...refunds, refund] });
    return refund;
  }

  return {
    rehearsal: rehearsedPayments,
    createCustomer({ userId }) {
      const customerId = customers.get(userId) ?? `cus_${customers.size + 1}`;
      customers.set(userId, customerId);
      return Promise.resolve({ customerId });
    },
    createPayment({ depositId, userId, customerId, amount }) {
      const id = byDeposit.get(depositId) ?? `pi_${held.size + 1}`;
      byDeposit.set(depositId, id);
      const payment: Payment = held.get(id)?.payment ?? {
        paymentIntentId: id,
        clientSecret: `${id}_secret`,
        status: "pending",
        amount,
        received: { ...amount, amount: 0 },
        customerId,
        metadata: { depositId, userId },
      };
      held.set(id, held.get(id) ?? { payment, refunds: [], disputes: [] });
      return Promise.resolve(payment);
    },
    retrievePayment: (id) => Promise.resolve(shown(existing(id))),
    recordOf(id) {
      const one = held.get(id);
      return Promise.resolve(one && { payment: shown(one), refunds: one.refunds, disputes: one.disputes });
    },
    createRefund: (order) => Promise.resolve(refunded(order)),
    verifyWebhook(rawBody, signature) {
      return Promise.resolve(signature === SIGNATURE ? (JSON.parse(rawBody) as ReceivedEvent) : undefined);
    },
    balance: () => Promise.resolve(balances(movements)),
    pay(id, received) {
      const { payment } = existing(id);
      const amount = received ?? payment.amount.amount;
      change(id, { payment: { ...payment, status: "succeeded", received: { ...payment.amount, amount } } });
      if (settings.capturesAtOnce) capture(id);
    },
    cancel: (id) => change(id, { payment: { ...existing(id).payment, status: "canceled" } }),
    takeFees: () => void (settings.takesFees = true),
    captureLater: () => void (settings.capturesAtOnce = false),
    capture,
    answerRefunds: (status) => void (settings.refunds = status),
    endRefund(refundId, status) {
      const [id, one] = holderOf(({ refunds }) => refunds.some((refund) => refund.id === refundId));
      const refunds = one.refunds.map((refund) => (refund.id === refundId ? { ...refund, status } : refund));
      if (status === "failed") for (const { id: of, amount } of refunds) if (of === refundId) move(amount);
      change(id, { refunds });
    },
    dispute(id, amountMinor, status = "needs_response") {
      const { payment, disputes } = existing(id);
      const amount = { ...payment.received, amount: amountMinor ?? payment.received.amount };
      const disputeId = `dp_${(made += 1)}`;
      const asks = status.startsWith("warning_");
      const transactions = asks ? [] : [move(minus(amount), DISPUTE_FEE_MINOR)];
      const about = { id: disputeId, amount, status, reason: "fraudulent", evidenceDueAt: null, transactions };
      change(id, { disputes: [...disputes, about] });
      return disputeId;
    },
    closeDispute(disputeId, outcome) {
      const [id, one] = holderOf(({ disputes }) => disputes.some((dispute) => dispute.id === disputeId));
      const closed = (dispute: ProcessorDispute): ProcessorDispute => ({
        ...dispute,
        status: outcome,
        transactions: [...dispute.transactions, ...(outcome === "won" ? [move(dispute.amount)] : [])],
      });
      change(id, { disputes: one.disputes.map((dispute) => (dispute.id === disputeId ? closed(dispute) : dispute)) });
    },
    webhook(objectId, eventId = `evt_${objectId}`, type = "payment_intent.succeeded", more = {}) {
      const event: ReceivedEvent = {
        id: eventId,
        type,
        connectedAccountId: null,
        objectType: type.split(".")[0] ?? "unknown",
        objectId,
        paymentIntentId: objectId,
        createdAt: "2026-11-25T00:00:00.000Z",
        ...more,
      };
      return { rawBody: JSON.stringify(event), signature: SIGNATURE };
    },
  };
}

function balances(movements: readonly BalanceTransaction[]): Money[] {
  const sums = new Map<Money["currency"], number>();
  for (const { amountMinor, feeMinor, currency } of movements)
    sums.set(currency, (sums.get(currency) ?? 0) + amountMinor - feeMinor);
  return [...sums].map(([currency, amount]) => ({ amount, currency }));
}
