/** The order of an HTTP pipeline, and what every reply of it has, whichever middleware gave it. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { gatewayEvent, type Headers, lambdaContext, type LogLine, type Sent } from "../support/gateway.ts";
import { bearer, issuer, keyed, makeRename, other, rename, resetSample, sample } from "../support/sample-api.ts";
import { CREATOR_ID } from "../support/builders.ts";

beforeEach(resetSample);

/** One request to the action that renames, and its reply as the gateway gets it. */
const sent = async (request: Sent): Promise<APIGatewayProxyStructuredResultV2> =>
  makeRename(rename)(gatewayEvent(rename.route, request), lambdaContext());
const codeOf = ({ body }: APIGatewayProxyStructuredResultV2): unknown =>
  (JSON.parse(body ?? "{}") as { code?: unknown }).code;
const asCreator = (): Headers => bearer(issuer.sign(CREATOR_ID, ["creator"]));
const good = { name: "new" };
const bad = { name: "" };
const elsewhere = `cmp_${"0".repeat(25)}9`;

/** Each request has its own fault and all those of the requests below it. */
const faults: readonly [string, number, string, () => Sent][] = [
  ["no token", 401, "auth.invalid_token", () => ({ body: bad, campaignId: elsewhere })],
  ["no role", 403, "access.role_not_allowed", () => ({ headers: asCreator(), body: bad, campaignId: elsewhere })],
  ["no sense", 400, "request.invalid", () => ({ headers: bearer(), body: bad, campaignId: elsewhere })],
  ["no key", 400, "idempotency.key_missing", () => ({ headers: bearer(), body: good, campaignId: elsewhere })],
  ["not there", 404, "campaign.not_found", () => ({ headers: keyed("unused"), body: good, campaignId: elsewhere })],
];

describe("what refuses first", () => {
  test.each(faults)("%s: %i", async (_name, status, code, request) => {
    const reply = await sent(request());
    expect([reply.statusCode, codeOf(reply)]).toEqual([status, code]);
  });

  test("the action runs when nothing before it has refused, and not before", async () => {
    for (const [, , , request] of faults.slice(0, -1)) await sent(request());
    expect(sample.runs).toBe(0);
    for (const [, , , request] of faults.slice(-1)) await sent(request());
    expect(sample.runs).toBe(1);
  });

  test("whoever may not call learns nothing of a key, and uses none up", async () => {
    const writes: unknown[] = [];
    const { table } = sample;
    sample.table = { ...table, write: (operation) => table.write(operation).finally(() => writes.push(operation)) };
    await sent({ headers: { "Idempotency-Key": "k" }, body: good });
    await sent({ headers: { ...asCreator(), "Idempotency-Key": "k" }, body: good });
    await sent({ headers: keyed("k"), body: bad });
    await sent({ headers: keyed("not a key"), body: good });
    expect(writes).toEqual([]);
  });
});

describe("every reply", () => {
  const always = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Request-Id": "req-1",
    "Cache-Control": "no-store",
  };
  const replies: readonly [string, number, string, () => Sent][] = [
    ["the first", 201, "request.completed", () => ({ headers: keyed("k"), body: good })],
    ["a replay", 201, "request.completed", () => ({ headers: keyed("k"), body: good })],
    ["another request's key", 422, "request.refused", () => ({ headers: keyed("k"), body: { name: "other" } })],
    ["too large", 413, "request.refused", () => ({ headers: keyed("k"), raw: "x".repeat(256 * 1024 + 1) })],
    ["a defect", 500, "request.failed", () => ({ headers: keyed("k2"), body: { name: "defect" } })],
    ...faults.map(([name, status, , request]): [string, number, string, () => Sent] => [
      name,
      status,
      "request.refused",
      request,
    ]),
  ];

  test("has security headers, the request's id and one line in the log, with status and duration", async () => {
    for (const [name, status, code, request] of replies) {
      sample.lines.length = 0;
      const reply = await sent(request());
      expect({ name, status: reply.statusCode, headers: reply.headers }).toEqual({
        name,
        status,
        headers: expect.objectContaining(always),
      });
      const lines = sample.lines.map((line) => JSON.parse(line) as LogLine);
      expect(lines).toEqual([expect.objectContaining({ code, status, requestId: "req-1", action: rename.route })]);
      expect(lines[0]?.["durationMs"]).toBeGreaterThanOrEqual(0);
    }
  });

  test("says nothing of a token, a body or an address in the log", async () => {
    const secret = issuer.sign(other, ["brand"]);
    await sent({ headers: { ...bearer(secret), "Idempotency-Key": "k" }, body: { name: "a name of somebody" } });
    await sent({ headers: keyed("k"), body: { name: "a name of somebody" } });
    const logged = sample.lines.join("\n");
    expect(logged).not.toContain(secret);
    expect(logged).not.toContain("a name of somebody");
    expect(logged).not.toContain("@example.com");
  });
});

test("a replay is the first reply to the byte, and says that it is one", async () => {
  const first = await sent({ headers: keyed("k"), body: good });
  const again = await sent({ headers: keyed("k"), body: good });
  expect(again).toEqual({ ...first, headers: { ...first.headers, "Idempotency-Replayed": "true" } });
  expect(first.headers).toMatchObject({ "Content-Type": "application/json", ETag: expect.stringMatching(/^"v2\./) });
  expect(first.headers).not.toHaveProperty("Idempotency-Replayed");
  expect(sample.runs).toBe(1);
});
