/**
 * A random history of deposits whose payments stop naming them in Stripe's dashboard, or name another, and are put right, with
 * refunds by hand, disputes and late captures meanwhile. Every event comes once, and none after the end: what was missed is the
 * sweep's.
 */
import { handler as requestRefund } from "#lambdas/refunds/request-refund";
import { money } from "#shared/domain/kernel/money";
import type { Payment } from "#shared/domain/processor/payment";
import { brand } from "../support/stage.ts";
import { Course, type Ended, type Payer } from "./money-history.ts";

const STEPS = 18;

interface Begun extends Payer {
  readonly id: string;
  readonly paymentIntentId: string;
  paid: boolean;
}

class PutRightHistory {
  readonly course: Course;
  readonly #deposits: Begun[] = [];
  /** What somebody wrote on a payment in place of what we did. */
  readonly #spoilt = new Map<string, Readonly<Record<string, string>>>();
  readonly #asItIs: (paymentIntentId: string) => Promise<Payment>;

  constructor(course: Course) {
    this.course = course;
    const { payments } = course.stage;
    const { recordOf, retrievePayment } = payments;
    const shown = (payment: Payment): Payment => ({
      ...payment,
      metadata: this.#spoilt.get(payment.paymentIntentId) ?? payment.metadata,
    });
    this.#asItIs = retrievePayment;
    payments.retrievePayment = async (id) => shown(await retrievePayment(id));
    payments.recordOf = async (id) => {
      const record = await recordOf(id);
      return record && { ...record, payment: shown(record.payment) };
    };
  }

  readonly acts: Readonly<Record<string, () => Promise<unknown>>> = {
    begin: () => this.#begin(),
    pay: () => this.#pay(),
    capture: () => this.#capture(0.5),
    spoil: async () => this.#spoil(),
    putRight: async () => this.#putRight(),
    makeByHand: () => this.#makeByHand(),
    bank: () => this.#bank(),
    dispute: () => this.#dispute(),
    confirm: () => this.#confirm(),
    sweep: () => this.course.sweep(this.course.oneOf([1, 5, 30])),
    request: () => this.#request(),
  };

