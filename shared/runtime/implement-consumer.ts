import type { Context, SQSEvent, SQSRecord } from "aws-lambda";
import * as z from "zod";
import type { EventContract, QueueContract } from "#shared/contracts/contract";
import type { NeedsOf, UsesOf } from "#shared/contracts/implied";
import type { DeliveredEvent } from "#shared/domain/events/events";
import { parseEvent } from "#shared/domain/events/outbox";
import type { Adapters, Granted } from "#shared/ports/catalogue";
import { type Invocation, realWorld, systemInvocation, type World } from "./call.ts";
import { type ConnectedTo, connectOnce } from "./connect.ts";
import { Postponed } from "#shared/domain/kernel/postponed";
import { describeError } from "./describe-error.ts";
import { log } from "./log.ts";
import { failureLog } from "./middleware/failure-log.ts";
import { batchPipeline } from "./pipelines.ts";
import { inTime } from "./time-limit.ts";
import { untilDecided } from "./until-decided.ts";
import { untilEachDecided } from "./until-each-decided.ts";

/** EventBridge's envelope around what the outbox relay published. */
const Envelope = z.object({ detail: z.unknown() });

/**
 * Makes the Lambda handler of an event's consumer. Events come from a queue, at least once and in any order: `run` must
 * be safe to repeat. One that fails goes back alone, and after its last try to the dead-letter queue.
 */
export function implementConsumer<C extends EventContract>(
  contract: C,
  adapters: NoInfer<Adapters<NeedsOf<C>>>,
  run: (invocation: Invocation, event: DeliveredEvent<C["events"][number]>, ports: Granted<UsesOf<C>>) => Promise<void>,
  world: World = realWorld,
) {
  const parse = (body: unknown) => parseEvent(Envelope.parse(body).detail) as DeliveredEvent<C["events"][number]>;
  const work = (invocation: Invocation, body: unknown, ports: Granted<UsesOf<C>>) =>
    run(invocation, parse(body), ports);
  const handler = queueHandler({ contract, adapters, name: contract.events.join(" "), world }, work);
  return Object.assign(handler, { run, contract });
}

/**
 * As `implementConsumer`, for an event that stands for several things, which are decided apart from each other: what fails
 * for one holds up no other, and brings the event back as a whole.
 */
export function implementEach<C extends EventContract, T>(
  contract: C,
  adapters: NoInfer<Adapters<NeedsOf<C>>>,
  thingsOf: (event: DeliveredEvent<C["events"][number]>) => Iterable<T>,
  decide: (invocation: Invocation, thing: T, ports: Granted<UsesOf<C>>) => Promise<void>,
) {
  return implementConsumer(contract, adapters, (invocation, event, ports) =>
    untilEachDecided(thingsOf(event), (thing) => decide(invocation, thing, ports)),
  );
}

/** Makes the Lambda handler of a queue's consumer; messages are JSON of any shape, which `run` parses. */
export function implementQueue<C extends QueueContract>(
  contract: C,
  adapters: NoInfer<Adapters<NeedsOf<C>>>,
  run: (invocation: Invocation, message: unknown, ports: Granted<UsesOf<C>>) => Promise<void>,
  world: World = realWorld,
) {
  return Object.assign(queueHandler({ contract, adapters, name: contract.queue, world }, run), { run, contract });
}

interface Work<C> {
  readonly contract: C;
  readonly adapters: object;
  readonly name: string;
  readonly world: World;
}

function queueHandler<C extends EventContract | QueueContract>(
  { contract, adapters, name, world }: Work<C>,
  work: (invocation: Invocation, body: unknown, ports: Granted<UsesOf<C>>) => Promise<void>,
) {
  const connected = connectOnce(contract, adapters);
  const failureOf = async (
    { messageId, body }: SQSRecord,
    delivery: string,
    made: ConnectedTo<C>,
  ): Promise<string[]> => {
    const invocation = systemInvocation(name, delivery, world);
    try {
      await inTime(() => untilDecided(() => work(invocation, JSON.parse(body), made.portsFor(invocation))));
      return [];
    } catch (error) {
      const causes = error instanceof AggregateError ? error.errors : [error];
      const code = causes.every((cause) => cause instanceof Postponed) ? "event.postponed" : "event.failed";
      log(code, { action: name, messageId, ...describeError(error) });
      return [messageId];
    }
  };
  const pipeline = batchPipeline<SQSEvent>(
    failureLog("event.failed", { action: name }),
    async ({ Records }, context) => {
      const made = connected();
      // A message may come twice in one batch: each record is a delivery of its own.
      const deliveryOf = (at: number): string => `${context.awsRequestId}/${at}`;
      return (await Promise.all(Records.map((record, at) => failureOf(record, deliveryOf(at), made)))).flat();
    },
  );
  return (event: SQSEvent, context: Context) => pipeline(event, context);
}
