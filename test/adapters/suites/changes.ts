import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { AuditEntry } from "#shared/domain/audit/audit-entry";
import { type Change, changed, created, removed, unchanged } from "#shared/domain/change";
import type { Committable } from "#shared/domain/entities";
import { systemActor } from "#shared/domain/kernel/actor";
import { StaleState } from "#shared/ports/changes";
import type { Operation, TableEngine } from "#shared/table/engine";
import { isOf, itemKey, listing, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { storedChanges } from "#shared/table/repositories/changes";
import { everyOf } from "#shared/table/repositories/pages";
import { aBudget, anAccount } from "../../support/builders.ts";
import { things } from "../../support/things.ts";
import { type Committing, committing, NOW } from "./committing.ts";

/** What `commit` promises, on every engine. */
export function changesSuite(name: string, make: () => Promise<TableEngine>): void {
  describe(`committing a change on ${name}`, () => {
    let table: Committing["table"];
    let brandId: Committing["brandId"];
    let context: Committing["context"];
    let given: Committing["given"];
    let audit: Committing["audit"];
    let commit: Committing["commit"];
    let campaign: Committing["campaign"];
    let reservation: Committing["reservation"];
    let moneyOnly: Committing["moneyOnly"];
    beforeEach(async () => {
      ({ table, brandId, context, given, audit, commit, campaign, reservation, moneyOnly } = await committing(
        await make(),
      ));
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

    test("writes nothing for a person who was suspended meanwhile", async () => {
      await given("account", anAccount({ id: brandId, status: "suspended" }));
      const drafted = campaign();
      await expect(commit({ entities: [created("campaign", drafted)] })).rejects.toThrow("account");
      expect(await table.get(itemKey(items.campaign, { id: drafted.id }))).toBeUndefined();
    });

    test("writes an audit row under a key of its own, found by what it is about and among all", async () => {
      const note = { ...audit(`res-${randomUUID()}`), changes: [], onBehalfOf: "someone" };
      const drafts = Array.from({ length: 6 }, campaign);
      await Promise.all(drafts.map((drafted) => commit({ entities: [created("campaign", drafted)], audit: note })));
      const { ofResource, all } = items.auditEntry.listings;
      const rows = await everyOf(table, listing(ofResource, note), AuditEntry);
      const ids = rows.map(({ id }) => id);
      const { action, resource, changes, onBehalfOf } = note;
      const told = { action, resource, changes, onBehalfOf, at: NOW, actorId: brandId, requestId: "r" };
      expect(rows).toEqual(ids.map(() => ({ id: expect.any(String), ...told })));
      expect(new Set(ids).size).toBe(6);
      const everything = await everyOf(table, spreadListing(all, {}), AuditEntry);
      expect(everything.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
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
