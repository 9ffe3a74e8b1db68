import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { created } from "#shared/domain/change";
import { systemActor } from "#shared/domain/kernel/actor";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import { StaleState } from "#shared/ports/changes";
import type { IdempotencyClaim, KeyedRequest, KeyOutcome, StoredReply } from "#shared/ports/idempotency";
import { realWorld } from "#shared/runtime/call";
import { ConditionsFailed, type TableEngine } from "#shared/table/engine";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { storedChanges } from "#shared/table/repositories/changes";
import { storedIdempotency } from "#shared/table/repositories/idempotency";
import { aCampaign } from "../../support/builders.ts";

const NOW = "2026-11-25T12:00:00.000Z";
const LEASE_MS = 30_000;
const reply: StoredReply = {
  status: 201,
  headers: { ETag: '"v1"', "Content-Type": "application/json" },
  body: '{"a": 1}',
};

/** An engine whose single writes take effect, and whose replies are lost. */
const losingReplies = (table: TableEngine): TableEngine => ({
  ...table,
  write: async (operation) => {
    await table.write(operation);
    throw new ConditionsFailed([0]);
  },
});

/** What keys promise, on every engine. */
export function idempotencySuite(name: string, make: () => Promise<TableEngine>): void {
  describe(`Idempotency-Keys on ${name}`, () => {
    let table: TableEngine;
    let request: KeyedRequest;
    const keys = () => storedIdempotency(table);
    const record = () => table.get(itemKey(items.idempotencyRecord, request));
    const later = (milliseconds: number): KeyedRequest => ({ ...request, now: plusMilliseconds(NOW, milliseconds) });
    const claimed = async (asked = request, on = table): Promise<IdempotencyClaim> => {
      const outcome = await storedIdempotency(on).claim(asked);
      if (outcome.is !== "claimed") throw new Error(`expected a claim, got ${outcome.is}`);
      return outcome.claim;
    };
    const answered: KeyOutcome = { is: "answered", reply };

    beforeEach(async () => {
      table = await make();
      request = { digest: randomUUID(), requestHash: "h", now: NOW };
    });

    test("an unknown key is claimed, and its reply is given again as it was", async () => {
      const claim = await claimed();
      expect(claim).toMatchObject({ digest: request.digest, requestHash: "h" });
      await keys().complete(claim, reply);
      expect(await keys().claim(request)).toEqual(answered);
      expect(await keys().claim(later(LEASE_MS * 1000))).toEqual(answered);
    });

    test("a key is another request's, whether that is answered or not", async () => {
      const another = { ...request, requestHash: "other" };
      const claim = await claimed();
      expect(await keys().claim(another)).toEqual({ is: "reused" });
      await keys().complete(claim, reply);
      expect(await keys().claim(another)).toEqual({ is: "reused" });
    });

    test("of many that claim at once one gets it", async () => {
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => keys().claim(request)));
      expect(outcomes.map(({ is }) => is).sort()).toEqual(["claimed", ...Array<string>(7).fill("in_progress")]);
    });

    test("an attempt is left alone during its lease, and taken over after it, by one", async () => {
      const dead = await claimed();
      expect(await keys().claim(later(LEASE_MS - 1))).toEqual({ is: "in_progress" });
      const outcomes = await Promise.all(Array.from({ length: 4 }, () => keys().claim(later(LEASE_MS))));
      expect(outcomes.map(({ is }) => is).sort()).toEqual(["claimed", "in_progress", "in_progress", "in_progress"]);
      const over = outcomes.find((outcome) => outcome.is === "claimed");
      expect(over?.claim.attempt).not.toBe(dead.attempt);
    });

    test("an attempt that lost its key neither answers nor releases it", async () => {
      const slow = await claimed();
      const over = await claimed(later(LEASE_MS));
      await keys().complete(slow, { ...reply, body: "slow" });
      await keys().release(slow);
      expect(await record()).toMatchObject({ state: "in_progress", attempt: over.attempt });
      await keys().complete(over, reply);
      await keys().complete(slow, { ...reply, body: "slow" });
      await keys().release(over);
      expect(await keys().claim(request)).toEqual(answered);
    });

    test("a released key is free, also for another request", async () => {
      await keys().release(await claimed());
      expect(await record()).toBeUndefined();
      await claimed({ ...request, requestHash: "other" });
    });

    test("a claim whose reply was lost is recognised as one's own", async () => {
      const claim = await claimed(request, losingReplies(table));
      expect(await record()).toMatchObject({ state: "in_progress", attempt: claim.attempt });
      const over = await claimed(later(LEASE_MS), losingReplies(table));
      expect(await record()).toMatchObject({ attempt: over.attempt });
      await storedIdempotency(losingReplies(table)).complete(over, reply);
      expect(await keys().claim(request)).toEqual(answered);
    });

    test("what is not kept for ever says until when, claimed or completed", async () => {
      const expiresAtSeconds = 1_800_000_000;
      const claim = await claimed({ ...request, expiresAtSeconds });
      expect(await record()).toMatchObject({ state: "in_progress", expiresAtSeconds });
      await keys().complete(claim, reply);
      expect(await record()).toMatchObject({ state: "completed", expiresAtSeconds });
      request = { ...request, digest: randomUUID() };
      await keys().complete(await claimed(), reply);
      expect(await record()).not.toHaveProperty("expiresAtSeconds");
    });

    test("a change and its reply are one: none without the other, and none for an attempt that lost its key", async () => {
      const slow = await claimed();
      const over = await claimed(later(LEASE_MS));
      const campaign = aCampaign({ id: realWorld.newId("campaign"), brandId: randomUUID() });
      const stored = () => table.get(itemKey(items.campaign, campaign));
      const commit = (claim: IdempotencyClaim) =>
        storedChanges(table).commit(
          {
            actor: systemActor("suite"),
            now: NOW,
            newId: realWorld.newId,
            requestId: "r",
            writes: new Set(["campaign"]),
            completes: { claim, reply },
          },
          { entities: [created("campaign", campaign)] },
        );
      await expect(commit(slow)).rejects.toThrow(StaleState);
      expect(await stored()).toBeUndefined();
      await commit(over);
      expect(await stored()).toMatchObject({ id: campaign.id });
      expect(await keys().claim(request)).toEqual(answered);
    });
  });
}
