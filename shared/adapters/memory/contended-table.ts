import type { Clock } from "#shared/ports/call-time";
import { type TableDriver, tableOver } from "#shared/table/driver";
import type { Item, Operation, Write } from "#shared/table/engine";
import { apply, isMet, Items, keyOf, requireTransaction, targetOf } from "./operations.ts";
import { inOrder, type MemoryTable, reads } from "./table.ts";

export interface Surroundings {
  /** Simulated: every call takes its time on it, and faults are its chance. */
  readonly clock: Clock;
  /** What a transaction takes; a single write takes half, a read a third. */
  readonly transactionMs: number;
  /** Shares of the calls, from 0 to 1. Of the lost, half are carried out. */
  readonly faults?: { readonly throttled: number; readonly lost: number };
  /** Write units a second of one partition; DynamoDB gives 1,000. Left out: no bound. */
  readonly unitsPerSecond?: number;
  /** Told of each item that is written, as the table's stream is: what it was, and what it is. */
  readonly onWrite?: (was: Item | undefined, is: Item | undefined) => void;
}

/** What happened so far, by tries. */
export interface Tally {
  commits: number;
  conflicts: number;
  refused: number;
  throttled: number;
  lost: number;
}

/** When a caller gives up on a reply that does not come. */
const LOST_AFTER_MS = 1_000;
/** For how long a token is remembered. Source: DynamoDB API reference, TransactWriteItems, ClientRequestToken. */
const TOKEN_MS = 600_000;

/** An error as DynamoDB names it. */
class Thrown extends Error {
  readonly CancellationReasons: readonly { readonly Code: string }[];

  constructor(name: string, codes: readonly string[] = []) {
    super(name);
    this.name = name;
    this.CancellationReasons = codes.map((Code) => ({ Code }));
  }
}
/** Of a reply that was lost: whatever DynamoDB says, nobody hears it; a defect of ours is heard all the same. */
const unlessDefect = (error: unknown): void => {
  if (!(error instanceof Thrown)) throw error;
};
const cancelled = (codes: readonly string[]): Thrown => new Thrown("TransactionCanceledException", codes);

/**
 * The table in memory, where whoever meets another is cancelled, as on DynamoDB: a transaction that touches an item which is
 * part of another one under way, also if either only checks it, and a single write that meets a transaction. Reads meet
 * nobody. Source: DynamoDB developer guide, "Transaction conflict handling in DynamoDB". Stricter than there: a
 * transaction that meets a single write under way is cancelled as well, and what a cancelled one had prepared already
 * is in others' way until it is told so.
 */
export function contendedTable(surroundings: Surroundings): ContendedTable {
  const items = new Items();
  const driver = new ContendedDriver(items, surroundings);
  return { ...tableOver(driver), driver, all: (isWanted) => inOrder(items, isWanted), tally: driver.tally };
}

export interface ContendedTable extends MemoryTable {
  readonly tally: Readonly<Tally>;
  /** Single tries, which say what DynamoDB would. */
  readonly driver: TableDriver;
}

class ContendedDriver implements TableDriver {
  readonly tally: Tally = { commits: 0, conflicts: 0, refused: 0, throttled: 0, lost: 0 };
  readonly #items: Items;
  readonly #around: Surroundings;
  readonly #reads: ReturnType<typeof reads>;
  /** How many transactions hold an item, and how many single writes are under way to it. */
  readonly #inTransactions = new Map<string, number>();
  readonly #inWrites = new Map<string, number>();
  readonly #tokens = new Map<string, { readonly state: "under way" | "done"; readonly untilMs: number }>();
  readonly #spent = new Map<string, { readonly second: number; readonly units: number }>();

  constructor(items: Items, around: Surroundings) {
    this.#items = items;
    this.#around = around;
    this.#reads = reads(items);
  }

  get: TableDriver["get"] = (key) => this.#read(() => this.#reads.get(key));
  getBatch: TableDriver["getBatch"] = (keys) => this.#read(() => this.#reads.getBatch(keys));
  query: TableDriver["query"] = (query) => this.#read(() => this.#reads.query(query));

