import { everyOf } from "#shared/table/repositories/pages";
import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { storedChanges } from "#shared/table/repositories/changes";
import { AuditEntry } from "#shared/domain/audit/audit-entry";
import { type Change, changed, created, removed, sameOwnerStatus, standing, unchanged } from "#shared/domain/change";
import type { Committable, Entities, EntityName } from "#shared/domain/entities";
import { systemActor } from "#shared/domain/kernel/actor";
import { type IdKind } from "#shared/domain/kernel/ids";
import { campaignAccount, walletAccount } from "#shared/domain/ledger/account";
import { move } from "#shared/domain/ledger/posting";
import { type CommitContext, StaleState } from "#shared/ports/changes";
import type { Operation, TableEngine } from "#shared/table/engine";
import { entityItem } from "#shared/table/entity";
import { isOf, itemKey, listing, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { realWorld } from "#shared/runtime/call";
import { aBudget, aCampaign, anAccount, aWallet } from "../../support/builders.ts";
import { things } from "../../support/things.ts";

const NOW = "2026-11-25T12:00:00.000Z";
const everything: ReadonlySet<Committable> = new Set(Object.keys(items) as Committable[]);
const newId = (kind: IdKind): string => realWorld.newId(kind);

/** What `commit` promises, on every engine. */
export function changesSuite(name: string, make: () => Promise<TableEngine>): void {
  describe(`committing a change on ${name}`, () => {
    let table: TableEngine;
    let brandId: string;
    let context: CommitContext;

    const given = async <E extends EntityName>(entity: E, value: Entities[E]): Promise<void> => {
      await table.write({ kind: "put", item: entityItem(entity, value), when: { any: true } });
    };
    const commit = (change: Change, parts: Partial<CommitContext> = {}) =>
      storedChanges(table).commit({ ...context, ...parts }, change);
    const audit = (id: string) => ({ action: "test.done", resource: { type: "test", id } });
    const campaign = () => aCampaign({ id: newId("campaign"), brandId });
    const reservation = (of: Entities["campaign"], amount: number, key = `publication:${of.id}`) =>
      move(
        { key, type: "reservation", currency: "USD", referenceId: of.id, description: "test" },
        amount,
        walletAccount(brandId, "available"),
        campaignAccount({ campaignId: of.id, brandId }, "unassigned"),
        context,
      );
    /** What moves money leaves an audit row. */
    const moneyOnly = (...entries: NonNullable<Change["entries"]>) => ({
      entities: [],
      entries,
      audit: audit("money"),
    });

    beforeEach(async () => {
      table = await make();
      brandId = randomUUID();
      context = {
        actor: { userId: brandId, roles: ["brand"] },
        now: NOW,
        requestId: "r",
        newId,
        writes: everything,
      };
      await given("account", anAccount({ id: brandId }));
      await given("wallet", aWallet({ userId: brandId, available: 1000 }));
    });

    test("writes the thing, its event and its audit row together", async () => {
      const drafted = campaign();
      const events = [{ type: "campaign.published", detail: { campaignId: drafted.id, brandId } }] as const;
      await commit({ entities: [created("campaign", drafted)], events, audit: audit(drafted.id) });
      expect(await table.get(itemKey(items.campaign, { id: drafted.id }))).toMatchObject(drafted);
    });

    test("writes one thing and nothing beside without a transaction, under the same condition", async () => {
      const drafted = campaign();
      const alone: TableEngine = { ...table, transact: () => Promise.reject(new Error("a transaction")) };
      const changes = storedChanges(alone);
      const write = (change: Change) => changes.commit({ ...context, actor: systemActor("job") }, change);
      await write({ entities: [created("campaign", drafted)] });
      await expect(write({ entities: [created("campaign", drafted)] })).rejects.toThrow("campaign");
      await write({ entities: [changed("campaign", drafted, { ...drafted, name: "second" })] });
      await expect(write({ entities: [removed("campaign", drafted)] })).rejects.toThrow(StaleState);
      await write({ entities: [removed("campaign", { ...drafted, version: 2 })] });
      expect(await table.get(itemKey(items.campaign, { id: drafted.id }))).toBeUndefined();
      await expect(write({ entities: [created("campaign", drafted)], audit: audit(drafted.id) })).rejects.toThrow(
        "a transaction",
      );
    });

    test("refuses a second thing in the same place, and a thing that has moved on", async () => {
      const drafted = campaign();
      await commit({ entities: [created("campaign", drafted)] });
      await expect(commit({ entities: [created("campaign", drafted)] })).rejects.toThrow(StaleState);
      await commit({ entities: [changed("campaign", drafted, { ...drafted, name: "second" })] });
      await expect(commit({ entities: [changed("campaign", drafted, { ...drafted, name: "third" })] })).rejects.toThrow(
        StaleState,
      );
      expect(await table.get(itemKey(items.campaign, { id: drafted.id }))).toMatchObject({
        name: "second",
        version: 2,
      });
    });

    test("moves money with its journal, shows it to the wallet, and never twice", async () => {
      const drafted = campaign();
      await given("budget", aBudget({ campaignId: drafted.id, brandId }));
      await commit(moneyOnly(reservation(drafted, 400)));
      await expect(commit(moneyOnly(reservation(drafted, 400)))).rejects.toThrow("journalEntry");
      const entry = await table.get(itemKey(items.journalEntry, { key: `publication:${drafted.id}` }));
      expect(entry).toMatchObject({ effectiveAt: NOW, postedAt: NOW, commitId: expect.stringMatching(/^cmt_/) });
      expect(await table.get(itemKey(items.wallet, { userId: brandId }))).toMatchObject({
        available: 600,
        commits: 1,
        lastCommitId: entry?.["commitId"],
      });
      expect(await table.get(itemKey(items.budget, { campaignId: drafted.id }))).toMatchObject({
        unassigned: 400,
        secured: 0,
        spent: 0,
        commits: 1,
      });
      const shown = await table.query({ ...listing(items.walletTransaction, { userId: brandId }), limit: 10 });
      expect(shown.items).toHaveLength(1);
      expect(shown.items[0]).toMatchObject({
        type: "reservation",
        effects: { available: -400, reserved: 400, pending: 0, inFlight: 0 },
      });
    });

    test("never lets an account go below zero, however many take from it at once", async () => {
      const campaigns = Array.from({ length: 8 }, campaign);
      for (const { id } of campaigns) await given("budget", aBudget({ campaignId: id, brandId }));
      const outcomes = await Promise.allSettled(campaigns.map((one) => commit(moneyOnly(reservation(one, 300)))));
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
      expect(await table.get(itemKey(items.wallet, { userId: brandId }))).toMatchObject({
        available: 100,
      });
    });

    test("refuses money in another currency than the wallet's", async () => {
      const drafted = campaign();
      await given("budget", aBudget({ campaignId: drafted.id, brandId }));
      const euros = { ...reservation(drafted, 1), currency: "EUR" } as const;
      await expect(commit(moneyOnly(euros))).rejects.toThrow(StaleState);
    });

    test("holds on to what was only read, also when it is written beside", async () => {
      const drafted = campaign();
      const budget = aBudget({ campaignId: drafted.id, brandId });
      await given("campaign", { ...drafted, version: 2 });
      await given("budget", budget);
      const money = moneyOnly(reservation(drafted, 1));
      await expect(commit({ ...money, requires: [unchanged("campaign", drafted)] })).rejects.toThrow("campaign");
      await given("budget", { ...budget, version: 9 });
      await expect(commit({ ...money, requires: [unchanged("budget", budget)] })).rejects.toThrow("budget");
      await commit({ ...money, requires: [unchanged("budget", { ...budget, version: 9 })] });
    });

    test("moves no money without an audit note", async () => {
      const drafted = campaign();
      await given("budget", aBudget({ campaignId: drafted.id, brandId }));
      const { audit: _, ...silent } = moneyOnly(reservation(drafted, 1));
      await expect(commit(silent)).rejects.toThrow("money moves without an audit note");
      expect(await table.get(itemKey(items.wallet, { userId: brandId }))).toMatchObject({
        available: 1000,
        commits: 0,
      });
    });

    test.each(["active", "suspended"] as const)(
      "moves money while its owner is %s only if they still are, whether it moves theirs or another's",
      async (ownerStatus) => {
        const drafted = campaign();
        const stale = ownerStatus === "active" ? "suspended" : "active";
        const elsewhere = aWallet({ userId: randomUUID(), ownerStatus: stale });
        await given("budget", aBudget({ campaignId: drafted.id, brandId }));
        await given("wallet", aWallet({ userId: brandId, available: 1000, ownerStatus: stale, version: 7 }));
        await given("wallet", elsewhere);
        const money = moneyOnly(reservation(drafted, 1));
        const seen = aWallet({ userId: brandId, ownerStatus });
        for (const owner of [seen, { ...elsewhere, ownerStatus }]) {
          const late = commit({ ...money, requires: [sameOwnerStatus(owner)] });
          await expect(late).rejects.toBeInstanceOf(StaleState);
          await expect(late).rejects.toThrow("wallet");
        }
        expect(await table.get(itemKey(items.wallet, { userId: brandId }))).toMatchObject({ available: 1000 });
        // Money that moved meanwhile is no reason to refuse.
        const owners = [{ ...seen, ownerStatus: stale } as const, elsewhere];
        await commit({ ...money, requires: owners.map(sameOwnerStatus) });
        expect(await table.get(itemKey(items.wallet, { userId: brandId }))).toMatchObject({ available: 999 });
      },
    );

    test("moves a campaign's money only while the campaign stands as it was seen, whatever its money did", async () => {
      const drafted = campaign();
      await given("budget", aBudget({ campaignId: drafted.id, brandId, status: "active", version: 3 }));
      const money = moneyOnly(reservation(drafted, 1));
      await expect(commit({ ...money, requires: [standing(drafted)] })).rejects.toThrow("budget");
      await commit({ ...money, requires: [standing({ ...drafted, status: "active" })] });
    });

    test("writes nothing for a person who was suspended meanwhile", async () => {
      await given("account", anAccount({ id: brandId, status: "suspended" }));
      const drafted = campaign();
      await expect(commit({ entities: [created("campaign", drafted)] })).rejects.toThrow("account");
      expect(await table.get(itemKey(items.campaign, { id: drafted.id }))).toBeUndefined();
    });

    test("writes an audit row under a key of its own, found by what it is about and by its day", async () => {
      const note = { ...audit(`res-${randomUUID()}`), changes: [], onBehalfOf: "someone" };
      const drafts = Array.from({ length: 6 }, campaign);
      await Promise.all(drafts.map((drafted) => commit({ entities: [created("campaign", drafted)], audit: note })));
      const { ofResource, ofDay } = items.auditEntry.listings;
      const rows = await everyOf(table, listing(ofResource, note), AuditEntry);
      const ids = rows.map(({ id }) => id);
      const { action, resource, changes, onBehalfOf } = note;
      const told = { action, resource, changes, onBehalfOf, at: NOW, actorId: brandId, requestId: "r" };
      expect(rows).toEqual(ids.map(() => ({ id: expect.any(String), ...told })));
      expect(new Set(ids).size).toBe(6);
      const day = await everyOf(table, spreadListing(ofDay, { at: NOW }), AuditEntry);
      expect(day.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    });

    test("meets no other commit in its audit row or event: nothing is read for it, and it is put where nothing is", async () => {
      const read = ({ pk }: { readonly pk: string }) => Promise.reject(new Error(`a read of ${pk}`));
      const puts: Operation[] = [];
      const transact: TableEngine["transact"] = (all) => (puts.push(...all), table.transact(all));
      const drafted = campaign();
      const events = [{ type: "campaign.published" as const, detail: { campaignId: drafted.id, brandId } }];
      const change = { entities: [created("campaign", drafted)], audit: audit(drafted.id), events };
      await storedChanges({ ...table, get: read, transact }).commit(context, change);
      for (const kind of [items.auditEntry, items.outboxEvent]) {
        const fresh = puts.filter((one) => one.kind === "put" && isOf(kind, one.item));
        expect(fresh.map(({ when }) => when)).toEqual([{ absent: true }]);
      }
    });

    test("stores the response under the key only while the attempt holds it", async () => {
      const digest = randomUUID();
      const claim = { digest, attempt: "mine", requestHash: "h" };
      const reply = { status: 201, headers: { ETag: '"v1"' }, body: '{"ok":true}' };
      const completes = { claim, reply };
      const held = (attempt: string) =>
        table.transact([
          {
            kind: "put",
            item: { state: "in_progress", attempt, ...itemKey(items.idempotencyRecord, { digest }) },
            when: { any: true },
          },
        ]);
      await held("another's");
      const drafted = campaign();
      await expect(commit({ entities: [created("campaign", drafted)] }, { completes })).rejects.toThrow(
        "idempotencyRecord",
      );
      expect(await table.get(itemKey(items.campaign, drafted))).toBeUndefined();
      await held("mine");
      await commit({ entities: [created("campaign", drafted)] }, { completes });
      expect(await table.get(itemKey(items.idempotencyRecord, { digest }))).toMatchObject({
        state: "completed",
        requestHash: "h",
        reply,
      });
    });

    test("does not write what the action did not declare", async () => {
      const writes = new Set<Committable>(["invitation"]);
      const drafted = campaign();
      await expect(commit({ entities: [created("campaign", drafted)] }, { writes })).rejects.toThrow("campaign");
      await expect(commit(moneyOnly(reservation(drafted, 1)), { writes })).rejects.toThrow("journalEntry");
    });

    test("writes no version that nobody counted, and nothing again that is written once", async () => {
      const drafted = campaign();
      const leap = { entity: "campaign", next: { ...drafted, version: 2 } } as const;
      await expect(commit({ entities: [leap] })).rejects.toThrow("was not changed by created() or changed()");
      const [review] = things.review;
      await expect(commit({ entities: [changed("review", review, review)] })).rejects.toThrow("never changed");
      expect(await table.get(itemKey(items.campaign, drafted))).toBeUndefined();
    });
  });
}
