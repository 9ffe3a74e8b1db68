/** What the payment processor in memory holds. */
import type { Money } from "#shared/domain/kernel/money";
import { OwnError } from "#shared/domain/kernel/own-error";
import type { Instant } from "#shared/domain/kernel/time";
import type { ProcessorMovement } from "#shared/domain/processor/movement";
import type {
  BalanceTransaction,
  Payment,
  ProcessorDispute,
  ProcessorRefund,
  RefundOrder,
} from "#shared/domain/processor/payment";

/** What it takes for a payment: 2.9 % and 30; and for a dispute. */
const feeMinorOf = (amount: number): number => Math.min(amount, Math.floor((amount * 290 + 5_000) / 10_000) + 30);
export const DISPUTE_FEE_MINOR = 1_500;

/** A payment, and what came of it. */
export interface Held {
  readonly payment: Payment;
  readonly captured?: BalanceTransaction | undefined;
  readonly refunds: readonly ProcessorRefund[];
  readonly disputes: readonly ProcessorDispute[];
}

/** What is said of a movement of the house's own money: the rest is made up. */
export type HouseMove = Pick<ProcessorMovement, "type" | "amountMinor"> & Partial<ProcessorMovement>;

export class MemoryProcessor {
  readonly held = new Map<string, Held>();
  readonly movements: ProcessorMovement[] = [];
  readonly goneCustomers = new Set<string>();
  readonly settings = { capturesAtOnce: true, takesFees: false, refunds: "succeeded" as ProcessorRefund["status"] };
  readonly #byOrder = new Map<string, string>();
  readonly #now: () => Instant;
  #made = 0;

  constructor(now: () => Instant) {
    this.#now = now;
  }

  existing(id: string): Held {
    const one = this.held.get(id);
    if (one === undefined) throw new OwnError(`no such payment intent: ${id}`);
    return one;
  }

  /** Whose something is. */
  holderOf(has: (one: Held) => boolean): readonly [string, Held] {
    const found = [...this.held].find(([, one]) => has(one));
    if (found === undefined) throw new OwnError("the processor has no such thing");
    return found;
  }

  change(id: string, parts: Partial<Held>): void {
    this.held.set(id, { ...this.existing(id), ...parts });
  }

  newId = (prefix: string): string => `${prefix}_${(this.#made += 1)}`;

  /** @param objectIds what it is about, and what that belongs to */
  move(type: string, objectIds: string[], { amount, currency }: Money, fee = 0): BalanceTransaction {
    const id = `txn_${this.movements.length + 1}`;
    const transaction = { id, amountMinor: amount, feeMinor: this.settings.takesFees ? fee : 0, currency };
    const disputed = amount < 0 ? "dispute" : "dispute_reversal";
    const category = type === "adjustment" ? disputed : type;
    this.movements.push({ ...transaction, type, category, objectIds, createdAt: this.#now() });
    return transaction;
  }

  /** Money of the house's own account, which no payment has anything to do with. */
  moveHouse(moved: HouseMove): string {
    const id = `txn_${this.movements.length + 1}`;
    const { type } = moved;
    const made = { id, category: type, feeMinor: 0, currency: "USD" as const, createdAt: this.#now() };
    this.movements.push({ ...made, objectIds: [`house_${this.movements.length}`], ...moved });
    return id;
  }

  capture(id: string): void {
    const { received } = this.existing(id).payment;
    this.change(id, { captured: this.move("charge", [id], received, feeMinorOf(received.amount)) });
  }

  shown(id: string): Payment {
    const { payment, captured } = this.existing(id);
    return { ...payment, ...(captured && { transaction: captured }) };
  }

  /** The same order gives the same refund. */
  refund({ refundId, depositId, userId, paymentIntentId, amount, processorRefundId }: RefundOrder): ProcessorRefund {
    const name = `${refundId} ${depositId}`;
    const lookedFor = processorRefundId ?? this.#byOrder.get(name);
    const known = this.existing(paymentIntentId).refunds.find(({ id }) => id === lookedFor);
    if (known) return known;
    if (processorRefundId !== undefined) throw new OwnError(`there is no refund ${processorRefundId}`);
    const made = this.makeRefund(paymentIntentId, amount, { refundId, depositId, userId });
    if (made.id !== undefined) this.#byOrder.set(name, made.id);
    return made;
  }

  /** @param metadata none, when it is made by hand */
  makeRefund(paymentIntentId: string, amount: Money, metadata: ProcessorRefund["metadata"]): ProcessorRefund {
    const { payment, refunds } = this.existing(paymentIntentId);
    const gone = refunds.filter(({ status }) => status !== "failed").reduce((sum, one) => sum + one.amount.amount, 0);
    if (gone + amount.amount > payment.received.amount)
      return { status: "failed", amount, metadata, failure: "amount_too_large" };
    const id = this.newId("re");
    const { refunds: status } = this.settings;
    const left =
      status === "failed"
        ? { failure: "declined" }
        : { transaction: this.move("refund", [id, paymentIntentId], minus(amount)) };
    const refund: ProcessorRefund = { id, status, createdAt: this.#now(), amount, metadata, ...left };
    this.change(paymentIntentId, { refunds: [...refunds, refund] });
    return refund;
  }

  balances(): Money[] {
    const sums = new Map<Money["currency"], number>();
    for (const { amountMinor, feeMinor, currency } of this.movements)
      sums.set(currency, (sums.get(currency) ?? 0) + amountMinor - feeMinor);
    return [...sums].map(([currency, amount]) => ({ amount, currency }));
  }
}

export const minus = ({ amount, currency }: Money): Money => ({ amount: -amount, currency });