  async transact(operations: readonly Operation[], token: string): Promise<void> {
    requireTransaction(operations);
    if (this.#isThrottled(operations)) throw cancelled(operations.map(() => "ThrottlingError"));
    await this.#overTheWire(() => this.#underToken(operations, token));
  }

  async write(operation: Write): Promise<void> {
    if (this.#isThrottled([operation])) throw new Thrown("ThrottlingException");
    await this.#overTheWire(() => this.#single(operation));
  }

  async #read<R>(ask: () => Promise<R>): Promise<R> {
    await this.#takes(this.#around.transactionMs / 3);
    if (!this.#happens("lost")) return ask();
    await this.#takes(LOST_AFTER_MS);
    throw new Thrown("TimeoutError");
  }

  async #underToken(operations: readonly Operation[], token: string): Promise<void> {
    const known = this.#tokens.get(token);
    if (known && known.untilMs > this.#around.clock.nowMs()) {
      await this.#takes(this.#around.transactionMs / 3);
      if (known.state === "under way") throw new Thrown("TransactionInProgressException");
      return;
    }
    this.#remember(token, "under way");
    try {
      await this.#transaction(operations);
      this.#remember(token, "done");
    } catch (error) {
      this.#tokens.delete(token);
      throw error;
    }
  }

  #remember(token: string, state: "under way" | "done"): void {
    this.#tokens.set(token, { state, untilMs: this.#around.clock.nowMs() + TOKEN_MS });
  }

  /** Every item is asked, and says no or holds itself ready; then all are told. */
  async #transaction(operations: readonly Operation[]): Promise<void> {
    const { transactionMs } = this.#around;
    const codes = operations.map((operation) => this.#prepared(operation));
    const ready = operations.filter((_, position) => codes[position] === "None").map(targetOf);
    for (const name of ready) add(this.#inTransactions, name, 1);
    const isGo = ready.length === operations.length;
    await this.#takes(isGo ? transactionMs : transactionMs / 2);
    for (const name of ready) add(this.#inTransactions, name, -1);
    if (isGo) {
      for (const operation of operations) this.#apply(operation);
      this.tally.commits += 1;
      return;
    }
    this.tally[codes.includes("TransactionConflict") ? "conflicts" : "refused"] += 1;
    throw cancelled(codes);
  }

  #prepared(operation: Operation): "None" | "TransactionConflict" | "ConditionalCheckFailed" {
    const name = targetOf(operation);
    if (this.#inTransactions.has(name) || this.#inWrites.has(name)) return "TransactionConflict";
    return isMet(this.#items, operation) ? "None" : "ConditionalCheckFailed";
  }

  /** Of several single writes to one item, one comes after the other. */
  async #single(operation: Write): Promise<void> {
    const name = targetOf(operation);
    if (this.#inTransactions.has(name)) {
      this.tally.conflicts += 1;
      await this.#takes(this.#around.transactionMs / 3);
      throw new Thrown("TransactionConflictException");
    }
    add(this.#inWrites, name, 1);
    await this.#takes(this.#around.transactionMs / 2);
    add(this.#inWrites, name, -1);
    if (!isMet(this.#items, operation)) {
      this.tally.refused += 1;
      throw new Thrown("ConditionalCheckFailedException");
    }
    this.#apply(operation);
    this.tally.commits += 1;
  }

  #apply(operation: Operation): void {
    const name = targetOf(operation);
    const was = this.#items.get(name);
    apply(this.#items, operation);
    if (operation.kind !== "check") this.#around.onWrite?.(was, this.#items.get(name));
  }

  /** The request, which may be lost on its way there or back: then the caller only sees time pass. */
  async #overTheWire(carryOut: () => Promise<void>): Promise<void> {
    if (!this.#happens("lost")) return carryOut();
    this.tally.lost += 1;
    const arrives = this.#around.clock.random() < 0.5;
    const unheard = arrives ? carryOut().catch(unlessDefect) : Promise.resolve();
    await Promise.all([unheard, this.#takes(LOST_AFTER_MS)]);
    throw new Thrown("TimeoutError");
  }

  #isThrottled(operations: readonly Operation[]): boolean {
    const throttled = this.#happens("throttled") || this.#isOverBudget(operations);
    if (throttled) this.tally.throttled += 1;
    return throttled;
  }

  /** A transaction is charged twice: for preparing, and for carrying out. */
  #isOverBudget(operations: readonly Operation[]): boolean {
    const { unitsPerSecond = Infinity, clock } = this.#around;
    const second = Math.floor(clock.nowMs() / 1_000);
    const each = operations.length > 1 ? 2 : 1;
    return operations.some((operation) => {
      const { pk } = keyOf(operation);
      const spent = this.#spent.get(pk);
      const units = (spent?.second === second ? spent.units : 0) + each;
      this.#spent.set(pk, { second, units });
      return units > unitsPerSecond;
    });
  }

  #happens(fault: "throttled" | "lost"): boolean {
    const { clock, faults } = this.#around;
    return faults !== undefined && clock.random() < faults[fault];
  }

  #takes(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#around.clock.after(ms, resolve));
  }
}

function add(counts: Map<string, number>, name: string, delta: number): void {
  const count = (counts.get(name) ?? 0) + delta;
  if (count === 0) counts.delete(name);
  else counts.set(name, count);
}
