/** What a client is told when what an action needs is busy, away or silent: to come again, and whether it may be done. */
import { globalAgent } from "node:https";
import { connect } from "node:net";
import { beforeEach, expect, test } from "@jest/globals";
import { Contended } from "#shared/ports/changes";
import { OutcomeUnknown, Unavailable } from "#shared/ports/outside";
import type { TableEngine } from "#shared/table/engine";
import { isOf } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { BRAND_ID } from "../support/builders.ts";
import { gatewayEvent, lambdaContext, type LogLine, loggedLines } from "../support/gateway.ts";
import {
  bearer,
  issuer,
  keyed,
  listing,
  makeListing,
  makeRename,
  rename,
  resetSample,
  sample,
  send,
} from "../support/sample-api.ts";

let lines: LogLine[];
beforeEach(async () => {
  await resetSample();
  lines = loggedLines();
});

const renamed = () => send(makeRename(rename), rename.route, { headers: keyed("k"), body: { name: "new" } });
const claims = () => sample.table.all().filter((item) => isOf(items.idempotencyRecord, item));
const failing = (parts: Partial<TableEngine>) => (sample.table = { ...sample.table, ...parts });
const throwing = (error: Error) => () => Promise.reject(error);

test("the table stays busy: 503, nothing is done, and the key is free again", async () => {
  failing({ transact: throwing(new Contended()) });
  expect(await renamed()).toMatchObject({
    status: 503,
    headers: { "Retry-After": "1" },
    body: { code: "request.contended", retryable: true },
  });
  expect(claims()).toEqual([]);
  expect(lines).toMatchObject([{ code: "request.refused", level: "info" }]);
});

test("the table does not say whether it wrote: 503, it may be done, and the key stays taken", async () => {
  failing({ transact: throwing(new OutcomeUnknown("the table", { cause: new Error("no reply") })) });
  expect(await renamed()).toMatchObject({
    status: 503,
    headers: { "Retry-After": "2" },
    body: { code: "request.timed_out", retryable: true },
  });
  expect(claims()).toMatchObject([{ state: "in_progress" }]);
  expect(lines).toMatchObject([{ code: "request.unanswered", level: "error", error: "OutcomeUnknown" }]);
});

test("what is needed is away: 503, and somebody is told of it", async () => {
  failing({ query: throwing(new Unavailable("the table")) });
  expect(await send(makeListing(), listing.route, { headers: bearer() })).toMatchObject({
    status: 503,
    headers: { "Retry-After": "2" },
    body: { code: "request.unavailable", retryable: true },
  });
  expect(lines).toMatchObject([{ code: "request.unanswered", level: "error", error: "Unavailable" }]);
});

test("a key that cannot be given back does not change the answer", async () => {
  const { write } = sample.table;
  failing({
    transact: throwing(new Contended()),
    write: (operation) =>
      operation.kind === "remove" ? Promise.reject(new Unavailable("the table")) : write(operation),
  });
  expect(await renamed()).toMatchObject({ status: 503, body: { code: "request.contended" } });
  expect(lines.map(({ code, level }) => [code, level])).toEqual([
    ["key.kept", "warn"],
    ["request.refused", "info"],
  ]);
});

test("keys of the user pool that cannot be fetched are not the caller's fault", async () => {
  const connectAsBefore = globalAgent.createConnection;
  // Nobody listens there.
  globalAgent.createConnection = () => connect(1, "127.0.0.1");
  const unknown = issuer.sign(BRAND_ID, ["brand"], { header: { kid: "another-key" } });
  const event = gatewayEvent(listing.route, { headers: bearer(unknown) });
  const reply = (await makeListing()(event, lambdaContext())) as { statusCode: number; body: string };
  globalAgent.createConnection = connectAsBefore;
  expect(reply.statusCode).toBe(503);
  expect(JSON.parse(reply.body)).toMatchObject({ code: "request.unavailable" });
});
