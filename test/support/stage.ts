/**
 * Actions on a table in memory: every port is there, an action gets those it declared, and what it commits is held to
 * what it declared. `run` decides again on what is true when something changed meanwhile, as the runtime does.
 */
import { randomUUID } from "node:crypto";
import { storedAccounts } from "#shared/table/repositories/accounts";
import { storedCampaigns } from "#shared/table/repositories/campaigns";
import { storedChanges } from "#shared/table/repositories/changes";
import { storedInvitations, storedParticipants } from "#shared/table/repositories/invitations";
import { storedJobs } from "#shared/table/repositories/jobs";
import { storedLinks } from "#shared/table/repositories/links";
import { storedMessages, storedNotifications } from "#shared/table/repositories/notifications";
import { storedSubmissions } from "#shared/table/repositories/submissions";
import { storedDeposits, storedEarnings, storedLedger, storedWallets } from "#shared/table/repositories/wallets";
import { randomLinkCodes } from "#shared/adapters/links/link-codes";
import { stageLinkUrls } from "#shared/adapters/links/link-urls";
import {
  memoryClickStream,
  memoryEmails,
  memoryEventBus,
  memorySigningKeys,
  memoryUserPoolGroups,
} from "#shared/adapters/memory/outbound";
import { memoryPayments } from "#shared/adapters/memory/payments";
import { memoryTable } from "#shared/adapters/memory/table";
import { memoryTrackingPages } from "#shared/adapters/memory/tracking-pages";
import type { Contract } from "#shared/contracts/contract";
import type { Entities, EntityName } from "#shared/domain/entities";
import type { Actor } from "#shared/domain/kernel/actor";
import { type IdKind, idPrefixes } from "#shared/domain/kernel/ids";
import { type Capability, committable, type Granted, type Ports } from "#shared/ports/catalogue";
import type { Call } from "#shared/runtime/call";
import { settle } from "#shared/runtime/settle";
import { entityItem } from "#shared/table/entity";
import { isOf } from "#shared/table/item";
import { declarations, type StoredKind } from "#shared/table/items/index";

/** What a test may say about a call; the rest is made up. */
export type CallParts<P, Q, B> = Partial<Call<P, Q, B>> & { readonly actor: Actor };

interface Runnable<P, Q, B, U extends Capability, R> {
  readonly contract: Contract & { readonly uses: readonly U[] };
  readonly run: (call: Call<P, Q, B>, ports: Granted<U>) => Promise<R>;
}

export function testStage(startAt = "2026-11-25T12:00:00.000Z") {
  const table = memoryTable();
  const clock = { now: startAt };
  const newId = sequentialIds();
  const outbound = {
    payments: memoryPayments(),
    emails: memoryEmails(),
    eventBus: memoryEventBus(),
    clickStream: memoryClickStream(),
    userPoolGroups: memoryUserPoolGroups(),
  };
  const ports: Ports = {
    accounts: storedAccounts({}, table),
    wallets: storedWallets({}, table),
    deposits: storedDeposits({}, table),
    earnings: storedEarnings({}, table),
    ledger: storedLedger({}, table),
    campaigns: storedCampaigns({}, table),
    invitations: storedInvitations({}, table),
    participants: storedParticipants({}, table),
    submissions: storedSubmissions({}, table),
    links: storedLinks({}, table),
    linkCodes: randomLinkCodes(),
    linkUrls: stageLinkUrls({ LINK_ORIGIN: "https://go.example.com" }),
    tracking: memoryTrackingPages(),
    notifications: storedNotifications({}, table),
    messages: storedMessages({}, table),
    jobs: storedJobs({}, table),
    signingKeys: memorySigningKeys({ keys: [] }),
    ...outbound,
  };
  const changes = storedChanges(table);
  const stored = (kind: StoredKind) => table.all().filter((item) => isOf(declarations[kind], item));

  /** The ports an action declared, and a commit held to what it declared. */
  function granted<U extends Capability>(
    uses: readonly U[],
    call: Pick<Call<never, never, never>, "actor" | "now" | "requestId" | "newId">,
  ) {
    const nouns = new Set(uses.map((use) => use.split(":")[0]));
    const own = Object.fromEntries(Object.entries(ports).filter(([noun]) => nouns.has(noun)));
    const commit: Granted<"campaigns:write">["commit"] = async (change, reply) => {
      await changes.commit({ ...call, writes: committable(uses) }, change, reply);
      return reply;
    };
    return { ...own, commit } as unknown as Granted<U>;
  }

  return {
    table,
    clock,
    newId,
    ports,
    ...outbound,
    granted,
    /** Runs an HTTP action's `run` as the runtime would after parsing. */
    run<P, Q, B, U extends Capability, R>(handler: Runnable<P, Q, B, U, R>, parts: CallParts<P, Q, B>): Promise<R> {
      const call = {
        now: clock.now,
        requestId: randomUUID(),
        newId,
        page: { limit: 25 },
        ifMatch: undefined,
        headers: {},
        method: "GET",
        rawPath: "/",
        rawBody: "",
        idempotencyDigest: undefined,
        path: undefined,
        query: {},
        body: undefined,
        ...parts,
      } as Call<P, Q, B>;
      return settle(() => handler.run(call, granted(handler.contract.uses, call)));
    },
    /** Puts a thing into the table as it is, with no journal and no questions. */
    async given<E extends EntityName>(entity: E, value: Entities[E]): Promise<Entities[E]> {
      await table.write({ kind: "put", item: entityItem(entity, value), when: { any: true } });
      return value;
    },
    /** Every stored item of a kind, in order of its key. */
    stored,
    /** Types of the events in the outbox, oldest first. */
    outbox: (): unknown[] => stored("outboxEvent").map((item) => item["type"]),
  };
}
export type TestStage = ReturnType<typeof testStage>;

/** Ids in the order they are asked for: cmp_…01, cmp_…02. */
export function sequentialIds() {
  let count = 0;
  return (kind: IdKind): string => `${idPrefixes[kind]}_${String((count += 1)).padStart(26, "0")}`;
}

export const brand = (userId = "00000000-0000-4000-8000-00000000000b"): Actor => ({ userId, roles: ["brand"] });
export const creator = (userId = "00000000-0000-4000-8000-00000000000c"): Actor => ({ userId, roles: ["creator"] });
export const admin = (userId = "00000000-0000-4000-8000-00000000000a"): Actor => ({ userId, roles: ["admin"] });
