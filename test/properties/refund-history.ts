/**
 * A random history of refunds: brands ask for them, somebody makes others by hand in Stripe's dashboard and writes names of ours on
 * any, banks and disputes go on meanwhile, events come late, double or never. Then it is left in peace, and what is there must
 * be what the books say, with nothing left open.
 */
import { handler as requestRefund } from "#lambdas/refunds/request-refund";
import { money } from "#shared/domain/kernel/money";
import { isOpen, Refund } from "#shared/domain/refunds/refund";
import { brand } from "../support/stage.ts";
import { Course, type Ended, type Payer } from "./money-history.ts";
import { RefundsAtStripe, type RefundThere } from "./refunds-at-stripe.ts";

const STEPS = 14;
/** Of each brand, in minor units. */
const DEPOSITS: readonly (readonly number[])[] = [[5_000, 8_000], [6_000]];
const [UNKNOWN, JUNK] = ["rfd_01ARZ3NDEKTSV4RRFFQ69G5FAV", "order-77"];

interface Paid extends Payer {
  readonly id: string;
  readonly paymentIntentId: string;
  readonly amount: number;
}
interface DisputeThere {
  readonly id: string;
  readonly of: Paid;
  /** What the payer's bank has taken. */
  taken: number;
  isOpen: boolean;
}

class RefundHistory {
  readonly course: Course;
  readonly deposits: readonly Paid[];
  readonly stripe: RefundsAtStripe;
  readonly #disputes: DisputeThere[] = [];

  constructor(course: Course, deposits: readonly Paid[]) {
    this.course = course;
    this.deposits = deposits;
    this.stripe = new RefundsAtStripe(course, new Map(deposits.map((one) => [one.paymentIntentId, one])));
  }

  readonly acts: Readonly<Record<string, () => Promise<unknown> | undefined>> = {
    request: () => this.#request(),
    submit: () => this.#submit(),
    sweep: () => this.course.sweep(this.course.oneOf([1, 5, 25, 50])),
    makeByHand: () => this.#makeByHand(),
    rename: () => this.#rename(),
    mistake: () => this.#mistake(),
    bank: () => this.#bank(),
    dispute: () => this.#dispute(),
    tell: () => this.#tell(this.course.oneOf(this.deposits)),
  };

  get ours(): Refund[] {
    return this.course.stage.stored("refund").map((item) => Refund.parse(item));
  }

