/** What random histories of money have in common: their course, what goes wrong on it, and the books held against the processor. */
import { handler as sweepDeposits } from "#lambdas/deposits/sweep-deposits";
import { handler as sweepRefunds } from "#lambdas/refunds/sweep-refunds";
import { handler as sweepEvents } from "#lambdas/webhooks/sweep-stripe-events";
import { type Currency, type Money, money } from "#shared/domain/kernel/money";
import { plusHours } from "#shared/domain/kernel/time";
import { requestRefusals } from "#shared/domain/kernel/refusals";
import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { withinTime } from "#shared/ports/call-time";
import { items } from "#shared/table/items/index";
import { OTHER_ID, processed, ran } from "../actions/deposits/depositing.ts";
import { type Refunding, refunding } from "../actions/refunds/refunding.ts";
import { type Chance, chanceOf } from "../simulation/chance.ts";
import { BRAND_ID } from "../support/builders.ts";
import { brokenInvariants } from "../support/launched.ts";
import { aWallet, aWalletProfile } from "../support/money-builders.ts";
import { simulatedClock } from "../support/simulated-clock.ts";
import { brand, type TestStage } from "../support/stage.ts";

/** With 2, 0 and 3 decimals. */
const CURRENCIES: readonly Currency[] = ["USD", "JPY", "KWD"];

/** How a history ended: what does not hold, and what led to it. */
export interface Ended {
  readonly problems: readonly string[];
  readonly trace: readonly string[];
}

/** A brand, and what its wallet is in. */
export interface Payer {
  readonly userId: string;
  readonly currency: Currency;
}

export class Course {
  readonly trace: string[] = [];
  /** Until it is left in peace: then everything must come right. */
  troubled = true;
  lagging = false;
  /** What could not be decided, in peace. */
  readonly stuck: string[] = [];
  readonly chance: Chance;
  readonly world: Refunding;
  readonly payers: readonly [Payer, Payer];
  #events = 0;

  private constructor(seed: number, world: Refunding) {
    this.chance = chanceOf(seed, "money");
    this.world = world;
    const [one, other] = [this.oneOf(CURRENCIES), this.oneOf(CURRENCIES)];
    this.payers = [
      { userId: BRAND_ID, currency: one },
      { userId: OTHER_ID, currency: other },
    ];
    this.#die();
    this.#lag();
  }

  /** Two brands that may pay in two currencies, of which nobody has paid yet. */
  static async begun(seed: number): Promise<Course> {
    const course = new Course(seed, await refunding());
    for (const { userId, currency } of course.payers) {
      await course.stage.given("wallet", aWallet({ userId, currency }));
      await course.stage.given("walletProfile", aWalletProfile({ userId }));
    }
    return course;
  }

  get stage(): TestStage {
    return this.world.stage;
  }

  oneOf<T>(all: readonly T[]): T {
    return all[this.chance.below(all.length)] as T;
  }

  begin = ({ userId, currency }: Payer, amount: number, key: string) =>
    this.world.begin(money(amount, currency), key, brand(userId));

  /** What is refused, dies or is put off is part of the course. */
  async softly<T>(act: () => Promise<T>): Promise<T | undefined> {
    try {
      // As long as a Lambda has, on a clock that waits for nobody.
      return await withinTime(29_000, act, simulatedClock());
    } catch (error) {
      // With nobody else at work, what is decided again and again can never be decided.
      if (!this.troubled && String(error).includes(requestRefusals.contended.title))
        this.stuck.push(this.trace.at(-1) ?? "");
      this.trace.push(`  ! ${String(error)}${error instanceof AggregateError ? ` ${error.errors.join(" | ")}` : ""}`);
      return undefined;
    }
  }

  tell = (paymentIntentId: string, type: string) =>
    this.softly(() => {
      this.#events += 1;
      const about = { paymentIntentId, objectType: "refund" };
      return this.world.deliver(this.stage.payments.webhook("o", `evt_${this.#events}`, type, about));
    });

  /** So many hours later all that looks by the clock has looked. */
  async sweep(hours: number): Promise<void> {
    const { stage } = this;
    stage.clock.now = plusHours(stage.clock.now, hours);
    this.trace.push(`swept ${stage.clock.now}`);
    await this.softly(() => ran(stage, sweepRefunds));
    await this.softly(() => ran(stage, sweepDeposits));
    await this.softly(() => ran(stage, sweepEvents));
    for (const message of stage.eventQueue.sent.splice(0)) await this.softly(() => processed(stage, message));
  }

  /** Before a commit, or after one that nobody hears of. */
  #die(): void {
    const { granted } = this.stage;
    const dies = (when: string): void => {
      if (!this.troubled || !this.chance.happens(0.12)) return;
      this.trace.push(`  died ${when} a commit`);
      throw new Error("died");
    };
    this.stage.granted = ((...asked: Parameters<typeof granted>) => {
      const ports = granted(...asked);
      const commit = async (...made: Parameters<typeof ports.commit>) => {
        dies("before");
        const reply = await ports.commit(...made);
        dies("after");
        return reply;
      };
      return { ...ports, commit };
    }) as typeof granted;
  }

  /** What an entry books at the processor is found by an index, which does not know the last of them. */
  #lag(): void {
    const { table, clock } = this.stage;
    const { query } = table;
    table.query = async (asked) => {
      const page = await query(asked);
      if (!this.lagging || !asked.partition.startsWith(items.journalEntry.listings.about.prefix)) return page;
      return { ...page, items: page.items.filter((item) => String(item["postedAt"]) < clock.now) };
    };
  }

  /** What the books hold at the processor. */
  #booked(currency: Currency): number {
    const entries = this.stage.stored("journalEntry").map((item) => JournalEntry.parse(item));
    return entries
      .filter((entry) => entry.currency === currency)
      .flatMap(({ lines }) => lines)
      .filter(({ account }) => account.of === "platform" && account.account === "stripe_balance")
      .reduce((sum, { amount }) => sum - amount, 0);
  }

  /** Where the books are not what the processor says, or not what books are. */
  async differences(): Promise<string[]> {
    const held = await this.stage.payments.balance();
    const there = (of: Currency) => held.find(({ currency }: Money) => currency === of)?.amount ?? 0;
    return [
      ...this.stuck.map((after) => `never decided, after: ${after}`),
      ...CURRENCIES.filter((currency) => this.#booked(currency) !== there(currency)).map(
        (currency) => `books ${this.#booked(currency)} ${currency} and not ${there(currency)}`,
      ),
      ...(await brokenInvariants(this.stage)),
    ];
  }
}
