/** What a key and a commit promise each other, over the whole pipeline, write by write. */
import { beforeEach, expect, test } from "@jest/globals";
import { memory } from "#shared/adapters/memory/index";
import { changed } from "#shared/domain/change";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { found, refuse } from "#shared/domain/kernel/refusal";
import type { Granted } from "#shared/ports/catalogue";
import { implement } from "#shared/runtime/implement";
import type { Operation } from "#shared/table/engine";
import { isOf, itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { aCampaign, anAccount, CAMPAIGN_ID } from "../support/builders.ts";
import {
  bearer,
  issuer,
  keyed,
  makeRename,
  optional,
  other,
  put,
  rename,
  resetSample,
  sample,
  send,
} from "../support/sample-api.ts";

type Ports = Granted<"campaigns:read" | "campaigns:write">;
/** Everything that was sent to be written: single writes, and transactions as lists. */
let sentWrites: (Operation | readonly Operation[])[] = [];
let runs = 0;

beforeEach(async () => {
  await resetSample();
  sentWrites = [];
  runs = 0;
  const { table } = sample;
  sample.table = {
    ...table,
    write: (operation) => {
      sentWrites.push(operation);
      return table.write(operation);
    },
    transact: (operations) => {
      sentWrites.push(operations);
      return table.transact(operations);
    },
  };
});

const kindsOf = (write: Operation | readonly Operation[]): string => ("kind" in write ? write.kind : "transaction");
const writes = (): string[] => sentWrites.map(kindsOf);
const stored = () => sample.table.get(itemKey(items.campaign, { id: CAMPAIGN_ID }));
const records = () => sample.table.all().filter((item) => isOf(items.idempotencyRecord, item));

/** The draft's new name, committed with such a reply. */
async function renamed({ campaigns, commit }: Ports, reply?: unknown, name = "new") {
  const campaign = found(await campaigns.get(CAMPAIGN_ID), campaignRefusals.notFound);
  const next = changed("campaign", campaign, { ...campaign, name });
  return commit({ entities: [next] }, (reply ?? next.next) as { name: string; version: number });
}
/** One request under a key to an action that does this. */
function sent(run: (ports: Ports) => Promise<{ name: string; version: number }>, key = "k") {
  const action = implement(rename, memory(sample.table), (_call, ports) => {
    runs += 1;
    return run(ports);
  });
  return send(action, rename.route, { headers: keyed(key), body: { name: "new" } });
}

test("a key is its caller's and its route's: another's request under the same one is no replay", async () => {
  await put(anAccount({ id: other }), itemKey(items.account, { id: other }));
  const stranger = { ...bearer(issuer.sign(other, ["brand"])), "Idempotency-Key": "k" };
  const body = { name: "new" };
  expect((await send(makeRename(rename), rename.route, { headers: keyed("k"), body })).status).toBe(201);
  expect(await send(makeRename(rename), rename.route, { headers: stranger, body })).toMatchObject({
    status: 404,
    body: { code: "campaign.not_found" },
  });
  const elsewhere = await send(makeRename(optional), optional.route, { headers: keyed("k"), body });
  expect(elsewhere).toMatchObject({ status: 201, body: { version: 3 } });
  expect(elsewhere.headers).not.toHaveProperty("Idempotency-Replayed");
  expect(sample.runs).toBe(3);
});

test("the change and the reply are one transaction, after the claim, and nothing is written after them", async () => {
  expect((await sent((ports) => renamed(ports))).status).toBe(201);
  expect(writes()).toEqual(["put", "transaction"]);
  const [, transaction] = sentWrites;
  const written = (transaction as readonly Operation[]).flatMap((one) => (one.kind === "put" ? [one.item] : []));
  expect(written.filter((item) => isOf(items.campaign, item))).toHaveLength(1);
  expect(written.filter((item) => isOf(items.idempotencyRecord, item))).toMatchObject([{ state: "completed" }]);
});

test("a commit whose key was taken over meanwhile writes nothing, and leaves the key alone", async () => {
  const reply = await sent(async (ports) => {
    const [record] = records();
    await put({ ...record, attempt: "another's" }, {});
    return renamed(ports);
  });
  expect(reply).toMatchObject({
    status: 409,
    body: { code: "idempotency.in_progress" },
    headers: { "Retry-After": "1" },
  });
  expect(runs).toBe(1);
  expect(await stored()).toMatchObject({ name: "Autumn", version: 1 });
  expect(records()).toMatchObject([{ state: "in_progress", attempt: "another's" }]);
});

test("an action that commits nothing stores its reply, and is not run again", async () => {
  const unchanged = () => Promise.resolve({ name: "same", version: 7 });
  const first = await sent(unchanged);
  expect(writes()).toEqual(["put", "put"]);
  const again = await sent(unchanged);
  expect(again).toMatchObject({ status: 201, body: first.body, headers: { ETag: expect.stringMatching(/^"v7\./) } });
  expect([runs, writes().length]).toEqual([1, 2]);
});

test("a refusal gives the key back, and writes nothing else", async () => {
  const refused = await sent(() => Promise.reject(refuse(campaignRefusals.notFound)));
  expect(refused.status).toBe(404);
  expect(writes()).toEqual(["put", "remove"]);
  expect(records()).toEqual([]);
});

test("a failure after the commit is one, and the key keeps what was committed", async () => {
  const failing = async (ports: Ports) => {
    await renamed(ports);
    throw new Error("after the commit");
  };
  expect((await sent(failing)).status).toBe(500);
  expect(writes()).toEqual(["put", "transaction"]);
  const again = await sent(failing);
  expect(again).toMatchObject({ status: 201, body: { name: "new", version: 2 } });
  expect(again.headers["Idempotency-Replayed"]).toBe("true");
  expect(runs).toBe(1);
});

test("a reply that is not the contract's is not committed, and gives the key back", async () => {
  const reply = await sent((ports) => renamed(ports, { title: "no name" }));
  expect(reply).toMatchObject({ status: 500, body: { code: "internal" } });
  expect(writes()).toEqual(["put", "remove"]);
  expect(await stored()).toEqual(expect.objectContaining({ name: "Autumn", version: 1 }));
});

test("what was stored with the change is what is sent, whatever the action gives back", async () => {
  const reply = await sent(async (ports) => {
    await renamed(ports);
    return { name: "something else", version: 9 };
  });
  expect(reply).toMatchObject({
    body: { name: "new", version: 2 },
    headers: { ETag: expect.stringMatching(/^"v2\./) },
  });
});

test("a second commit of one call is a defect: the first one's reply would not be its", async () => {
  const reply = await sent(async (ports) => {
    await renamed(ports);
    return renamed(ports, undefined, "again");
  });
  expect(reply.status).toBe(500);
  expect([runs, writes()]).toEqual([1, ["put", "transaction"]]);
  expect(await stored()).toMatchObject({ name: "new", version: 2 });
});

test("a decision on what has changed is made again under the same key", async () => {
  const reply = await sent(async (ports) => {
    const decided = renamed(ports, undefined, runs === 1 ? "first" : "second");
    if (runs === 1) await put(aCampaign({ version: 5 }), itemKey(items.campaign, { id: CAMPAIGN_ID }));
    return decided;
  });
  expect(reply).toMatchObject({ status: 201, body: { name: "second", version: 6 } });
  expect(records()).toMatchObject([{ state: "completed" }]);
});
