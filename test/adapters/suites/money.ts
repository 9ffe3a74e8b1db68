import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { sameOwnerStatus, standing } from "#shared/domain/change";
import { StaleState } from "#shared/ports/changes";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { aBudget } from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
import { type Committing, committing, NOW } from "./committing.ts";

/** What `commit` promises about money, on every engine. */
export function moneySuite(name: string, make: () => Promise<TableEngine>): void {
  describe(`committing a change that moves money on ${name}`, () => {
    let table: Committing["table"];
    let brandId: Committing["brandId"];
    let given: Committing["given"];
    let commit: Committing["commit"];
    let campaign: Committing["campaign"];
    let reservation: Committing["reservation"];
    let moneyOnly: Committing["moneyOnly"];
    beforeEach(async () => {
      ({ table, brandId, given, commit, campaign, reservation, moneyOnly } = await committing(await make()));
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
  });
}
