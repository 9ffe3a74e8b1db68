import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { handler as health } from "#lambdas/system/get-health";
import { memory } from "#shared/adapters/memory/index";
import { memoryTable } from "#shared/adapters/memory/table";
import { http, list, onEvent, schedule } from "#shared/contracts/contract";
import { created } from "#shared/domain/change";
import { nounOf } from "#shared/ports/capability";
import { catalogue, type Ports } from "#shared/ports/catalogue";
import { connect, portOf } from "#shared/runtime/connect";
import { implement } from "#shared/runtime/implement";
import { aCampaign } from "../support/builders.ts";
import { aWallet } from "../support/money-builders.ts";
import { gatewayEvent, lambdaContext, loggedLines } from "../support/gateway.ts";
import { sequentialIds } from "../support/stage.ts";

const parts = { refuses: [], summary: "s", ifItFails: "f" } as const;
const things = { ...parts, route: "GET /v1/things", reply: z.object({ id: z.string() }) } as const;
const reading = list({ ...things, roles: ["brand"], uses: ["campaigns:read"] });
const writing = http({ ...things, roles: ["brand"], route: "POST /v1/things", uses: ["campaigns:write"] });
const open = list({ ...things, roles: "public", uses: ["campaigns:read"] });
const job = schedule({
  ...parts,
  job: "advance-campaigns",
  every: "rate(1 hour)",
  timeZone: "UTC",
  uses: ["wallets:read"],
});
const consumer = onEvent({ ...parts, events: ["account.created"], uses: ["wallets:write"] });

const variables = ["TABLE_NAME", "USER_POOL_ID", "USER_POOL_CLIENT_ID"] as const;
const environment = (given: Partial<Record<(typeof variables)[number], string>>) => {
  for (const name of variables) delete process.env[name];
  Object.assign(process.env, given);
};
beforeEach(() => {
  loggedLines();
  environment({ TABLE_NAME: "t", USER_POOL_ID: "p", USER_POOL_CLIENT_ID: "c" });
});
afterEach(() => environment({}));

const context = {
  actor: { userId: "system:test", roles: [] },
  now: "2026-11-25T12:00:00.000Z",
  requestId: "r",
  newId: sequentialIds(),
};
type Committing = { commit: (change: object, reply?: unknown) => Promise<unknown> };

/** A factory for every noun there is; it throws unless the noun is one of these. */
const onlyThese = (nouns: readonly string[]) => {
  const made: string[] = [];
  const all = Object.keys(catalogue).map((capability) => nounOf(capability as keyof typeof catalogue));
  const factory = (noun: string) => () => {
    if (!nouns.includes(noun)) throw new Error(`${noun} was not asked for`);
    made.push(noun);
    return {};
  };
  return { made, adapters: Object.fromEntries(all.map((noun) => [noun, factory(noun)])) };
};

describe("an action is made of", () => {
  test.each([
    ["a guarded list", reading, ["callers", "campaigns", "cursors"]],
    ["a command", writing, ["callers", "campaigns", "changes", "idempotency"]],
    ["a public list", open, ["campaigns", "cursors"]],
    ["a job", job, ["changes", "jobs", "wallets"]],
    ["a consumer that writes", consumer, ["changes", "wallets"]],
  ] as const)("%s", (_name, contract, nouns) => {
    const { made, adapters } = onlyThese(nouns);
    const { ports } = connect(contract, adapters);
    expect([...made].sort()).toEqual(nouns);
    expect(Object.keys(ports).sort()).toEqual(nouns);
  });

  test("nothing, and needs no environment, when it is public and touches nothing", async () => {
    environment({});
    const reply = await health(gatewayEvent("GET /v1/health"), lambdaContext());
    expect(reply).toMatchObject({ statusCode: 200, headers: { "Cache-Control": "public, max-age=60" } });
    expect(JSON.parse(reply.body ?? "")).toMatchObject({ status: "ok" });
  });

  test("no port that the pipeline needs and the contract does not imply", () => {
    const connected = connect(open, memory(memoryTable()));
    for (const noun of ["callers", "idempotency"] satisfies (keyof Ports)[])
      expect(() => portOf(connected, noun)).toThrow(noun);
  });
});

describe("its environment", () => {
  test("is named whole when it is missing, and empty is missing", () => {
    environment({ USER_POOL_ID: "" });
    expect(() => connect(writing, memory(memoryTable()))).toThrow(
      new Error("missing environment: TABLE_NAME, USER_POOL_CLIENT_ID, USER_POOL_ID"),
    );
    environment({ USER_POOL_ID: "p" });
    expect(() => connect(open, memory(memoryTable()))).toThrow(new Error("missing environment: TABLE_NAME"));
  });

  test("is not asked for what is given, and is what adapters are made from", () => {
    environment({});
    const seen: unknown[] = [];
    connect(open, { campaigns: (env: unknown) => seen.push(env) }, { TABLE_NAME: "given" });
    expect(seen).toEqual([{ TABLE_NAME: "given" }]);
  });

  test("that is missing fails the invocation, so that its alarm rings, and is looked for again by the next", async () => {
    const action = implement(open, memory(memoryTable()), () => Promise.resolve({ items: [] }));
    const invoke = () => action(gatewayEvent(open.route), lambdaContext());
    environment({});
    await expect(invoke()).rejects.toThrow("missing environment: TABLE_NAME");
    environment({ TABLE_NAME: "t" });
    expect(await invoke()).toMatchObject({ statusCode: 200 });
  });
});

describe("a commit", () => {
  const committed = (contract: Parameters<typeof connect>[0], change: object) =>
    (connect(contract, memory(memoryTable())).portsFor(context) as Committing).commit(change, "reply");

  test("is an error of an action that declared nothing to commit", async () => {
    await expect(committed(open, { entities: [created("campaign", aCampaign())] })).rejects.toThrow(
      "an action that commits nothing has committed",
    );
  });

  test("holds what the action declared, and gives the reply back", async () => {
    expect(await committed(writing, { entities: [created("campaign", aCampaign())] })).toBe("reply");
    await expect(committed(writing, { entities: [created("wallet", aWallet())] })).rejects.toThrow("wallet");
    // Its own record is all that a job may commit which declared nothing.
    await expect(committed(job, { entities: [created("wallet", aWallet())] })).rejects.toThrow("wallet");
  });
});
