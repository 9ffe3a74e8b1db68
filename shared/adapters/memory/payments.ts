import type { Instant } from "#shared/domain/kernel/time";
import type { ProcessorMovement } from "#shared/domain/processor/movement";
import type { Payment, ProcessorDispute, ProcessorRefund, ReceivedEvent } from "#shared/domain/processor/payment";
import type { Payments } from "#shared/ports/payments";
import { rehearsedPayments } from "#shared/ports/rehearsed-payments";
import { DISPUTE_FEE_MINOR, type HouseMove, MemoryProcessor, minus } from "./processor.ts";

/** The payment processor in memory, and the hands of a payer, of their bank, and of the processor itself. */
export interface MemoryPayments extends Payments {
  /** The payer pays in full, or `received` of it. */
  pay(paymentIntentId: string, received?: number): void;
  cancel(paymentIntentId: string): void;
  /** Somebody deletes a customer in the dashboard. */
  deleteCustomer(customerId: string): void;
  /** What a payment was made for. */
  asked(paymentIntentId: string): number;
  /** From now on the processor keeps something of each payment, and of each dispute. */
  takeFees(): void;
  /** From now on a payment is captured after it has succeeded: what the processor keeps is known by `capture`. */
  captureLater(): void;
  capture(paymentIntentId: string): void;
  /** What becomes of refunds that are asked for from now on. */
  answerRefunds(status: ProcessorRefund["status"]): void;
  /** Somebody refunds so much of a payment in the dashboard. Gives the refund's id. */
  refundByHand(paymentIntentId: string, amountMinor: number): string;
  /** All refunds of a payment are gone. */
  forgetRefunds(paymentIntentId: string): void;
  /** Decides about a refund, at any time. */
  endRefund(refundId: string, status: ProcessorRefund["status"]): void;
  /** The payer's bank takes money back, or only asks about it. */
  dispute(paymentIntentId: string, amountMinor?: number, status?: ProcessorDispute["status"]): string;
  closeDispute(disputeId: string, outcome: "won" | "lost"): void;
  /** Somebody tops the house's balance up, or pays it out; or the processor takes a fee of the account. */
  moveHouse(moved: HouseMove): string;
  /** Everything that has moved what it holds for us. */
  readonly movements: () => readonly ProcessorMovement[];
  /** A webhook as the processor would send it, signed. */
  webhook(
    objectId: string,
    eventId?: string,
    type?: string,
    more?: Partial<ReceivedEvent>,
  ): { readonly rawBody: string; readonly signature: string };
}

const SIGNATURE = "signed";

/** @param now for movements; unless given, no time passes */
export function memoryPayments(now = (): Instant => "2026-11-25T00:00:00.000Z"): MemoryPayments {
  const processor = new MemoryProcessor(now);
  return { ...portOf(processor), ...handsOn(processor) };
}

function portOf(processor: MemoryProcessor): Payments {
  const customers = new Map<string, string>();
  const byDeposit = new Map<string, string>();
  const { held, goneCustomers } = processor;
  let customersMade = 0;
  const customerOf = (userId: string): string => {
    const known = customers.get(userId);
    if (known !== undefined && !goneCustomers.has(known)) return known;
    const made = `cus_${(customersMade += 1)}`;
    customers.set(userId, made);
    return made;
  };
  return {
    rehearsal: rehearsedPayments,
    createCustomer: ({ userId }) => Promise.resolve({ customerId: customerOf(userId) }),
    createPayment({ depositId, userId, amount, ...of }) {
      const customerId = goneCustomers.has(of.customerId) ? customerOf(userId) : of.customerId;
      const name = `${depositId} ${customerId}`;
      const id = byDeposit.get(name) ?? `pi_${held.size + 1}`;
      byDeposit.set(name, id);
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
    retrievePayment: (id) => Promise.resolve(processor.shown(id)),
    recordOf(id) {
      const one = held.get(id);
      return Promise.resolve(one && { payment: processor.shown(id), refunds: one.refunds, disputes: one.disputes });
    },
    createRefund: (order) => Promise.resolve(processor.refund(order)),
    verifyWebhook(rawBody, signature) {
      return Promise.resolve(signature === SIGNATURE ? (JSON.parse(rawBody) as ReceivedEvent) : undefined);
    },
    balance: () => Promise.resolve(processor.balances()),
  };
}

function handsOn(processor: MemoryProcessor): Omit<MemoryPayments, keyof Payments> {
  const { settings } = processor;
  return {
    pay(id, received) {
      const { payment } = processor.existing(id);
      const amount = received ?? payment.amount.amount;
      processor.change(id, { payment: { ...payment, status: "succeeded", received: { ...payment.amount, amount } } });
      if (settings.capturesAtOnce) processor.capture(id);
    },
    deleteCustomer: (id) => void processor.goneCustomers.add(id),
    asked: (id) => processor.existing(id).payment.amount.amount,
    cancel: (id) => processor.change(id, { payment: { ...processor.existing(id).payment, status: "canceled" } }),
    takeFees: () => void (settings.takesFees = true),
    captureLater: () => void (settings.capturesAtOnce = false),
    capture: (id) => processor.capture(id),
    answerRefunds: (status) => void (settings.refunds = status),
    refundByHand(id, amount) {
      const { currency } = processor.existing(id).payment.amount;
      return processor.makeRefund(id, { amount, currency }, {}).id ?? "";
    },
    forgetRefunds: (id) => processor.change(id, { refunds: [] }),
    endRefund(refundId, status) {
      const [id, one] = processor.holderOf(({ refunds }) => refunds.some((refund) => refund.id === refundId));
      const refunds = one.refunds.map((refund) => (refund.id === refundId ? { ...refund, status } : refund));
      if (status === "failed")
        for (const { id: of, amount } of refunds)
          if (of === refundId) processor.move("refund_failure", [refundId, id], amount);
      processor.change(id, { refunds });
    },
    dispute(id, amountMinor, status = "needs_response") {
      const { payment, disputes } = processor.existing(id);
      const amount = { ...payment.received, amount: amountMinor ?? payment.received.amount };
      const disputeId = processor.newId("dp");
      const transactions = status.startsWith("warning_")
        ? []
        : [processor.move("adjustment", [disputeId, id], minus(amount), DISPUTE_FEE_MINOR)];
      const about = { id: disputeId, amount, status, reason: "fraudulent", evidenceDueAt: null, transactions };
      processor.change(id, { disputes: [...disputes, about] });
      return disputeId;
    },
    moveHouse: (moved) => processor.moveHouse(moved),
    closeDispute(disputeId, outcome) {
      const [id, one] = processor.holderOf(({ disputes }) => disputes.some((dispute) => dispute.id === disputeId));
      const closed = (dispute: ProcessorDispute): ProcessorDispute => ({
        ...dispute,
        status: outcome,
        transactions: [
          ...dispute.transactions,
          ...(outcome === "won" ? [processor.move("adjustment", [disputeId, id], dispute.amount)] : []),
        ],
      });
      const disputes = one.disputes.map((dispute) => (dispute.id === disputeId ? closed(dispute) : dispute));
      processor.change(id, { disputes });
    },
    movements: () => processor.movements,
    webhook: webhookOf,
  };
}

function webhookOf(
  objectId: string,
  eventId = `evt_${objectId}`,
  type = "payment_intent.succeeded",
  more: Partial<ReceivedEvent> = {},
) {
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
}
