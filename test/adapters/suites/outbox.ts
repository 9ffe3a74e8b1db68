import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "@jest/globals";
import type { DeliveredEvent } from "#shared/domain/events/events";
import { parseEvent } from "#shared/domain/events/outbox";
import { systemActor } from "#shared/domain/kernel/actor";
import type { Outbox, WaitingEvent } from "#shared/ports/outbox";
import { realWorld } from "#shared/runtime/call";
import type { TableEngine } from "#shared/table/engine";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { storedChanges } from "#shared/table/repositories/changes";
import { storedOutbox } from "#shared/table/repositories/outbox";
import { anEvent } from "../../domain/notifications/events.ts";

const NOW = "2026-11-25T12:00:00.000Z";

async function storedOf(lane: AsyncIterable<WaitingEvent>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const { stored } of lane) all.push(stored);
  return all;
}

/** What the outbox promises, on every engine; the engine may hold events of other tests. */
export function outboxSuite(name: string, make: () => Promise<TableEngine>): void {
  describe(`the outbox on ${name}`, () => {
    let table: TableEngine;
    let outbox: Outbox;
    /** Of this test's events alone. */
    let requestId: string;
    beforeEach(async () => {
      table = await make();
      outbox = storedOutbox(table);
      requestId = randomUUID();
    });

    async function happened(at: string, count: number): Promise<void> {
      const { type, detail } = anEvent("deposit.completed");
      const occasion = {
        actor: systemActor("test"),
        now: at,
        newId: realWorld.newId,
        requestId,
        writes: new Set<never>(),
      };
      const events = Array.from({ length: count }, () => ({ type, detail }));
      await storedChanges(table).commit(occasion, { entities: [], events });
    }
    /** This test's events, lane by lane. */
    async function lanes(upTo: string): Promise<DeliveredEvent[][]> {
      const all = await Promise.all(outbox.unsent(upTo).map(storedOf));
      const isOwn = (stored: unknown): boolean => (stored as { requestId?: string }).requestId === requestId;
      return all.map((lane) => lane.filter(isOwn).map(parseEvent));
    }
    const waiting = async (upTo: string): Promise<DeliveredEvent[]> => (await lanes(upTo)).flat();

    test("gives what was written up to an instant, once, whole", async () => {
      await happened(NOW, 50);
      await happened("2026-11-25T12:00:00.001Z", 3);
      expect(await waiting("2026-11-25T11:59:59.999Z")).toEqual([]);
      const events = await waiting(NOW);
      expect(new Set(events.map(({ id }) => id)).size).toBe(50);
      expect(events[0]).toEqual({ ...anEvent("deposit.completed"), id: events[0]?.id, at: NOW, requestId });
      expect(await waiting("2026-11-25T12:00:00.001Z")).toHaveLength(53);
    });

    test("gives a lane's longest waiting first, and spreads them over the lanes", async () => {
      const instants = Array.from({ length: 4 }, (_, at) => `2026-11-25T12:00:0${at}.000Z`);
      for (const at of [...instants].reverse()) await happened(at, 40);
      const own = (await lanes("2026-11-25T13:00:00.000Z")).map((lane) => lane.map(({ at }) => at));
      for (const lane of own) expect(lane).toEqual([...lane].sort());
      expect(own.flat()).toHaveLength(160);
      expect(own.filter((lane) => lane.length > 0).length).toBeGreaterThan(
        items.outboxEvent.listings.unsent.spread / 2,
      );
    });

    test("gives nothing that was marked, however often it is; what is marked stays as it was", async () => {
      await happened(NOW, 5);
      const [first, second, ...others] = await waiting(NOW);
      if (!first || !second) throw new Error("five happened");
      const sentAt = "2026-11-25T12:00:07.000Z";
      await outbox.markSent([first, second], sentAt);
      await Promise.all([outbox.markSent([first], sentAt), outbox.markSent([first], sentAt)]);
      expect((await waiting(NOW)).map(({ id }) => id).sort()).toEqual(others.map(({ id }) => id).sort());
      const stored = await table.get(itemKey(items.outboxEvent, { id: first.id }));
      expect(parseEvent(stored)).toEqual(first);
      expect(stored).toMatchObject({ sentAt, expiresAtSeconds: Date.parse("2026-12-02T12:00:07.000Z") / 1000 });
    });

    test("marks all it can when one cannot be marked, and says so", async () => {
      await happened(NOW, 3);
      const [first, second, third] = await waiting(NOW);
      if (!first || !second || !third) throw new Error("three happened");
      const write: TableEngine["write"] = (operation) =>
        operation.kind === "put" && operation.item["id"] === second.id
          ? Promise.reject(new Error("no"))
          : table.write(operation);
      const marking = storedOutbox({ ...table, write }).markSent([first, second, third], NOW);
      await expect(marking).rejects.toThrow("1 of 3 events could not be marked sent");
      expect((await waiting(NOW)).map(({ id }) => id)).toEqual([second.id]);
    });
  });
}
