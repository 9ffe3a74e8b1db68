/** What DynamoDB answers when it is busy, and what becomes of it. */
import { type Clock, withinTime } from "#shared/ports/call-time";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import * as z from "zod";
import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { ConditionsFailed, type Key, type Operation } from "#shared/table/engine";
import { reply, type Seen } from "../../support/aws-endpoint.ts";
import { useEngine } from "../../support/engine-table.ts";

const prefix = "com.amazonaws.dynamodb.v20120810#";
const cancelled =
  (...codes: string[]) =>
  (_: Seen, response: ServerResponse) =>
    reply(response, 400, {
      __type: `${prefix}TransactionCanceledException`,
      CancellationReasons: codes.map((Code) => ({ Code })),
    });
const yes = (_: Seen, response: ServerResponse) => reply(response, 200, {});
const lost = (_: Seen, response: ServerResponse) => void response.destroy();
/** To a request too many. */
const invalid = (_: Seen, response: ServerResponse) => reply(response, 400, { __type: `${prefix}ValidationException` });
type Answer = typeof yes;

const answers: Answer[] = [];
const seen: Seen[] = [];
/** One engine for all of these: a process keeps one client. */
const engine = createServer((request, response) => {
  void text(request).then((body) => {
    const one = {
      target: String(request.headers["x-amz-target"]),
      headers: request.headers,
      body: JSON.parse(body) as unknown,
    };
    seen.push(one);
    (answers.shift() ?? invalid)(one, response);
  });
});
beforeAll(async () => {
  await once(engine.listen(0, "127.0.0.1"), "listening");
  useEngine(`http://127.0.0.1:${(engine.address() as AddressInfo).port}`);
});
afterAll(() => {
  engine.close();
  engine.closeAllConnections();
});

/** A table whose engine answers one request after the other as it is told. */
function answering(...told: Answer[]) {
  answers.splice(0, answers.length, ...told);
  seen.length = 0;
  return dynamoTable({ TABLE_NAME: "t" });
}

const claims = ["a", "b"].map((pk): Operation => ({ kind: "put", item: { pk, sk: pk }, when: { absent: true } }));
const tokensOf = (seen: readonly Seen[]): string[] =>
  seen.map(({ body }) => z.looseObject({ ClientRequestToken: z.string().min(1) }).parse(body).ClientRequestToken);

test("a transaction keeps its token however often it is sent again; the next has another", async () => {
  const conflict = cancelled("TransactionConflict", "None");
  const table = answering(conflict, lost, cancelled("None", "ThrottlingError"), yes, yes);
  await table.transact(claims);
  await table.transact(claims);
  const [first, ...again] = tokensOf(seen);
  expect(again).toEqual([first, first, first, expect.not.stringMatching(String(first))]);
});

test("a condition that fails beside a conflict is no answer yet: only one that fails without is", async () => {
  const table = answering(
    cancelled("ConditionalCheckFailed", "TransactionConflict"),
    cancelled("None", "ConditionalCheckFailed"),
  );
  const failure: unknown = await table.transact(claims).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ConditionsFailed);
  expect(failure).toMatchObject({ failed: [1] });
  expect(seen).toHaveLength(2);
});

test("a condition that fails beside a conflict which then passes is a yes", async () => {
  const table = answering(cancelled("ConditionalCheckFailed", "TransactionConflict"), yes);
  await expect(table.transact(claims)).resolves.toBeUndefined();
});

const wire = (pk: string) => ({ pk: { S: pk }, sk: { S: pk } });
const keys = ["a", "b", "c"].map((pk): Key => ({ pk, sk: pk }));
const batch = (found: readonly string[], waiting: readonly string[]) => (_: Seen, response: ServerResponse) =>
  reply(response, 200, {
    Responses: { t: found.map(wire) },
    UnprocessedKeys: waiting.length > 0 ? { t: { Keys: waiting.map(wire), ConsistentRead: true } } : {},
  });

test("keys that a batch left for later are asked for again, they alone, until there are none", async () => {
  const table = answering(batch(["a"], ["b", "c"]), batch([], ["b", "c"]), batch(["b"], []));
  expect(await table.getMany(keys)).toEqual([
    { pk: "a", sk: "a" },
    { pk: "b", sk: "b" },
  ]);
  expect(seen.map(({ body }) => body)).toEqual(
    [
      ["a", "b", "c"],
      ["b", "c"],
      ["b", "c"],
    ].map((asked) => ({
      RequestItems: { t: { Keys: asked.map(wire), ConsistentRead: true } },
    })),
  );
});

/** Waits take no time but their own. */
function skippingClock(): Clock {
  let now = 0;
  return {
    nowMs: () => now,
    after: (ms, ring) => {
      now += ms;
      queueMicrotask(ring);
      return () => undefined;
    },
    random: () => 1,
  };
}

test("keys that are always left for later are no missing items: the table is contended", async () => {
  const table = answering(...Array.from({ length: 100 }, () => batch([], ["a"])));
  const asked = withinTime(5_000, () => table.getMany(keys), skippingClock());
  await expect(asked).rejects.toMatchObject({ name: "Contended" });
});
