import { beforeEach, describe, expect, test } from "@jest/globals";
import middy from "@middy/core";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import * as z from "zod";
import { http, type HttpContract } from "#shared/contracts/contract";
import type { Idempotency, KeyedRequest, KeyOutcome, StoredReply } from "#shared/ports/idempotency";
import type { Answer } from "#shared/runtime/connect";
import { idempotency } from "#shared/runtime/middleware/idempotency";
import type { AnyCall, RequestContext } from "#shared/runtime/middleware/request";
import { gatewayEvent, requestContext } from "../../support/gateway.ts";
import { brand, creator } from "../../support/stage.ts";

const parts = { roles: ["brand"], refuses: [], uses: [], reply: z.unknown(), summary: "s", ifItFails: "f" } as const;
const money = http({ ...parts, route: "POST /v1/money/{campaignId}/{other}", idempotency: "required" });
const rest = http({ ...parts, route: "POST /v1/rest" });
const now = "2026-11-25T12:00:00.000Z";
const reply: StoredReply = { status: 201, headers: { ETag: '"v1"' }, body: '{"a":1}' };

/** A port that answers each claim as told, and writes down what it is asked. */
function keysThat(outcome?: KeyOutcome) {
  const asked: KeyedRequest[] = [];
  const wrote: string[] = [];
  const port: Idempotency = {
    claim: (request) => {
      asked.push(request);
      return Promise.resolve(outcome ?? { is: "claimed", claim: { ...request, attempt: "mine" } });
    },
    complete: ({ attempt }, { status }) => Promise.resolve(void wrote.push(`complete ${attempt} ${status}`)),
    release: ({ attempt }) => Promise.resolve(void wrote.push(`release ${attempt}`)),
  };
  return { port, asked, wrote };
}
let keys = keysThat();
beforeEach(() => {
  keys = keysThat();
});

interface Request {
  readonly contract?: HttpContract;
  readonly key?: string;
  readonly call?: Partial<AnyCall>;
  /** What was sent. */
  readonly body?: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: string;
  /** The action. */
  readonly acts?: (answer: Answer, call: AnyCall) => StoredReply;
}
function sent({ contract = money, key, call, body = '{"b":1,"a":2}', path, query, acts = () => reply }: Request) {
  const made = { actor: brand(), receivedAt: now, rawBody: body, ...call } as AnyCall;
  const headers = key === undefined ? {} : { "Idempotency-Key": key };
  const event = gatewayEvent(contract.route, { headers, ...(query !== undefined && { query }) });
  return middy<APIGatewayProxyEventV2, StoredReply, Error, RequestContext>()
    .use(idempotency(contract, keys.port))
    .handler(async (_event, { answer, call }) => acts(answer, call))(
    { ...event, pathParameters: path ?? { campaignId: "1", other: "2" } },
    requestContext({ call: made, answer: { present: () => reply } }),
  );
}
const fails = (): never => {
  throw new Error("no");
};

describe("the header", () => {
  test("is refused when it is missing where it is needed, or is no key", async () => {
    await expect(sent({})).rejects.toMatchObject({ refusal: { code: "idempotency.key_missing" } });
    for (const key of ["", "a b", "ä", "k".repeat(256)]) {
      await expect(sent({ key })).rejects.toMatchObject({ refusal: { code: "idempotency.key_invalid" } });
    }
    expect(keys.asked).toEqual([]);
  });

  test("may be missing elsewhere; then nothing is claimed or stored", async () => {
    expect(
      await sent({ contract: rest, acts: (_, call) => ({ ...reply, body: String(call.idempotencyDigest) }) }),
    ).toEqual({ ...reply, body: "undefined" });
    await expect(sent({ contract: rest, acts: fails })).rejects.toThrow("no");
    expect([keys.asked, keys.wrote]).toEqual([[], []]);
  });
});

