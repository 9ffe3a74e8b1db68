/** Events on the bus and messages in queues: at least once, in any order, late, and after six failures set aside. */
import type { DeliveredEvent } from "#shared/domain/events/events";
import { timeoutSecondsOf } from "#shared/contracts/contract";
import type { EventBus, Unpublished } from "#shared/ports/event-bus";
import type { Lambda } from "./lambdas.ts";
import { chanceOf } from "./chance.ts";
import type { Running } from "./running.ts";
import { startJob } from "./schedules.ts";

/** Deliveries before a message is set aside. Source: infra/constructs/event-consumer.ts. */
const DELIVERIES = 6;
/** A message stays invisible so many times as long as its consumer may take. */
const INVISIBLE = 6;
const BATCH = 10;
const MINUTE_MS = 60_000;

interface Message {
  readonly name: string;
  readonly body: unknown;
  received: number;
}

export interface WorkQueue {
  /** @param name the same in every run of the seed */
  send(body: unknown, name: string): void;
  /** Messages that are not worked off, and are not set aside. */
  readonly left: () => number;
  readonly deadLetters: readonly string[];
  /** What an operator does about messages that were set aside. */
  redrive(): void;
}

/** The queue of one consumer. */
export function workQueue(running: Running, consumer: Lambda): WorkQueue {
  const { contract } = consumer;
  const { batchSize = BATCH } = "delivers" in contract && contract.delivers ? contract.delivers : {};
  const ready: Message[] = [];
  const deadLetters: Message[] = [];
  let left = 0;
  let polls = false;

  function show(message: Message, afterMs: number): void {
    running.later(afterMs, () => {
      ready.push(message);
      if (polls) return;
      polls = true;
      running.later(20, poll);
    });
  }
  function poll(): void {
    polls = false;
    while (ready.length > 0) void work(ready.splice(0, batchSize));
  }
  async function work(batch: readonly Message[]): Promise<void> {
    for (const message of batch) message.received += 1;
    const [first] = batch;
    const name = `${consumer.name} ${first?.name} #${first?.received}`;
    const Records = batch.map(({ body }, at) => ({ messageId: `${at}`, body: JSON.stringify(body) }));
    const ended = await running.invoke<{ batchItemFailures: { itemIdentifier: string }[] }>(
      consumer,
      { Records },
      name,
    );
    const failed = new Set(
      ended.died
        ? Records.map(({ messageId }) => messageId)
        : ended.failed
          ? Records.map(({ messageId }) => messageId)
          : ended.reply.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
    );
    for (const [at, message] of batch.entries()) {
      if (!failed.has(`${at}`)) left -= 1;
      else if (message.received < DELIVERIES) show(message, INVISIBLE * timeoutSecondsOf(contract) * 1_000);
      else {
        left -= 1;
        deadLetters.push(message);
        running.count("deadLetters");
      }
    }
  }
  return {
    left: () => left,
    get deadLetters() {
      return deadLetters.map(({ name }) => name);
    },
    send(body, name) {
      const copies = running.faults.strikes("twice", `${consumer.name} ${name}`) ? 2 : 1;
      for (let copy = 1; copy <= copies; copy += 1) {
        const chance = chanceOf(running.seed, "delivery", consumer.name, name, copy);
        const isLate = running.faults.strikes("late", `${consumer.name} ${name} ${copy}`);
        left += 1;
        const named = copy === 1 ? name : `${name} again`;
        show(
          { name: named, body, received: 0 },
          isLate ? chance.between(1, 180) * MINUTE_MS : chance.between(20, 3_000),
        );
      }
    },
    redrive() {
      for (const message of deadLetters.splice(0)) {
        message.received = 0;
        left += 1;
        show(message, 0);
      }
    },
  };
}

/** The bus, which puts each event into the queue of everybody who listens to its type. */
export function busTo(running: Running, queueOf: (consumer: Lambda) => WorkQueue): EventBus {
  const listenersTo = ({ type }: DeliveredEvent): readonly Lambda[] =>
    running.lambdas.filter(({ contract }) => contract.trigger === "onEvent" && contract.events.includes(type));
  const jobsAskedBy = ({ type, detail }: DeliveredEvent): readonly Lambda[] =>
    type === "job.run_requested"
      ? running.lambdas.filter(
          ({ contract }) => contract.trigger === "schedule" && contract.job === (detail as { job: string }).job,
        )
      : [];
  let tries = 0;
  return {
    async publish(events) {
      const failed: Unpublished[] = [];
      await running.takes(10);
      for (const event of events) {
        const name = nameOf(event);
        const isUnconfirmed = running.faults.strikes("busUnconfirmed", `${name} ${(tries += 1)}`);
        // Of what the bus does not confirm, half is out.
        const isOut = !isUnconfirmed || chanceOf(running.seed, "out", name, tries).happens(0.5);
        if (isUnconfirmed) failed.push({ id: event.id, reason: "InternalFailure" });
        if (!isOut) continue;
        running.count("events");
        for (const consumer of listenersTo(event)) queueOf(consumer).send({ detail: event }, name);
        for (const job of jobsAskedBy(event))
          for (const one of running.faults.strikes("twice", `${job.name} ${name}`) ? ["", " again"] : [""])
            running.later(20, () => startJob(running, job, { detail: event }, `${job.name} ${name} ${tries}${one}`));
      }
      return { failed };
    },
  };
}

/** Ids begin with their instant, which shifts when something else is left out. */
const nameOf = ({ id, type }: DeliveredEvent): string => `${type} ${id.slice(-16)}`;
