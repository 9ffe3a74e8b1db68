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
const money = http({ ...parts, route: "POST /v1/money", idempotency: "required" });
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
  /** The action. */
  readonly acts?: (answer: Answer, call: AnyCall) => StoredReply;
}
function sent({ contract = money, key, call, acts = () => reply }: Request) {
  const made = { actor: brand(), path: { id: "1" }, body: { b: 1, a: 2 }, now, ...call } as AnyCall;
  return middy<APIGatewayProxyEventV2, StoredReply, Error, RequestContext>()
    .use(idempotency(contract, keys.port))
    .handler(async (_event, { answer, call }) => acts(answer, call))(
    gatewayEvent(contract.route, { headers: key === undefined ? {} : { "Idempotency-Key": key } }),
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

  test("stands for what the request means, not for how it is spelled", async () => {
    await sent({ key: "k" });
    await sent({ key: "k", call: { body: { a: 2, b: 1 } } });
    await sent({ key: "k", call: { body: { a: 2, b: 2 } } });
    await sent({ key: "k", call: { path: { id: "2" } } });
    const hashes = keys.asked.map(({ requestHash }) => requestHash);
    expect(hashes[1]).toBe(hashes[0]);
    expect(new Set(hashes).size).toBe(3);
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