describe("a claim", () => {
  test("is named by caller, route and key, and its digest is the call's", async () => {
    const digests: unknown[] = [];
    const acts = (_: Answer, call: AnyCall) => {
      digests.push(call.idempotencyDigest);
      return reply;
    };
    await sent({ key: "k", acts });
    await sent({ key: "k", acts });
    await sent({ key: "k2", acts });
    await sent({ key: "k", acts, call: { actor: creator() } });
    await sent({ key: "k", acts, contract: rest });
    expect(keys.asked.map(({ digest }) => digest)).toEqual(digests);
    expect(digests[1]).toBe(digests[0]);
    expect(new Set(digests).size).toBe(4);
  });

  test("outlasts another name for a parameter of its route", async () => {
    await sent({ key: "k" });
    const renamed = { ...money, route: "POST /v1/money/{id}/{other}" } as const;
    await sent({ key: "k", contract: renamed, path: { other: "2", id: "1" } });
    await sent({ key: "k", contract: { ...money, route: "POST /v1/money/{campaignId}/other" } });
    const [first, second, third] = keys.asked;
    expect(second).toEqual(first);
    expect(third?.digest).not.toBe(first?.digest);
  });

  test.each<[string, Partial<Request>]>([
    ["order", { body: '{"a":2,"b":1}' }],
    ["white space", { body: '\n{ "b" : 1 , "a" : 2 }\n' }],
    ["spelling of numbers", { body: '{"b":1.0,"a":20e-1}' }],
    ["spelling of text", { body: '{"\\u0062":1,"a":2}' }],
    ["what the contract makes of it", { call: { body: { a: 2, b: 1, later: true } } }],
  ])("stands for what was sent, whatever its %s", async (_what, other) => {
    await sent({ key: "k" });
    await sent({ key: "k", ...other });
    expect(keys.asked[1]).toEqual(keys.asked[0]);
  });

  test.each<[string, Partial<Request>]>([
    ["value", { body: '{"b":1,"a":3}' }],
    ["type", { body: '{"b":1,"a":"2"}' }],
    ["field", { body: '{"b":1,"a":2,"later":true}' }],
    ["hidden field", { body: '{"b":1,"a":2,"__proto__":{}}' }],
    ["omission", { body: '{"b":1}' }],
    ["nothing", { body: "" }],
    ["path", { path: { campaignId: "2", other: "2" } }],
    ["order of the path", { path: { campaignId: "2", other: "1" } }],
    ["query", { query: "dry=true" }],
  ])("does not stand for another %s", async (_what, other) => {
    await sent({ key: "k" });
    await sent({ key: "k", ...other });
    const [first, second] = keys.asked;
    expect(second?.digest).toBe(first?.digest);
    expect(second?.requestHash).not.toBe(first?.requestHash);
  });

  test("of a command without a body is the same for nothing and an empty object", async () => {
    for (const body of ["", " ", "{}", "{ }"]) await sent({ key: "k", body });
    expect(new Set(keys.asked.map(({ requestHash }) => requestHash)).size).toBe(1);
  });

  test("is kept for ever where a key is needed, elsewhere for a day", async () => {
    await sent({ key: "k" });
    await sent({ key: "k", contract: rest });
    expect(keys.asked.map(({ expiresAtSeconds }) => expiresAtSeconds)).toEqual([
      undefined,
      Date.parse(now) / 1000 + 86_400,
    ]);
  });

  test("is completed with the reply, unless a commit has done so", async () => {
    expect(await sent({ key: "k" })).toBe(reply);
    expect(keys.wrote).toEqual(["complete mine 201"]);
    await sent({ key: "k", acts: (answer) => (answer.committed = reply) });
    expect(keys.wrote).toHaveLength(1);
  });

  test("is given back when the action fails, unless it has committed", async () => {
    await expect(sent({ key: "k", acts: fails })).rejects.toThrow("no");
    expect(keys.wrote).toEqual(["release mine"]);
    const failsLate = (answer: Answer) => {
      answer.committed = reply;
      return fails();
    };
    await expect(sent({ key: "k", acts: failsLate })).rejects.toThrow("no");
    expect(keys.wrote).toHaveLength(1);
  });
});

describe("a key that is known", () => {
  test("brings its reply again, and the action does not run", async () => {
    keys = keysThat({ is: "answered", reply });
    expect(await sent({ key: "k", acts: fails })).toEqual({
      ...reply,
      headers: { ...reply.headers, "Idempotency-Replayed": "true" },
    });
    expect(keys.wrote).toEqual([]);
  });

  test.each<[KeyOutcome["is"], object]>([
    ["reused", { refusal: { code: "idempotency.key_reused" } }],
    ["in_progress", { refusal: { code: "idempotency.in_progress" }, context: { retryAfterSeconds: 1 } }],
  ])("refuses when it is %s, and is left alone", async (is, refusal) => {
    keys = keysThat({ is } as KeyOutcome);
    await expect(sent({ key: "k", acts: fails })).rejects.toMatchObject(refusal);
    expect(keys.wrote).toEqual([]);
  });
});
