/** The table's stream: every consumer reads it in order, in batches, from the first that failed again, and some of it twice. */
import { marshall } from "@aws-sdk/util-dynamodb";
import type { Item } from "#shared/table/engine";
import { declarations, items, kindOf } from "#shared/table/items/index";
import { isOf, isTampering } from "#shared/table/item";
import { chanceOf } from "./chance.ts";
import type { Lambda } from "./lambdas.ts";
import type { Running } from "./running.ts";

/** Records of one batch. Source: infra/constructs/table-reading.ts; a few less, so that there are several. */
const BATCH = 25;
const MINUTE_MS = 60_000;
/** How long a failing batch waits at most before it is tried again. */
const LONGEST_PAUSE_MS = 60_000;

interface StreamRecord {
  readonly name: string;
  readonly sequence: string;
  readonly record: unknown;
}

type EventName = "INSERT" | "MODIFY" | "REMOVE";

/** What each source is told of. Source: infra/constructs/table-reading.ts. */
const isToldTo: Record<string, (event: EventName, item: Item) => boolean> = {
  outbox: (event, item) => event === "INSERT" && (isOf(items.outboxEvent, item) || isOf(items.sighting, item)),
  appendOnly: (event, item) => {
    const declaration = declarations[kindOf({ pk: String(item["pk"]) })];
    return event === "INSERT" ? declaration.sealed === true : isTampering(event, declaration);
  },
};

export interface TableStream {
  /** Told of each write. */
  readonly onWrite: (was: Item | undefined, is: Item | undefined) => void;
  /** Records that are not worked off. */
  readonly left: () => number;
}

export function tableStream(running: Running): TableStream {
  const readers = running.lambdas.flatMap((lambda) => {
    const { contract } = lambda;
    return contract.trigger === "onStream" ? [readerOf(running, lambda, isToldTo[contract.source])] : [];
  });
  let sequence = 0;
  return {
    left: () => readers.reduce((sum, reader) => sum + reader.left(), 0),
    onWrite(was, is) {
      const item = is ?? was;
      if (item === undefined) return;
      const event = was === undefined ? "INSERT" : is === undefined ? "REMOVE" : "MODIFY";
      sequence += 1;
      for (const reader of readers) reader.tell(event, item, String(sequence).padStart(12, "0"));
    },
  };
}

function readerOf(running: Running, lambda: Lambda, wants = (_event: EventName, _item: Item) => false) {
  const waiting: StreamRecord[] = [];
  let isReading = false;
  let failures = 0;
  let isAgain = false;
  /** The first record that was told twice last: no batch is a third time, however often it fails meanwhile. */
  let twice = "";
  let batches = 0;

  function read(afterMs: number): void {
    isReading = true;
    running.later(afterMs, () => void work());
  }
  async function work(): Promise<void> {
    // After failures it is halved, until the culprit is alone.
    const batch = waiting.slice(0, Math.max(1, Math.floor(BATCH / 2 ** failures)));
    const [first] = batch;
    if (first === undefined) return void (isReading = false);
    const name = `${lambda.name} ${first.name} #${failures + 1}${isAgain ? " again" : ""}`;
    const isParked = lambda.name === "relayOutbox" && running.faults.strikes("parked", name);
    const done = isParked ? batch.length : await workedOff(batch, name);
    isAgain = twice !== first.sequence && done === batch.length && running.faults.strikes("twice", name);
    if (isAgain) twice = first.sequence;
    failures = done > 0 ? 0 : failures + 1;
    if (!isAgain) waiting.splice(0, done);
    read(failures > 0 ? Math.min(LONGEST_PAUSE_MS, 500 * 2 ** failures) : 100);
  }
  /** How many from the first on. */
  async function workedOff(batch: readonly StreamRecord[], name: string): Promise<number> {
    const Records = batch.map(({ record }) => record);
    const ended = await running.invoke<{ batchItemFailures: { itemIdentifier: string }[] }>(lambda, { Records }, name);
    if (ended.died || ended.failed) return 0;
    const failed = new Set(ended.reply.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    const place = batch.findIndex((one) => failed.has(one.sequence));
    return place < 0 ? batch.length : place;
  }
  return {
    left: () => waiting.length,
    tell(event: EventName, item: Item, sequence: string): void {
      if (!wants(event, item)) return;
      const { pk, sk } = item;
      waiting.push({
        name: `${event} ${nameOf(String(pk))}`,
        sequence,
        record: recordOf(running, event, item, sequence),
      });
      if (isReading) return;
      const place = `${lambda.name} batch ${(batches += 1)} ${nameOf(String(pk))} ${nameOf(String(sk))}`;
      const isLate = running.faults.strikes("late", place);
      const chance = chanceOf(running.seed, "reading", place);
      read(isLate ? chance.between(1, 20) * MINUTE_MS : chance.between(50, 2_000));
    },
  };
}

/** Ids begin with their instant, which shifts when something else is left out. */
const nameOf = (key: string): string => key.replace(/[0-9A-HJKMNP-TV-Z]{10}([0-9A-HJKMNP-TV-Z]{16})/g, "$1");

const recordOf = (running: Running, eventName: EventName, item: Item, SequenceNumber: string): unknown => ({
  eventID: SequenceNumber,
  eventName,
  eventSource: "aws:dynamodb",
  dynamodb: {
    ApproximateCreationDateTime: Math.floor(Date.parse(running.now()) / 1_000),
    Keys: marshall({ pk: item["pk"], sk: item["sk"] }),
    ...(eventName !== "REMOVE" && { NewImage: marshall(item) }),
    SequenceNumber,
  },
});
