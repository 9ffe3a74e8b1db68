import { Postponed } from "#shared/domain/kernel/postponed";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { SQSEvent } from "aws-lambda";
import { memory } from "#shared/adapters/memory/index";
import { memoryClickStream } from "#shared/adapters/memory/outbound";
import { memoryTable } from "#shared/adapters/memory/table";
import { onEvent, onQueue } from "#shared/contracts/contract";
import { created } from "#shared/domain/change";
import type { DeliveredEvent } from "#shared/domain/events/events";
import { OwnError } from "#shared/domain/kernel/own-error";
import { refuse } from "#shared/domain/kernel/refusal";
import { requestRefusals } from "#shared/domain/kernel/refusals";
import { StaleState } from "#shared/ports/changes";
import { implementConsumer, implementEach, implementQueue } from "#shared/runtime/implement-consumer";
import { aWallet } from "../support/money-builders.ts";
import { withinTime } from "#shared/ports/call-time";
import { lambdaContext, loggedLines } from "../support/gateway.ts";
import { simulatedClock } from "../support/simulated-clock.ts";

const parts = { summary: "s", ifItFails: "f" } as const;
const contract = onEvent({ ...parts, events: ["account.created"], uses: ["wallets:write"] });
const person = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

let table = memoryTable();
let lines = loggedLines();
beforeEach(() => {
  table = memoryTable();
  lines = loggedLines();
  Object.assign(process.env, { TABLE_NAME: "t", CLICK_STREAM_NAME: "s" });
});
afterEach(() => {
  delete process.env["TABLE_NAME"];
  delete process.env["CLICK_STREAM_NAME"];
});

/** A delivery of such bodies as messages m-1, m-2 and so on. */
const batch = (...bodies: unknown[]): SQSEvent =>
  ({
    Records: bodies.map((body, at) => ({
      messageId: `m-${at + 1}`,
      body: typeof body === "string" ? body : JSON.stringify(body),
    })),
  }) as SQSEvent;
/** What EventBridge puts into a queue. */
const opened = (number: number): { detail: DeliveredEvent } => ({
  detail: {
    id: `evt_${number}`,
    type: "account.created",
    at: "2026-11-25T12:00:00.000Z",
    requestId: "r",
    detail: { userId: person(number), email: "a@example.com" },
  },
});
const failedOf = (reply: unknown): string[] =>
  (reply as { batchItemFailures: { itemIdentifier: string }[] }).batchItemFailures.map((one) => one.itemIdentifier);
const wallets = () => table.all().map((item) => item["userId"]);

/** Opens wallets, but fails for some people. */
const opening = (fails: Partial<Record<number, unknown>> = {}) =>
  implementConsumer(contract, memory(table), async (_invocation, { detail: { userId } }, { commit }) => {
    const error = fails[Number(userId.slice(-12))];
    if (error !== undefined) throw error;
    await commit({ entities: [created("wallet", aWallet({ userId }))] });
  });

describe("a consumer of events", () => {
  test("acts as the system, on the event alone, under a name of this delivery", async () => {
    const seen: unknown[] = [];
    const handler = implementConsumer(contract, memory(table), (invocation, event) =>
      Promise.resolve(void seen.push(invocation, event)),
    );
    const context = lambdaContext();
    expect(failedOf(await handler(batch(opened(1)), context))).toEqual([]);
    expect(seen).toMatchObject([
      { actor: { userId: "system:account.created", roles: [] }, requestId: `${context.awsRequestId}/0` },
      opened(1).detail,
    ]);
  });

  test("knows one message that came twice in a batch as two deliveries", async () => {
    const seen = new Set<string>();
    const handler = implementConsumer(contract, memory(table), (invocation) =>
      Promise.resolve(void seen.add(invocation.requestId)),
    );
    const [record] = batch(opened(1)).Records;
    if (record === undefined) throw new Error("no record");
    await handler({ Records: [record, record] }, lambdaContext());
    expect(seen.size).toBe(2);
  });

  test("gives back exactly the messages that failed; the others are done", async () => {
    const handler = opening({ 2: new Error("no"), 4: refuse(requestRefusals.invalid) });
    const reply = await handler(batch(...[1, 2, 3, 4, 5].map(opened)), lambdaContext());
    expect(failedOf(reply)).toEqual(["m-2", "m-4"]);
    expect(wallets()).toEqual([1, 3, 5].map(person));
    expect(lines.map(({ code, messageId }) => `${code} ${String(messageId)}`).sort()).toEqual([
      "event.failed m-2",
      "event.failed m-4",
    ]);
  });

  test("gives back what it cannot read: no JSON, no envelope, no event of ours", async () => {
    const unread = ["{", "1", { detail: { type: "nothing" } }, { detail: { ...opened(1).detail, detail: {} } }];
    const reply = await opening()(batch(...unread, opened(5)), lambdaContext());
    expect(failedOf(reply)).toEqual(["m-1", "m-2", "m-3", "m-4"]);
    expect(wallets()).toEqual([person(5)]);
  });

  test("decides again when something changed meanwhile, and gives up with that message alone", async () => {
    let decisions = 0;
    const handler = implementConsumer(contract, memory(table), async (_invocation, { detail }) => {
      decisions += 1;
      if (detail.userId === person(1) || decisions < 3) throw new StaleState(["wallet"]);
    });
    expect(failedOf(await handler(batch(opened(2)), lambdaContext()))).toEqual([]);
    expect(decisions).toBe(3);
    const crowded = () => handler(batch(opened(1), opened(2)), lambdaContext());
    expect(failedOf(await withinTime(Infinity, crowded, simulatedClock()))).toEqual(["m-1"]);
    expect(lines).toMatchObject([{ code: "event.failed", messageId: "m-1", message: requestRefusals.contended.title }]);
  });

  test.each([
    ["one of its things", () => new Postponed("not now"), "event.postponed"],
    ["all of several", () => new AggregateError([new Postponed("a"), new Postponed("b")]), "event.postponed"],
    ["not all of them", () => new AggregateError([new Postponed("a"), new Error("b")]), "event.failed"],
  ])("brings an event back, and rings only for what failed, when %s is postponed", async (_what, error, code) => {
    const handler = implementConsumer(contract, memory(table), () => Promise.reject(error()));
    expect(failedOf(await handler(batch(opened(1)), lambdaContext()))).toEqual(["m-1"]);
    expect(lines).toMatchObject([{ code, level: code === "event.failed" ? "error" : "info" }]);
  });

  test("a batch whose connection fails comes again whole, and the next one connects", async () => {
    const handler = opening();
    delete process.env["TABLE_NAME"];
    await expect(handler(batch(opened(1), opened(2)), lambdaContext())).rejects.toThrow("event.failed");
    expect(lines).toMatchObject([
      { level: "error", code: "event.failed", action: "account.created", message: "missing environment: TABLE_NAME" },
    ]);
    process.env["TABLE_NAME"] = "t";
    expect(failedOf(await handler(batch(opened(1), opened(2)), lambdaContext()))).toEqual([]);
    expect(wallets()).toEqual([person(1), person(2)]);
  });
});

