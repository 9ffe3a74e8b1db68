import { expect, test } from "@jest/globals";
import middy from "@middy/core";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import * as z from "zod";
import { http, type HttpContract, list } from "#shared/contracts/contract";
import { idOf } from "#shared/domain/kernel/ids";
import type { StoredReply } from "#shared/ports/idempotency";
import { sealCursor } from "#shared/runtime/cursor";
import { parsing } from "#shared/runtime/middleware/parsing";
import type { RequestContext } from "#shared/runtime/middleware/request";
import { CAMPAIGN_ID } from "../../support/builders.ts";
import { gatewayEvent, requestContext, type Sent } from "../../support/gateway.ts";
import { brand } from "../../support/stage.ts";

const parts = { roles: ["brand"], refuses: [], uses: [], summary: "s", ifItFails: "f" } as const;
const rename = http({
  ...parts,
  route: "POST /v1/campaigns/{campaignId}/name",
  path: z.strictObject({ campaignId: idOf("campaign") }),
  body: z.strictObject({ name: z.string().min(1), tags: z.array(z.string()).default([]) }),
  reply: z.object({ name: z.string(), version: z.int() }),
  status: 201,
});
const things = list({ ...parts, route: "GET /v1/things", reply: z.object({ id: z.string() }) });
const key = new Uint8Array(32).fill(7);
const cursors = { key: () => Promise.resolve(key) };
const world = { now: () => "2026-11-25T12:00:00.000Z", newId: () => "evt_1" };

/** What the middleware leaves for the action, which does not run when the request is refused. */
async function parsed(contract: HttpContract, sent: Sent) {
  const context = requestContext({ actor: brand() });
  await middy<APIGatewayProxyEventV2, StoredReply, Error, RequestContext>()
    .use(parsing(contract, world, contract.list ? cursors : undefined))
    .handler(() => Promise.resolve({ status: 200, headers: {}, body: "" }))(
    gatewayEvent(contract.route, sent),
    context,
  );
  return context;
}

test("the call is what the contract says, with the occasion of its decisions", async () => {
  const raw = '{"name":"n"}';
  const { call } = await parsed(rename, { raw });
  expect(call).toMatchObject({
    actor: brand(),
    now: world.now(),
    requestId: "req-1",
    path: { campaignId: CAMPAIGN_ID },
    body: { name: "n", tags: [] },
    method: "POST",
    rawPath: `/v1/campaigns/${CAMPAIGN_ID}/name`,
    rawBody: raw,
    idempotencyDigest: undefined,
  });
  expect(call.newId("event")).toBe("evt_1");
});

test("an If-Match is about what the contract says, and about nothing where it says nothing", async () => {
  const sent = { body: { name: "n" }, headers: { "If-Match": '"v3"' } };
  expect((await parsed({ ...rename, ifMatch: "campaign" }, sent)).call.ifMatch).toEqual([3]);
  expect((await parsed(rename, sent)).call.ifMatch).toBeUndefined();
});

test("what is not as the contract says is refused", async () => {
  await expect(parsed(rename, { body: { name: "" } })).rejects.toMatchObject({ refusal: { code: "request.invalid" } });
  await expect(parsed(things, { query: "cursor=abc" })).rejects.toMatchObject({ refusal: { code: "cursor.invalid" } });
});

test("an id that nothing can have names nothing that is there, once the rest is as the contract says", async () => {
  const unnamed = (body: object) => parsed(rename, { campaignId: "cmp_0", body });
  await expect(unnamed({ name: "n" })).rejects.toMatchObject({ refusal: { code: "route.not_found" } });
  await expect(unnamed({ name: "" })).rejects.toMatchObject({ refusal: { code: "request.invalid" } });
});

test("what is not asked for is pointed at as RFC 6901 spells it", async () => {
  const refused = parsed(rename, { body: { name: "n", "a/b~c": 1 } });
  await expect(refused).rejects.toMatchObject({
    context: { errors: [{ pointer: "/a~1b~0c", code: "unknown_field" }] },
  });
});

test("a page goes on where the caller's last one of this list ended", async () => {
  const scope = { caller: brand(), route: "GET /v1/things /v1/things", filters: {} };
  const cursor = sealCursor(key, scope, { pk: "p", sk: "s" });
  expect((await parsed(things, { query: `limit=2&cursor=${cursor}` })).call.page).toEqual({
    limit: 2,
    after: { pk: "p", sk: "s" },
  });
  expect((await parsed(things, {})).call.page).toEqual({ limit: 25 });
});

test("a result is answered as the contract says, and nothing else is", async () => {
  const { answer } = await parsed(rename, { body: { name: "n" } });
  expect(answer.present({ name: "n", version: 2, secret: "s" })).toEqual({
    status: 201,
    headers: { "Content-Type": "application/json", ETag: expect.stringMatching(/^"v2\./) },
    body: '{"name":"n","version":2}',
  });
  expect(() => answer.present({ title: "n" })).toThrow(z.ZodError);
  const page = (await parsed(things, { query: "limit=1" })).answer.present({ items: [{ id: "a", more: 1 }] });
  expect(page).toMatchObject({ status: 200, body: '{"data":[{"id":"a"}],"page":{"limit":1,"next":null}}' });
});

test("204 has neither a body nor its type", async () => {
  const silent = http({ ...parts, route: "DELETE /v1/things", reply: z.undefined(), status: 204 });
  const { answer } = await parsed(silent, {});
  expect(answer.present(undefined)).toEqual({ status: 204, headers: {}, body: "" });
});

const command = http({ ...parts, route: "POST /v1/things", reply: z.object({}) });

test.each(["", " \t\r\n", "{}", "\n{ \t}\r\n"])("a command without a body takes %j for none", async (raw) => {
  expect((await parsed(command, { raw })).call.body).toBeUndefined();
});

// What is tried at such a body may cost no more than to read it: nobody need be signed in to send one to a public route.
test.each([" ".repeat(250_000) + "x", " ".repeat(125_000) + "{" + " ".repeat(125_000) + "]", "[]", "{}{}", "\u00a0"])(
  "a command without a body refuses another at once",
  async (raw) => {
    const before = performance.now();
    await expect(parsed(command, { raw })).rejects.toThrow("takes no body");
    expect(performance.now() - before).toBeLessThan(1_000);
  },
);
