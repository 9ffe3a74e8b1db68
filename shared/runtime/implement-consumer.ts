import { BatchProcessor, EventType as BatchType, processPartialResponse } from "@aws-lambda-powertools/batch";
import middy from "@middy/core";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import * as z from "zod";
import type { EventContract, QueueContract } from "#shared/contracts/contract";
import type { DeliveredEvent, EventType } from "#shared/domain/events/events";
import { parseEvent } from "#shared/domain/events/outbox";
import { systemActor } from "#shared/domain/kernel/actor";
import type { Capability, Granted, Wiring } from "#shared/ports/catalogue";
import { type Invocation, realWorld } from "./call.ts";
import { connect, type Connected } from "./connect.ts";
import { describeError, log } from "./log.ts";
import { untilDecided } from "./until-decided.ts";

type Consume<U extends Capability, M> = (occasion: Invocation, message: M, ports: Granted<U>) => Promise<void>;

/** EventBridge's envelope around what the outbox relay published. */
const Envelope = z.object({ detail: z.unknown() });

/**
 * Makes the Lambda handler of an event's consumer. Events come from a queue, at least once and in any order: `run` must
 * be safe to repeat. One that fails goes back alone, and after its last try to the dead-letter queue.
 */
export function implementConsumer<U extends Capability, E extends EventType>(
  contract: EventContract<U, E>,
  wiring: NoInfer<Wiring<U>>,
  run: Consume<U, DeliveredEvent<E>>,
) {
  const parse = (record: SQSRecord) => parseEvent(Envelope.parse(JSON.parse(record.body)).detail) as DeliveredEvent<E>;
  return Object.assign(queueHandler(contract, wiring, contract.events.join(" "), parse, run), { run, contract });
}

/** Makes the Lambda handler of a queue's consumer; messages are JSON of any shape, which `run` parses. */
export function implementQueue<U extends Capability>(
  contract: QueueContract<U>,
  wiring: NoInfer<Wiring<U>>,
  run: Consume<U, unknown>,
) {
  const parse = (record: SQSRecord): unknown => JSON.parse(record.body);
  return Object.assign(queueHandler(contract, wiring, contract.queue, parse, run), { run, contract });
}

function queueHandler<U extends Capability, M>(
  contract: { readonly uses: readonly U[] },
  wiring: Wiring<U>,
  name: string,
  parse: (record: SQSRecord) => M,
  run: Consume<U, M>,
) {
  let connected: Connected | undefined;
  const processor = new BatchProcessor(BatchType.SQS);
  const consume = async (record: SQSRecord): Promise<void> => {
    connected ??= connect(contract.uses, wiring);
    const occasion = systemOccasion(name, record.messageId);
    const ports = connected.portsFor(occasion) as Granted<U>;
    try {
      await untilDecided(() => run(occasion, parse(record), ports));
    } catch (error) {
      log("event.failed", { action: name, messageId: record.messageId, ...describeError(error) });
      throw error;
    }
  };
  return middy<SQSEvent, SQSBatchResponse>().handler((event, context) =>
    processPartialResponse(event, consume, processor, { context, throwOnFullBatchFailure: false }),
  );
}

/** Something that no person asked for, now. */
export const systemOccasion = (name: string, requestId: string): Invocation => ({
  actor: systemActor(name),
  now: realWorld.now(),
  requestId,
  newId: realWorld.newId,
});