describe("a consumer for each of several things", () => {
  test("settles for each apart, and brings the event back as a whole when one failed", async () => {
    const settled: string[] = [];
    const handler = implementEach(
      contract,
      memory(table),
      ({ detail }) => ["a", "b", "c"].map((thing) => `${detail.userId.slice(-1)}${thing}`),
      async (_invocation, thing) => {
        if (thing === "1b") throw new OwnError("not for b");
        settled.push(thing);
      },
    );
    expect(failedOf(await handler(batch(opened(1), opened(2)), lambdaContext()))).toEqual(["m-1"]);
    expect(settled.sort()).toEqual(["1a", "1c", "2a", "2b", "2c"]);
    expect(lines).toMatchObject([{ code: "event.failed", messageId: "m-1", message: "not for b" }]);
  });

  test("says of every one that failed why", async () => {
    const handler = implementEach(
      contract,
      memory(table),
      () => ["a", "b"],
      (_invocation, thing) => Promise.reject(new OwnError(`not for ${thing}`)),
    );
    expect(failedOf(await handler(batch(opened(1)), lambdaContext()))).toEqual(["m-1"]);
    expect(lines).toMatchObject([
      { error: "AggregateError", errors: [{ message: "not for a" }, { message: "not for b" }] },
    ]);
  });

  test("decides again for the one thing alone", async () => {
    const decided: string[] = [];
    const handler = implementEach(
      contract,
      memory(table),
      () => ["a", "b"],
      async (_invocation, thing) => {
        decided.push(thing);
        if (decided.length === 1) throw new StaleState(["wallet"]);
      },
    );
    expect(failedOf(await handler(batch(opened(1)), lambdaContext()))).toEqual([]);
    expect(decided).toEqual(["a", "a", "b"]);
  });
});

test("a consumer of a queue is handed its messages as they are, and gives back those that failed", async () => {
  const stream = memoryClickStream();
  const queue = onQueue({
    ...parts,
    queue: "click-overflow",
    delivers: { batchSize: 1, maxConcurrency: 2 },
    uses: ["clickStream:append"],
  });
  const handler = implementQueue(queue, { clickStream: () => stream }, async (invocation, message, { clickStream }) => {
    if (message === "no hit") throw new Error("no hit");
    await clickStream.append({ visitor: invocation.requestId, body: JSON.stringify(message) });
  });
  const context = lambdaContext();
  const reply = await handler(batch({ hit: 1 }, '"no hit"', "{", [2]), context);
  expect(failedOf(reply)).toEqual(["m-2", "m-3"]);
  expect(stream.appended).toEqual([
    { visitor: `${context.awsRequestId}/0`, body: '{"hit":1}' },
    { visitor: `${context.awsRequestId}/3`, body: "[2]" },
  ]);
  // Messages are worked on at once: their lines are in no order.
  expect(lines.map(({ action, messageId }) => `${String(action)} ${String(messageId)}`).sort()).toEqual([
    "click-overflow m-2",
    "click-overflow m-3",
  ]);
});
