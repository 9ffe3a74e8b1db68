/**
 * Stripe's refunds, as its adapter sees them: what is asked for may be made without an answer, a bank decides late and changes its
 * mind, and whoever has the dashboard makes refunds and writes what they like on any. Sources: docs.stripe.com/refunds,
 * docs.stripe.com/api/refunds/object (states; `balance_transaction` is missing while one waits for funds), docs.stripe.com/error-low-level.
 */
import Stripe from "stripe";
import { createRefund } from "#shared/adapters/stripe/refunds";
import { refundOf } from "#shared/adapters/stripe/shapes";
import { plusHours } from "#shared/domain/kernel/time";
import { withinTime } from "#shared/ports/call-time";
import { simulatedClock } from "../support/simulated-clock.ts";
import type { Course } from "./money-history.ts";

export interface RefundThere {
  readonly id: string;
  readonly object: "refund";
  status: string;
  readonly created: number;
  readonly amount: number;
  readonly currency: string;
  metadata: Record<string, string>;
  readonly payment_intent: string;
  balance_transaction: { readonly id: string; readonly amount: number } | null;
  failure_reason?: string;
}
type Asked = Pick<RefundThere, "payment_intent" | "amount" | "metadata">;
interface Kept {
  readonly at: string;
  readonly answer: string | Error;
}

const KEY_HOURS = 24;
/** A refund waits where the balance has nothing for it: nothing has moved yet. */
const begins = ["succeeded", "succeeded", "pending", "waits", "requires_action"];
const invalid = (more: object) =>
  Stripe.errors.StripeError.generate({
    type: "invalid_request_error",
    statusCode: 400,
    message: "refused",
    ...more,
  } as never);
const isOver = ({ status }: RefundThere): boolean => status === "failed" || status === "canceled";

export class RefundsAtStripe {
  readonly all: RefundThere[] = [];
  readonly #course: Course;
  readonly #paid: ReadonlyMap<string, { readonly amount: number; readonly currency: string }>;
  readonly #keys = new Map<string, Kept>();
  readonly #moved: { readonly amount: number; readonly currency: string }[] = [];