  get #paid(): Begun[] {
    return this.#deposits.filter(({ paid }) => paid);
  }

  #note = (line: string): void => void this.course.trace.push(line);

  async #begin(): Promise<void> {
    const { course } = this;
    if (this.#deposits.length > 3) return;
    const amount = 1_000 * (1 + course.chance.below(8));
    if (course.chance.happens(0.3)) course.stage.payments.captureLater();
    const payer = course.oneOf(course.payers);
    const { id, paymentIntentId } = await course.begin(payer, amount, `key-${this.#deposits.length}`);
    this.#deposits.push({ ...payer, id, paymentIntentId, paid: false });
    this.#note(`begin ${paymentIntentId} ${amount} ${payer.currency}`);
  }

  async #pay(): Promise<void> {
    const one = this.#deposits.find(({ paid }) => !paid);
    if (one === undefined) return;
    one.paid = true;
    this.course.stage.payments.pay(one.paymentIntentId);
    this.#note(`pay ${one.paymentIntentId}`);
    await this.course.tell(one.paymentIntentId, "payment_intent.succeeded");
  }

  async #capture(toldShare: number): Promise<void> {
    for (const { paymentIntentId } of this.#paid) {
      if ((await this.#asItIs(paymentIntentId)).transaction !== undefined) continue;
      this.course.stage.payments.capture(paymentIntentId);
      this.#note(`capture ${paymentIntentId}`);
      if (this.course.chance.happens(toldShare)) await this.course.tell(paymentIntentId, "charge.updated");
    }
  }

  #spoil(): void {
    const { course } = this;
    if (this.#deposits.length === 0) return;
    const { paymentIntentId } = course.oneOf(this.#deposits);
    const said = course.chance.happens(0.5) ? {} : { depositId: course.oneOf(this.#deposits).id, userId: "x" };
    this.#spoilt.set(paymentIntentId, said);
    this.#note(`spoil ${paymentIntentId} ${JSON.stringify(said)}`);
  }

  #putRight(): void {
    const [first] = this.#spoilt.keys();
    if (first === undefined) return;
    this.#spoilt.delete(first);
    this.#note(`put right ${first}`);
  }

  async #makeByHand(): Promise<void> {
    if (this.#paid.length === 0) return;
    const { paymentIntentId } = this.course.oneOf(this.#paid);
    const id = this.course.stage.payments.refundByHand(paymentIntentId, 500 * (1 + this.course.chance.below(4)));
    this.#note(`by hand ${id} of ${paymentIntentId}`);
    if (id !== "") await this.course.tell(paymentIntentId, "refund.created");
  }

  async #bank(): Promise<void> {
    if (this.#paid.length === 0) return;
    const { paymentIntentId } = this.course.oneOf(this.#paid);
    const refunds = (await this.course.stage.payments.recordOf(paymentIntentId))?.refunds ?? [];
    if (refunds.length === 0) return;
    const { id, status } = this.course.oneOf(refunds);
    if (id === undefined || status === "failed") return;
    this.course.stage.payments.endRefund(id, this.course.oneOf(["succeeded", "failed"] as const));
    this.#note(`bank ${id}`);
    await this.course.tell(paymentIntentId, "refund.updated");
  }

  async #dispute(): Promise<void> {
    if (this.#paid.length === 0) return;
    const { payments } = this.course.stage;
    const { paymentIntentId } = this.course.oneOf(this.#paid);
    const known = (await payments.recordOf(paymentIntentId))?.disputes[0];
    if (known === undefined) this.#note(`dispute ${payments.dispute(paymentIntentId, 500)} of ${paymentIntentId}`);
    else if (known.status === "needs_response") {
      payments.closeDispute(known.id, this.course.oneOf(["won", "lost"] as const));
      this.#note(`dispute ${known.id} closed`);
    }
    await this.course.tell(paymentIntentId, "charge.dispute.updated");
  }

  async #confirm(): Promise<void> {
    if (this.#deposits.length === 0) return;
    const { id, userId } = this.course.oneOf(this.#deposits);
    this.#note(`confirm ${id}`);
    await this.course.softly(() => this.course.world.confirm(id, brand(userId)));
  }

  async #request(): Promise<void> {
    const { course } = this;
    course.stage.payments.answerRefunds(course.oneOf(["succeeded", "pending"] as const));
    const { userId, currency } = course.oneOf(course.payers);
    const amount = money(500 * (1 + course.chance.below(4)), currency);
    this.#note(`request ${amount.amount} ${currency}`);
    await course.softly(() => course.stage.run(requestRefund, { actor: brand(userId), body: { amount } }));
    if (course.chance.happens(0.7)) await course.softly(() => course.world.submit());
  }

  async heal(): Promise<void> {
    const { course } = this;
    course.troubled = false;
    this.#note("in peace");
    await this.#capture(0);
    this.#spoilt.clear();
    await course.softly(() => course.world.submit());
    for (let round = 0; round < 5; round += 1) {
      if (round < 2)
        for (const { id, userId } of this.#deposits) await course.softly(() => course.world.confirm(id, brand(userId)));
      await course.sweep(25);
    }
  }

  async problems(): Promise<string[]> {
    const deposits = await Promise.all(this.#paid.map(({ id }) => this.course.stage.ports.deposits.get(id)));
    return [
      ...(await this.course.differences()),
      ...deposits.filter((one) => one?.status !== "completed").map((one) => `not credited: ${one?.id ?? ""}`),
      ...deposits.filter((one) => one?.dueAt !== undefined).map((one) => `still due: ${one?.id ?? ""}`),
    ];
  }
}

export async function putRightHistory(seed: number): Promise<Ended> {
  const course = await Course.begun(seed);
  const history = new PutRightHistory(course);
  const acts = [...Object.keys(history.acts), "begin", "pay", "spoil"];
  for (let step = 0; step < STEPS; step += 1) await history.acts[course.oneOf(acts)]?.();
  await history.heal();
  return { problems: await history.problems(), trace: course.trace };
}