  /** Most is told of; the rest is a lost event. */
  #tell = async ({ paymentIntentId }: Pick<Paid, "paymentIntentId">, share = 1): Promise<void> => {
    const { chance, tell, oneOf } = this.course;
    if (chance.happens(share))
      await tell(paymentIntentId, oneOf.call(this.course, ["refund.updated", "charge.refunded"]) as string);
  };

  /** Few, so that what is another is often of the same. */
  #amount = (): number => 500 * (1 + this.course.chance.below(4));

  async #request(of = this.course.oneOf(this.deposits), amountMinor = this.#amount(), named = 0.5): Promise<void> {
    const { course } = this;
    const { userId, currency, id } = of;
    const body = { amount: money(amountMinor, currency), ...(course.chance.happens(named) && { depositId: id }) };
    course.trace.push(`request ${amountMinor} ${currency} ${body.depositId ?? ""}`);
    await course.softly(() => course.stage.run(requestRefund, { actor: brand(userId), body }));
  }

  /** Somebody takes one that is there for what its brand has just asked for. */
  async #mistake(): Promise<void> {
    const { course, stripe } = this;
    if (stripe.all.length === 0) return;
    const one = course.oneOf(stripe.all);
    const of = this.deposits.find(({ paymentIntentId }) => paymentIntentId === one.payment_intent);
    const before = this.ours.map(({ id }) => id);
    await this.#request(of, one.amount, 1);
    const made = this.ours.find(({ id }) => !before.includes(id));
    if (made !== undefined) await this.#write(one, made.id);
  }

  async #submit(): Promise<void> {
    this.course.trace.push("submit");
    await this.course.softly(() => this.course.world.submit());
  }

  async #makeByHand(): Promise<void> {
    const { course } = this;
    const of = course.oneOf(this.deposits);
    const amount = Math.min(this.#amount(), this.stripe.leftOf(of.paymentIntentId));
    if (amount === 0) return;
    const made = { payment_intent: of.paymentIntentId, amount };
    const name = course.chance.happens(0.3) ? this.#nameFor(made) : undefined;
    const { id, status } = this.stripe.make({ ...made, metadata: name === undefined ? {} : { refundId: name } });
    course.trace.push(`by hand ${id} ${amount} of ${of.paymentIntentId} ${name ?? ""}: ${status}`);
    await this.#tell(of, 0.6);
  }

  /** @returns none where there is nothing of that kind */
  #nameFor(one: Pick<RefundThere, "payment_intent" | "amount">): string | undefined {
    const named = (parts: (of: Refund["parts"][number]) => boolean) =>
      this.ours.filter((ours) => ours.parts.some(parts)).map(({ id }) => id);
    const likely = named((part) => isOpen(part) && part.amountMinor === one.amount);
    const ofThePayment = named(({ paymentIntentId }) => paymentIntentId === one.payment_intent);
    return this.course.oneOf(this.course.oneOf([[undefined], [JUNK], [UNKNOWN], likely, likely, ofThePayment]));
  }

  async #rename(): Promise<void> {
    const { all } = this.stripe;
    if (all.length === 0) return;
    const one = this.course.oneOf(all);
    await this.#write(one, this.#nameFor(one));
  }

  async #write(one: RefundThere, name: string | undefined): Promise<void> {
    one.metadata = name === undefined ? {} : { refundId: name };
    this.course.trace.push(`rename ${one.id} ${name ?? ""}`);
    await this.#tell({ paymentIntentId: one.payment_intent }, 0.6);
  }

  async #bank(): Promise<void> {
    const { course, stripe } = this;
    if (stripe.all.length === 0) return;
    const one = course.oneOf(stripe.all);
    stripe.goOn(one);
    course.trace.push(`bank ${one.id} ${one.status} ${one.balance_transaction?.id ?? "waits"}`);
    await this.#tell({ paymentIntentId: one.payment_intent }, 0.6);
  }

  async #dispute(): Promise<void> {
    const { course, stripe } = this;
    const { payments } = course.stage;
    const of = course.oneOf(this.deposits);
    const known = this.#disputes.find((one) => one.of === of);
    if (known?.isOpen) {
      const outcome = course.oneOf(["won", "lost"] as const);
      payments.closeDispute(known.id, outcome);
      Object.assign(known, { isOpen: false, ...(outcome === "won" && { taken: 0 }) });
      course.trace.push(`dispute ${known.id} ${outcome}`);
    } else if (known === undefined) {
      const amount = stripe.leftOf(of.paymentIntentId);
      if (amount === 0) return;
      const status = course.oneOf(["needs_response", "warning_needs_response"] as const);
      const id = payments.dispute(of.paymentIntentId, amount, status);
      this.#disputes.push({
        id,
        of,
        taken: status === "needs_response" ? amount : 0,
        isOpen: status === "needs_response",
      });
      course.trace.push(`dispute ${id} of ${of.paymentIntentId} ${amount} ${status}`);
    }
    await this.#tell(of, 0.6);
  }

  /** Every event comes, every job runs, every bank decides, and somebody does what the runbook says. */
  async heal(): Promise<void> {
    const { course, stripe } = this;
    Object.assign(course, { troubled: false, lagging: false });
    course.trace.push("in peace");
    for (let round = 0; round < 6; round += 1) {
      for (const deposit of this.deposits) await this.#tell(deposit);
      this.#takeNamesOff();
      if (round === 2) stripe.finish();
      await course.sweep(25);
      await this.#submit();
    }
  }

  /** A name of ours on what was booked as another holds ours up, and rings: so the runbook. */
  #takeNamesOff(): void {
    for (const one of this.stripe.all) {
      const bookedAs = this.ours.find(({ parts }) =>
        parts.some(({ processorRefundId }) => processorRefundId === one.id),
      );
      if (bookedAs !== undefined && bookedAs.id !== one.metadata["refundId"]) one.metadata = {};
    }
  }

  async problems(): Promise<string[]> {
    const open = this.ours.filter(({ status }) => ["requested", "submitted"].includes(status));
    const uneven = await Promise.all(this.course.payers.map((payer) => this.#wallet(payer)));
    const promised = await Promise.all(this.deposits.map((deposit) => this.#promised(deposit)));
    return [
      ...(await this.course.differences()),
      ...open.map(({ id }) => `open ${id}`),
      ...uneven.flat(),
      ...promised.flat(),
    ];
  }

  /** A brand has what it paid, less what went back and what its payers' banks took. */
  async #wallet({ userId }: Payer): Promise<string[]> {
    const wallet = await this.course.stage.ports.wallets.get(userId);
    const has = (wallet?.available ?? 0) + (wallet?.inFlight ?? 0) - (wallet?.disputesReceivable ?? 0);
    const taken = (of: Paid) => this.#disputes.filter((one) => one.of === of).reduce((sum, one) => sum + one.taken, 0);
    const due = this.deposits
      .filter((one) => one.userId === userId)
      .reduce((sum, one) => sum + this.stripe.leftOf(one.paymentIntentId) - taken(one), 0);
    return has === due ? [] : [`wallet of ${userId} ${has} and not ${due}`];
  }

  async #promised({ id, paymentIntentId }: Paid): Promise<string[]> {
    const kept = (await this.course.stage.ports.deposits.get(id))?.refundedMinor;
    const gone = this.stripe.goneOf(paymentIntentId);
    return kept === gone ? [] : [`refunded of ${id} ${kept ?? "none"} and not ${gone}`];
  }
}

async function paidIn(course: Course): Promise<Paid[]> {
  const { stage, world } = course;
  const made: Paid[] = [];
  for (const [at, payer] of course.payers.entries())
    for (const amount of DEPOSITS[at] ?? []) {
      const { id, paymentIntentId } = await course.begin(payer, amount, `key-${made.length}`);
      stage.payments.pay(paymentIntentId);
      await world.confirm(id, brand(payer.userId));
      made.push({ ...payer, id, paymentIntentId, amount });
    }
  return made;
}

const WEIGHED = ["request", "request", "submit", "submit", "sweep", "makeByHand", "makeByHand", "rename", "mistake", "mistake", "bank", "tell", "dispute"]; // prettier-ignore

export async function refundHistory(seed: number): Promise<Ended> {
  const course = await Course.begun(seed);
  const history = new RefundHistory(course, await paidIn(course));
  for (let step = 0; step < STEPS; step += 1) {
    course.lagging = course.chance.happens(0.7);
    await history.acts[course.oneOf(WEIGHED)]?.();
  }
  await history.heal();
  const there = history.stripe.all.map((one) => JSON.stringify(one));
  const ours = history.ours.map((one) => JSON.stringify(one));
  return { problems: await history.problems(), trace: [...course.trace, ...there, ...ours] };
}
