import { randomUUID } from "node:crypto";
import { Contended } from "#shared/ports/changes";
import { OutcomeUnknown, type Persistence, Unavailable, untilAnswered } from "#shared/ports/outside";
import { answerOf } from "./answers.ts";
import {
  ConditionsFailed,
  type Item,
  type Key,
  type Operation,
  type Query,
  type QueryResult,
  refuseRepeatable,
  type TableEngine,
  type Write,
} from "./engine.ts";

/** One try of each. What it throws is named as DynamoDB names it: see answers.ts. */
export interface TableDriver {
  get(key: Key): Promise<Item | undefined>;
  /** At most a hundred keys; some may be left for another try. */
  getBatch(keys: readonly Key[]): Promise<{ readonly items: readonly Item[]; readonly left: readonly Key[] }>;
  query(query: Query): Promise<QueryResult>;
  /** Under the same token it is applied once, for ten minutes. */
  transact(operations: readonly Operation[], token: string): Promise<void>;
  write(operation: Write): Promise<void>;
}

/** Most keys of one batch. Source: DynamoDB API reference, BatchGetItem. */
const BATCH_KEYS = 100;
/**
 * Measured on a table that conflicts as DynamoDB does, at 15 ms a transaction (test/bench/contention.ts): of 100 at once on one
 * item all are through in 3.6 s, with 6 tries each. Shorter waits cost more tries, longer ones more time.
 */
const waits: Omit<Persistence, "isTransient"> = { firstWaitMs: 50, longestWaitMs: 1_000, tries: 100 };

/** The engine over single tries: asks again until the table says yes or no, or the call's time is up. */
export function tableOver(driver: TableDriver): TableEngine {
  return {
    get: (key) => answered(() => driver.get(key)),
    getMany: async (keys) => {
      const items: Item[] = [];
      for (let at = 0; at < keys.length; at += BATCH_KEYS) {
        items.push(...(await readBatch(driver, keys.slice(at, at + BATCH_KEYS))));
      }
      return items;
    },
    query: (query) => answered(() => driver.query(query)),
    transact: (operations) => {
      // The same token on every try: a transaction whose reply was lost is not applied again.
      const token = randomUUID();
      return decided(() => driver.transact(operations, token));
    },
    write: async (operation) => {
      refuseRepeatable(operation);
      await decided(() => driver.write(operation));
    },
  };
}

/** A part of a batch that was left over. DynamoDB says so in a reply, not by an error. */
class LeftOver extends Error {
  override readonly name = "ProvisionedThroughputExceededException";
}

async function readBatch(driver: TableDriver, keys: readonly Key[]): Promise<readonly Item[]> {
  const items: Item[] = [];
  let waiting = keys;
  await answered(async () => {
    const found = await driver.getBatch(waiting);
    items.push(...found.items);
    waiting = found.left;
    if (waiting.length > 0) throw new LeftOver(`${waiting.length} keys were left over`);
  });
  return items;
}

const isTransient = (error: unknown): boolean => ["busy", "unanswered"].includes(answerOf(error).is);

/**
 * Asks for something that may be asked for twice: a read, or a write that is recognised when it meets itself.
 * @throws Contended, Unavailable when the table gave no answer in time; its own errors otherwise.
 */
export async function answered<R>(ask: () => Promise<R>): Promise<R> {
  try {
    return await untilAnswered(ask, { ...waits, isTransient });
  } catch (error) {
    const { is } = answerOf(error);
    if (is === "busy") throw new Contended({ cause: error });
    if (is === "unanswered") throw new Unavailable("the table", { cause: error });
    throw error;
  }
}

/** @throws ConditionsFailed, Contended; OutcomeUnknown when one of the tries had no answer and no later one had either. */
async function decided(ask: () => Promise<void>): Promise<void> {
  let mayBeDone = false;
  const noted = (error: unknown): boolean => {
    mayBeDone ||= answerOf(error).is === "unanswered";
    return isTransient(error);
  };
  try {
    await untilAnswered(ask, { ...waits, isTransient: noted });
  } catch (error) {
    const answer = answerOf(error);
    if (answer.is === "no") throw new ConditionsFailed(answer.failed);
    if (mayBeDone) throw new OutcomeUnknown("the table", { cause: error });
    if (answer.is === "busy") throw new Contended({ cause: error });
    throw error;
  }
}
