/** What is noted of a creator's request: once, as the visitor that the click path would see. */
import { beforeEach, expect, test } from "@jest/globals";
import { memoryTable } from "#shared/adapters/memory/table";
import { parseEvent } from "#shared/domain/events/outbox";
import { visitorOf } from "#shared/domain/tracking/visitor";
import { isOf, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { storedSightings } from "#shared/table/repositories/sightings";

const day = "2026-11-25";
const seen = { creatorId: "creator-1", address: "2001:db8:1:2:aaaa::1", agent: "Firefox" };
const occasion = { at: "2026-11-25T12:00:00.000Z", requestId: "req-1" };
const nextDay = { ...occasion, at: "2026-11-26T00:00:00.000Z" };
let table = memoryTable();
const noted = () => table.all((item) => isOf(items.sighting, item)).map(parseEvent);
beforeEach(() => void (table = memoryTable()));

test("is an event under the day's key that the click path made, which says neither address nor agent", async () => {
  const secret = new Uint8Array(32).fill(7);
  await table.write({
    kind: "put",
    item: storedItem(items.visitorKey, { day, secret }),
    when: { absent: true },
  });
  await storedSightings(table).note(seen, occasion);
  const visitor = visitorOf(Buffer.from(secret).toString("base64"), "2001:db8:1:2::9", seen.agent);
  expect(noted()).toMatchObject([
    { type: "creator.seen", ...occasion, detail: { creatorId: "creator-1", day, visitor } },
  ]);
  expect(JSON.stringify(table.all())).not.toMatch(/2001:db8|Firefox/);
});

test("is one event, the first, however many requests and processes note it", async () => {
  const sightings = storedSightings(table);
  for (const one of [sightings, sightings]) await one.note(seen, occasion);
  await storedSightings(table).note(seen, { at: "2026-11-25T13:00:00.000Z", requestId: "req-2" });
  expect(noted()).toMatchObject([occasion]);
  expect(table.all((item) => isOf(items.visitorKey, item))).toMatchObject([{ expiresAtSeconds: expect.any(Number) }]);
  for (const other of [{ agent: "Safari" }, { address: "203.0.113.7" }, { creatorId: "2" }])
    await sightings.note({ ...seen, ...other }, occasion);
  await sightings.note(seen, nextDay);
  expect(noted()).toHaveLength(5);
});

test("is under the key of who came first where two make the day's key at once", async () => {
  const first = new Uint8Array(32).fill(9);
  let misses = 1;
  const raced = {
    ...table,
    get: async (...key: Parameters<typeof table.get>) => {
      const found = await table.get(...key);
      if ((misses -= 1) < 0) return found;
      await table.write({
        kind: "put",
        item: storedItem(items.visitorKey, { day, secret: first }),
        when: { absent: true },
      });
      return found;
    },
  };
  await storedSightings(raced).note(seen, occasion);
  const visitor = visitorOf(Buffer.from(first).toString("base64"), seen.address, seen.agent);
  expect(noted()).toMatchObject([{ detail: { visitor } }]);
});

test("is asked of the table once by a process, and again after it failed", async () => {
  let [writes, failures] = [0, 1];
  const counting = {
    ...table,
    write: (...write: Parameters<typeof table.write>) => {
      writes += 1;
      return (failures -= 1) >= 0 ? Promise.reject(new Error("down")) : table.write(...write);
    },
  };
  const sightings = storedSightings(counting);
  await expect(sightings.note(seen, occasion)).rejects.toThrow("down");
  expect(noted()).toEqual([]);
  for (let request = 0; request < 5; request += 1) await sightings.note(seen, occasion);
  // The key, which failed, the key, and the event.
  expect([noted().length, writes]).toEqual([1, 3]);
});

test("is there for who asks about a creator's day", async () => {
  const sightings = storedSightings(table);
  for (const other of [{}, { agent: "Safari" }, { creatorId: "2" }])
    await sightings.note({ ...seen, ...other }, occasion);
  await sightings.note(seen, nextDay);
  const found = await sightings.ofDay("creator-1", day);
  expect(found.map(({ visitor }) => visitor)).toEqual([expect.any(String), expect.any(String)]);
  expect(found).toMatchObject(Array(2).fill({ creatorId: "creator-1", day }));
});