  /** @param paid what each payment came to */
  constructor(course: Course, paid: ReadonlyMap<string, { readonly amount: number; readonly currency: string }>) {
    this.#course = course;
    this.#paid = paid;
    const { payments } = course.stage;
    const { recordOf, balance } = payments;
    const client = { refunds: this.#port() } as unknown as Stripe;
    // The adapter waits and asks again, on a clock of its own.
    payments.createRefund = (order) => withinTime(8_000, () => createRefund(client, order), simulatedClock());
    payments.recordOf = async (id) => {
      const record = await recordOf(id);
      return record && { ...record, refunds: structuredClone(this.#of(id)).map(refundOf) };
    };
    payments.balance = async () =>
      (await balance()).map((held) => ({ ...held, amount: held.amount + this.#movedIn(held.currency) }));
  }

  /** What of a payment has gone back, or is to. */
  goneOf = (paymentIntentId: string): number =>
    this.#of(paymentIntentId)
      .filter((one) => !isOver(one))
      .reduce((sum, { amount }) => sum + amount, 0);

  leftOf = (paymentIntentId: string): number =>
    (this.#paid.get(paymentIntentId)?.amount ?? 0) - this.goneOf(paymentIntentId);

  /** @throws what Stripe says of one that is too much */
  make({ payment_intent, amount, metadata }: Asked): RefundThere {
    const left = this.leftOf(payment_intent);
    if (left === 0) throw invalid({ code: "charge_already_refunded" });
    if (amount > left) throw invalid({ param: "amount" });
    const begun = this.#course.oneOf(begins);
    const { currency = "" } = this.#paid.get(payment_intent) ?? {};
    const made: RefundThere = {
      ...{
        id: `re_${this.all.length + 1}`,
        object: "refund",
        amount,
        currency: currency.toLowerCase(),
        payment_intent,
      },
      created: Math.floor(Date.parse(this.#course.stage.clock.now) / 1_000),
      status: begun === "waits" ? "pending" : begun,
      metadata: { ...metadata },
      balance_transaction: begun === "waits" ? null : this.#move(-amount, currency),
    };
    // Newest first, as lists are there.
    this.all.unshift(made);
    return made;
  }

  /** The next that becomes of it. One that has succeeded may fail for a month. */
  goOn(one: RefundThere): void {
    const { oneOf, chance } = this.#course;
    if (isOver(one)) return;
    if (one.balance_transaction === null) {
      if (chance.happens(0.7)) one.balance_transaction = this.#move(-one.amount, one.currency);
      else one.status = chance.happens(0.5) ? "canceled" : "failed";
    } else if (one.status !== "succeeded" || chance.happens(0.4)) {
      const next = { requires_action: ["pending", "canceled", "failed"], pending: ["succeeded", "failed"] }[one.status];
      one.status = oneOf.call(this.#course, next ?? ["failed"]) as string;
      if (isOver(one)) this.#move(one.amount, one.currency);
    }
    if (one.status === "failed") one.failure_reason = "unknown";
  }

  /** All that has not ended succeeds. */
  finish(): void {
    for (const one of this.all.filter((each) => !isOver(each))) {
      one.balance_transaction ??= this.#move(-one.amount, one.currency);
      one.status = "succeeded";
    }
  }

  #of = (id: string): RefundThere[] => this.all.filter(({ payment_intent }) => payment_intent === id);

  #move(amount: number, code: string) {
    const currency = code.toUpperCase();
    this.#moved.push({ amount, currency });
    return { id: `txn_re_${this.#moved.length}`, amount, fee: 0, currency: currency.toLowerCase() };
  }
  #movedIn = (of: string): number =>
    this.#moved.reduce((sum, { amount, currency }) => sum + (currency === of ? amount : 0), 0);

  #port() {
    return {
      retrieve: async (id: string) => structuredClone(this.#known(id)),
      list: async ({ payment_intent }: Asked) => ({ data: structuredClone(this.#of(payment_intent)), has_more: false }),
      create: async (asked: Asked, { idempotencyKey }: { readonly idempotencyKey: string }) => {
        const { answer } = this.#remembered(idempotencyKey) ?? this.#carriedOut(asked, idempotencyKey);
        if (typeof answer !== "string") throw answer;
        if (this.#strikes(0.2)) throw new Stripe.errors.StripeConnectionError({ message: "answer lost" });
        return structuredClone(this.#known(answer));
      },
    };
  }

  #known(id: string): RefundThere {
    const known = this.all.find((one) => one.id === id);
    if (known === undefined) throw invalid({ code: "resource_missing" });
    return known;
  }

  #remembered(key: string): Kept | undefined {
    const kept = this.#keys.get(key);
    return kept && plusHours(kept.at, KEY_HOURS) > this.#course.stage.clock.now ? kept : undefined;
  }

  /** A 500 is kept for its key like any answer, and what was asked for may have happened all the same. */
  #carriedOut(asked: Asked, key: string): Kept {
    if (this.#strikes(0.08)) throw new Stripe.errors.StripeAPIError({ message: "not begun", statusCode: 503 });
    const fails = this.#strikes(0.2);
    const error = new Stripe.errors.StripeAPIError({ message: "kept", statusCode: 500 });
    let answer: Kept["answer"] = error;
    if (!fails || this.#course.chance.happens(0.5))
      try {
        const { id } = this.make(asked);
        answer = fails ? error : id;
      } catch (refusal) {
        answer = refusal as Error;
      }
    const kept = { at: this.#course.stage.clock.now, answer };
    this.#keys.set(key, kept);
    return kept;
  }

  #strikes(share: number): boolean {
    const strikes = this.#course.troubled && this.#course.chance.happens(share);
    if (strikes) this.#course.trace.push("  Stripe fails");
    return strikes;
  }
}
