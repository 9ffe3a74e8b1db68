import { beforeEach, describe, expect, test } from "@jest/globals";
import { type Answer, redrive, type RedriveProps } from "#infra/operations/redrive";

const RELAY = "arn:aws:lambda:us-east-1:123456789012:function:atomic-prod-relay-outbox";
const ROLL_UP = "arn:aws:lambda:us-east-1:123456789012:function:atomic-prod-roll-up-clicks";
const DONE: Answer = { payload: '{"batchItemFailures":[]}' };

/** An object as Lambda parks it. */
const batch = (functionArn: string, ...records: unknown[]): string =>
  JSON.stringify({
    requestContext: { requestId: "r", functionArn, condition: "RecordAgeExceeded", approximateInvokeCount: 9 },
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    version: "1.0",
    timestamp: "2026-11-26T12:00:00.000Z",
    DDBStreamBatchInfo: { shardId: "shardId-1", batchSize: records.length },
    payload: JSON.stringify({ Records: records }),
  });

let objects: Map<string, string>;
let called: [string, unknown][];
let lines: string[];
beforeEach(() => {
  objects = new Map([
    ["aws/lambda/m1/s/2026/11/25/one", batch(RELAY, "a", "b")],
    ["aws/lambda/m1/s/2026/11/26/two", batch(RELAY, "c")],
    ["aws/lambda/m2/s/2026/11/26/three", batch(ROLL_UP, "d")],
  ]);
  called = [];
  lines = [];
});

const put = (
  answer: (functionArn: string, payload: string) => Answer = () => DONE,
  parts: Partial<RedriveProps> = {},
) =>
  redrive({
    parked: {
      async *keys() {
        yield* [...objects.keys()];
      },
      read: (key) => Promise.resolve(objects.get(key) ?? ""),
      remove: (key) => Promise.resolve(void objects.delete(key)),
    },
    invoke: (functionArn, payload) => {
      called.push([functionArn, JSON.parse(payload)]);
      return Promise.resolve(answer(functionArn, payload));
    },
    dryRun: false,
    say: (line) => void lines.push(line),
    ...parts,
  });

test("every batch goes to its own function, as it was, and is removed when that has done it", async () => {
  expect(await put()).toEqual({ done: 3, failed: 0 });
  expect(called).toEqual([
    [RELAY, { Records: ["a", "b"] }],
    [RELAY, { Records: ["c"] }],
    [ROLL_UP, { Records: ["d"] }],
  ]);
  expect([...objects]).toEqual([]);
  expect(lines[0]).toBe(`aws/lambda/m1/s/2026/11/25/one: 2 records of ${RELAY} (RecordAgeExceeded)`);
});

test("batches of one action alone, when it is named", async () => {
  expect(await put(undefined, { only: "roll-up-clicks" })).toEqual({ done: 1, failed: 0 });
  expect([called.map(([name]) => name), objects.size]).toEqual([[ROLL_UP], 2]);
});

test("a dry run says what there is, calls nothing and removes nothing", async () => {
  expect(await put(undefined, { dryRun: true })).toEqual({ done: 3, failed: 0 });
  expect([called.length, lines.length, objects.size]).toEqual([0, 3, 3]);
});

describe("a batch stays, and the others go on, when", () => {
  test.each<[string, Answer | Error, string]>([
    ["its function fails", { functionError: "Unhandled", payload: '{"errorMessage":"no"}' }, "the function failed"],
    ["some of it fails", { payload: '{"batchItemFailures":[{"itemIdentifier":"1"}]}' }, "1 of its records failed"],
    ["the answer is none of a stream's consumer", { payload: "null" }, "expected object"],
    ["the function cannot be called", new Error("AccessDenied"), "AccessDenied"],
  ])("%s", async (_when, answer, why) => {
    const outcome = await put((_arn, payload) => {
      if (!payload.includes('"c"')) return DONE;
      if (answer instanceof Error) throw answer;
      return answer;
    });
    expect(outcome).toEqual({ done: 2, failed: 1 });
    expect([...objects.keys()]).toEqual(["aws/lambda/m1/s/2026/11/26/two"]);
    expect(lines.filter((line) => line.includes("two: stays"))).toEqual([expect.stringContaining(why)]);
  });

  test.each([
    ["is no JSON", "{"],
    ["has no records", batch(RELAY)],
    ["tells only where the records are, as a queue would", JSON.stringify({ requestContext: { functionArn: RELAY } })],
  ])("it %s", async (_what, text) => {
    objects.set("aws/lambda/m1/s/2026/11/26/two", text);
    expect(await put()).toEqual({ done: 2, failed: 1 });
    expect([...objects.keys()]).toEqual(["aws/lambda/m1/s/2026/11/26/two"]);
  });
});

test("what stayed is put back by the next run, and nothing else", async () => {
  await put((_arn, payload) => (payload.includes('"c"') ? { functionError: "Unhandled", payload: "{}" } : DONE));
  called = [];
  expect(await put()).toEqual({ done: 1, failed: 0 });
  expect([called, objects.size]).toEqual([[[RELAY, { Records: ["c"] }]], 0]);
});
