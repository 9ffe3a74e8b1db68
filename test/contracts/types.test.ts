/**
 * What the mechanism's types promise. A line marked `@ts-expect-error` must not compile: when it does, `tsc -b test`
 * fails here. The assertions below them only keep jest busy with the same names.
 */
import { expect, test } from "@jest/globals";
import * as z from "zod";
import { memory } from "#shared/adapters/memory/index";
import { memoryTable } from "#shared/adapters/memory/table";
import { memoryMailSender } from "#shared/adapters/memory/outbound";
import {
  type Contract,
  type EdgeContract,
  type EventContract,
  http,
  list,
  onEvent,
  onUserPool,
  schedule,
} from "#shared/contracts/contract";
import { capabilitiesOf, type NeedsOf } from "#shared/contracts/implied";
import type { Capability, Granted } from "#shared/ports/catalogue";
import { edgeReplies, implementEdge } from "#shared/runtime/edge";
import type { EntityDeclaration } from "#shared/table/entity";
import { itemKey, listing as queryOf, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { implement } from "#shared/runtime/implement";
import { implementConsumer, implementEach } from "#shared/runtime/implement-consumer";
import { implementJob } from "#shared/runtime/implement-job";

const adapters = memory(memoryTable());
const { campaigns, changes, callers, idempotency } = adapters;
const parts = { roles: ["brand"], refuses: [], summary: "s", ifItFails: "f" } as const;
const reading = http({ ...parts, route: "GET /v1/a", reply: z.object({ name: z.string() }), uses: ["campaigns:read"] });
const writing = http({
  ...parts,
  route: "POST /v1/b",
  reply: z.object({ name: z.string() }),
  uses: ["campaigns:read", "campaigns:write"],
});
const ofCreators = http({ ...parts, roles: ["creator"], route: "POST /v1/c", reply: z.object({}), uses: [] });
const open = http({ ...parts, roles: "public", route: "GET /v1/o", reply: z.object({ name: z.string() }), uses: [] });
const listing = list({ ...parts, route: "GET /v1/c", reply: z.object({ name: z.string() }), uses: ["campaigns:read"] });
const named = { name: "n" };

test("an action gets the ports it declared, and `commit` only when it writes", () => {
  implement(reading, adapters, async (_call, { campaigns }) => {
    await campaigns.get("cmp");
    return named;
  });
  // @ts-expect-error wallets were not declared
  implement(reading, adapters, (_call, { wallets }) => Promise.resolve(wallets && named));
  // @ts-expect-error an action that reads cannot commit
  implement(reading, adapters, (_call, { commit }) => commit({ entities: [] }, named));
  implement(writing, adapters, (_call, { commit }) => commit({ entities: [] }, named));
  expect(reading.uses).toEqual(["campaigns:read"]);
});

test("a record of adapters has what the contract needs, and may have more", () => {
  // @ts-expect-error the campaigns' adapter is missing
  implement(reading, { callers, idempotency }, () => Promise.resolve(named));
  // @ts-expect-error an action that writes needs `changes`
  implement(writing, { campaigns, callers, idempotency }, () => Promise.resolve(named));
  // @ts-expect-error the wallets' adapter is not a campaigns' adapter
  implement(reading, { ...adapters, campaigns: adapters.wallets }, () => Promise.resolve(named));
  // @ts-expect-error nobody asked for the post
  implement(reading, { campaigns, callers, idempotency, mailSender: memoryMailSender }, () => Promise.resolve(named));
  implement(writing, { campaigns, changes, callers, idempotency }, () => Promise.resolve(named));
  // What is public and stores nothing needs no table.
  implement(open, {}, () => Promise.resolve(named));
  expect(writing.uses).toEqual(["campaigns:read", "campaigns:write"]);
});

test("an action at the edge is handed what its contract declares, and needs no other environment", () => {
  const ports = () => ({ clicks: { record: () => Promise.resolve() } });
  implementEdge<EdgeContract<"clicks:record">>(ports, () => Promise.resolve(edgeReplies.gone()));
  // @ts-expect-error links were not declared
  implementEdge<EdgeContract<"clicks:record">>(ports, (_visit, { trackedLinks }) => Promise.resolve(trackedLinks));
  // @ts-expect-error a sender's address is not read at the edge
  implementEdge<EdgeContract<"mailSender:send">>(
    () => ({ mailSender: memoryMailSender() }),
    () => Promise.resolve(edgeReplies.gone()),
  );
  expect(edgeReplies.gone().statusCode).toBe(410);
});

test("a reply is what the contract says, a list's a page of it", () => {
  // @ts-expect-error the reply has a name
  implement(reading, adapters, () => Promise.resolve({ title: "n" }));
  // @ts-expect-error a list replies with a page
  implement(listing, adapters, () => Promise.resolve(named));
  implement(listing, adapters, () => Promise.resolve({ items: [named] }));
  expect(listing.list).toBe(true);
});

test("a contract declares only roles and capabilities that exist", () => {
  // @ts-expect-error there is no such role
  http({ ...parts, roles: ["guest"], route: "GET /v1/d", reply: z.object({}), uses: [] });
  // @ts-expect-error there is no such capability
  http({ ...parts, route: "GET /v1/d", reply: z.object({}), uses: ["campaigns:destroy"] });
  // @ts-expect-error a route is a method and a path
  http({ ...parts, route: "v1/d", reply: z.object({}), uses: [] });
  const { ifItFails: _ifItFails, ...incomplete } = parts;
  // @ts-expect-error every action says who is hurt when it fails
  http({ ...incomplete, route: "GET /v1/d", reply: z.object({}), uses: [] });
  expect(parts.roles).toEqual(["brand"]);
});

test("a declaration is about its own thing, and a key has all its parts", () => {
  const own: EntityDeclaration<"invitation"> = items.invitation;
  // @ts-expect-error a participant is not stored as an invitation, though its key has the same parts
  const another: EntityDeclaration<"invitation"> = items.participant;
  // @ts-expect-error a deposit has no creator
  const without: EntityDeclaration<"deposit"> = { ...items.deposit, partition: ["creatorId"] };
  const ids = { campaignId: "c", creatorId: "u" };
  // @ts-expect-error an invitation is one creator's
  expect(() => itemKey(items.invitation, { campaignId: "c" })).toThrow("creatorId");
  // @ts-expect-error a brand's campaigns are asked for by the brand
  expect(() => queryOf(items.campaign.listings.ofBrand, ids)).toThrow("brandId");
  // @ts-expect-error what is stored has what its listings need
  expect(() => storedItem(items.link, { code: "c" })).toThrow("campaignId");
  expect([own, another, without]).toHaveLength(3);
});

test("granted ports are read from capabilities", () => {
  const check = (ports: Granted<"wallets:read">) => ports.wallets;
  // @ts-expect-error no other noun is there
  const refuse = (ports: Granted<"wallets:read">) => ports.campaigns as unknown;
  const both = ({ campaigns }: Granted<"campaigns:read" | "campaigns:listDue">) => [campaigns.get, campaigns.due];
  // @ts-expect-error who reads campaigns by their ids does not list them
  const all = ({ campaigns }: Granted<"campaigns:read" | "campaigns:listDue">) => campaigns.all as unknown;
  // @ts-expect-error who writes need not read
  const blind = (ports: Granted<"campaigns:write">) => ports.campaigns as unknown;
  expect([check, refuse, both, all, blind]).toHaveLength(5);
});

const said = { summary: "s", ifItFails: "f" } as const;
const onOpened = onEvent({
  ...said,
  events: ["account.created", "campaign.published"],
  uses: ["wallets:read", "wallets:write"],
});
const hourly = schedule({
  ...said,
  job: "advance-campaigns",
  every: "rate(1 hour)",
  timeZone: "UTC",
  uses: ["campaigns:listDue"],
});
const trigger = onUserPool({ ...said, on: "preSignUp", uses: [] });

test("what the types say an action needs is what the runtime makes", () => {
  /** Gives the capabilities back when these are all that `C` needs, and no more. */
  const needs =
    <C extends Contract>(contract: C) =>
    <const N extends readonly Capability[]>(
      all: [NeedsOf<C>] extends [N[number]] ? ([N[number]] extends [NeedsOf<C>] ? N : never) : never,
    ) =>
      expect([...capabilitiesOf(contract)].sort()).toEqual([...(all as readonly Capability[])].sort());
  needs(onOpened)(["wallets:read", "wallets:write", "changes:commit"]);
  needs(hourly)(["campaigns:listDue", "jobs:run", "changes:commit"]);
  needs(open)([]);
  needs(trigger)([]);
  needs(writing)(["campaigns:read", "campaigns:write", "changes:commit", "callers:authenticate", "idempotency:keep"]);
  needs(ofCreators)(["callers:authenticate", "idempotency:keep", "sightings:note"]);
  // @ts-expect-error a job keeps a record of its runs
  expect(() => needs(hourly)(["campaigns:listDue", "changes:commit"])).toThrow("jobs:run");
  // @ts-expect-error a consumer has no caller
  expect(() => needs(onOpened)(["wallets:read", "wallets:write", "changes:commit", "callers:authenticate"])).toThrow(
    "callers",
  );
});

test("a consumer is handed its own events, each thing of them, and the ports it declared", () => {
  type Own = EventContract<"wallets:read" | "wallets:write", "account.created" | "campaign.published">;
  const contract: Own = onOpened;
  implementConsumer(contract, adapters, async (_invocation, event, { wallets, commit }) => {
    await wallets.get(event.type === "account.created" ? event.detail.userId : event.detail.brandId);
    await commit({ entities: [] });
  });
  // @ts-expect-error nobody asked for what happens to submissions
  implementConsumer(contract, adapters, async (_invocation, event) => void (event.type === "submission.created"));
  // @ts-expect-error a consumer that writes needs `changes`
  implementConsumer(contract, { wallets: adapters.wallets }, () => Promise.resolve());
  implementEach(
    contract,
    adapters,
    ({ id }) => [id.length],
    (_invocation, thing, { commit }) => commit({ entities: [] }, void thing.toFixed()),
  );
  implementEach(
    contract,
    adapters,
    () => [1],
    // @ts-expect-error campaigns were not declared
    (_invocation, _thing, { campaigns }) => Promise.resolve(void campaigns),
  );
  const forText = (_invocation: unknown, thing: string) => Promise.resolve(void thing);
  // @ts-expect-error a thing is one of those that the event stands for
  implementEach(contract, adapters, () => [1], forText);
  implementEach(
    contract,
    adapters,
    // @ts-expect-error the things of an event can be walked through
    () => 1,
    () => Promise.resolve(),
  );
  expect(contract.events).toHaveLength(2);
});

test("a job that declared nothing to commit is handed no commit, though its record is committed", () => {
  implementJob(hourly, adapters, async (_invocation, { campaigns }, each) => {
    await each(
      campaigns.spent(),
      ({ id }) => id,
      () => Promise.resolve(undefined),
    );
  });
  // @ts-expect-error campaigns are only read
  implementJob(hourly, adapters, (_invocation, { commit }) => commit({ entities: [] }));
  // @ts-expect-error records of runs are the runtime's
  implementJob(hourly, adapters, (_invocation, { jobs }) => Promise.resolve(void jobs));
  // @ts-expect-error a job keeps a record of its runs
  implementJob(hourly, { campaigns, changes }, () => Promise.resolve());
  expect(hourly.uses).toEqual(["campaigns:listDue"]);
});
