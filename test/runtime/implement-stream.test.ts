import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { DynamoDBStreamEvent, KinesisStreamEvent } from "aws-lambda";
import { memoryEventBus } from "#shared/adapters/memory/outbound";
import { onStream } from "#shared/contracts/contract";
import { OwnError } from "#shared/domain/kernel/own-error";
import type { StreamRecord } from "#shared/domain/kernel/stream-record";
import type { EventBus } from "#shared/ports/event-bus";
import type { Invocation } from "#shared/runtime/call";
import { implementStream } from "#shared/runtime/implement-stream";
import { lambdaContext, loggedLines } from "../support/gateway.ts";

const contract = onStream({ source: "outbox", uses: ["eventBus:publish"], summary: "s", ifItFails: "f" });
let lines = loggedLines();
beforeEach(() => {
  lines = loggedLines();
  process.env["EVENT_BUS_NAME"] = "b";
});
afterEach(() => {
  delete process.env["EVENT_BUS_NAME"];
});

const fromTable = (...sequences: string[]): DynamoDBStreamEvent => ({
  Records: sequences.map((SequenceNumber) => ({
    dynamodb: { SequenceNumber, NewImage: { id: { S: SequenceNumber } } },
  })),
});
const fromKinesis = (...sequences: string[]) =>
  ({
    Records: sequences.map((sequenceNumber) => ({
      eventID: `shardId-7:${sequenceNumber}`,
      kinesis: { sequenceNumber, data: Buffer.from(`hit ${sequenceNumber}`).toString("base64") },
    })),
  }) as KinesisStreamEvent;

/** A consumer that fails at such records. */
const consumer = (
  work: (records: readonly StreamRecord[], invocation: Invocation, bus: EventBus) => Promise<readonly string[]>,
) =>
  implementStream(contract, { eventBus: memoryEventBus }, (invocation, records, { eventBus }) =>
    work(records, invocation, eventBus),
  );
const failed = (...sequences: string[]) => ({
  batchItemFailures: sequences.map((itemIdentifier) => ({ itemIdentifier })),
});

test("a batch is handed over whole and in order, as the system's", async () => {
  const seen: unknown[] = [];
  const handler = consumer((records, invocation, bus) => {
    seen.push(records, invocation.actor, invocation.requestId, typeof bus.publish);
    return Promise.resolve([]);
  });
  const batch = fromTable("2", "10");
  const context = lambdaContext();
  expect(await handler(batch, context)).toEqual(failed());
  expect(seen).toEqual([
    [
      { sequence: "2", shard: "", payload: { id: { S: "2" } }, delivered: batch.Records[0] },
      { sequence: "10", shard: "", payload: { id: { S: "10" } }, delivered: batch.Records[1] },
    ],
    { userId: "system:outbox", roles: [] },
    context.awsRequestId,
    "function",
  ]);
  expect(lines).toEqual([]);
});

test("a record of Kinesis brings its shard and its bytes", async () => {
  const seen: StreamRecord[] = [];
  await consumer((records) => Promise.resolve((seen.push(...records), [])))(fromKinesis("1"), lambdaContext());
  expect(seen.map(({ sequence, shard, payload }) => ({ sequence, shard, text: String(payload) }))).toEqual([
    { sequence: "1", shard: "shardId-7", text: "hit 1" },
  ]);
});

test("exactly the records that failed are reported, and how many", async () => {
  const handler = consumer(() => Promise.resolve(["3", "5"]));
  expect(await handler(fromTable("1", "3", "4", "5"), lambdaContext())).toEqual(failed("3", "5"));
  expect(lines).toMatchObject([{ level: "error", code: "stream.failed", source: "outbox", failed: 2 }]);
});

test("a batch that fails as a whole comes again as a whole", async () => {
  const handler = consumer(() => Promise.reject(new OwnError("no bus")));
  await expect(handler(fromTable("1", "2"), lambdaContext())).rejects.toThrow("stream.failed");
  expect(lines).toMatchObject([{ level: "error", code: "stream.failed", source: "outbox", message: "no bus" }]);
});

test("so does one whose connection fails, and the next one connects", async () => {
  let runs = 0;
  const handler = consumer(() => Promise.resolve((runs += 1) > 0 ? [] : ["never"]));
  delete process.env["EVENT_BUS_NAME"];
  await expect(handler(fromTable("1"), lambdaContext())).rejects.toThrow("stream.failed");
  expect(runs).toBe(0);
  process.env["EVENT_BUS_NAME"] = "b";
  expect(await handler(fromTable("1"), lambdaContext())).toEqual(failed());
  expect([runs, lines.length]).toEqual([1, 1]);
});
