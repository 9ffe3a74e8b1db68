/** Keys that visitors are known by go by the night's closing; what was counted of the visitors stays. */
import { beforeEach, expect, test } from "@jest/globals";
import { visitorOf } from "#shared/domain/tracking/visitor";
import { summarise } from "#shared/domain/tracking/summary";
import { isOf, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { storedSightings } from "#shared/table/repositories/sightings";
import type { Item, TableEngine, Write } from "#shared/table/engine";
import { handler as closeTrackingDay } from "#lambdas/tracking/close-tracking-day";
import { loggedLines } from "../../support/gateway.ts";
import { ranJob } from "../../support/ran-job.ts";
import { aHit, DAY, inSequence } from "../../support/tracking.ts";
import { closingStage } from "./closing.ts";

const person = { address: "203.0.113.7", agent: "Firefox" };
const secretOf = (day: string) => new Uint8Array(32).fill(Number(day.slice(-2)));
const visitorOn = (day: string) =>
  visitorOf(Buffer.from(secretOf(day)).toString("base64"), person.address, person.agent);
let { stage, archive, counter, close } = closingStage();
beforeEach(() => void ({ stage, archive, counter, close } = closingStage()));

async function givenKeys(...days: readonly string[]): Promise<void> {
  for (const day of days) {
    const item = storedItem(items.visitorKey, { day, secret: secretOf(day) });
    await stage.table.write({ kind: "put", item, when: { absent: true } });
  }
}
const kept = () =>
  stage.table
    .all((item) => isOf(items.visitorKey, item))
    .map(({ day }) => String(day))
    .sort();
/** Whom a process that was never there before takes the same person for, on a day. */
async function recomputed(day: string, creatorId: string): Promise<string | undefined> {
  const sightings = storedSightings(stage.table);
  await sightings.note({ ...person, creatorId }, { at: `${day}T12:00:00.000Z`, requestId: "req-1" });
  return (await sightings.ofDay(creatorId, day))[0]?.visitor;
}

test("until it is 48 hours old a key tells who somebody was; the closing after that leaves nothing that could", async () => {
  await givenKeys(DAY, "2026-03-02");
  const hit = aHit(1, { visitor: visitorOn(DAY) });
  archive.put("2026-03-01T10", [hit]);
  await counter.count("shard-1", inSequence([hit]));

  expect(await close()).toMatchObject({ outcome: "succeeded", counts: { agrees: 1 } });
  expect([kept(), await recomputed(DAY, "one")]).toEqual([[DAY, "2026-03-02"], hit.visitor]);

  stage.clock.now = "2026-03-03T02:00:00.000Z";
  expect(await close()).toMatchObject({ outcome: "succeeded", counts: { destroyed: 1 } });
  expect(kept()).toEqual(["2026-03-02"]);
  const isIts = ({ secret }: Item) => secret instanceof Uint8Array && Buffer.from(secretOf(DAY)).equals(secret);
  expect(stage.table.all(isIts)).toEqual([]);
  // A process whose clock is days behind makes a key of its own, which goes with the next closing.
  expect(await recomputed(DAY, "other")).not.toBe(hit.visitor);
  expect(await close()).toMatchObject({ counts: { destroyed: 1 } });
  expect(kept()).toEqual(["2026-03-02"]);
});

test("hits that come after their key is gone bear what it made of them, and are of the same visitor", async () => {
  await givenKeys(DAY);
  const hits = [aHit(1, { visitor: visitorOn(DAY) }), aHit(2, { visitor: visitorOn(DAY) })];
  archive.put("2026-03-01T10", hits.slice(0, 1));
  archive.put("2026-03-08T10", hits.slice(1));
  await counter.count("shard-1", inSequence(hits.slice(0, 1)));
  stage.clock.now = "2026-03-03T02:00:00.000Z";
  expect((await close()).counts).toMatchObject({ destroyed: 1 });
  await counter.count("shard-1", inSequence(hits.slice(1), 100));
  stage.clock.now = "2026-03-09T02:00:00.000Z";
  // Five days a night, of which this is the sixth.
  await close();
  expect(await close()).toMatchObject({ outcome: "succeeded", counts: { agrees: 1 } });
  expect(summarise(await counter.ofCampaign("cmp_1", DAY, DAY)).clicks).toMatchObject({ total: 2, unique: 1 });
});

test("a key that cannot be destroyed is named and fails the run; the day is closed, and the next run makes up for it", async () => {
  await givenKeys("2026-02-26", "2026-02-27", "2026-02-28");
  archive.put("2026-03-01T10", [aHit(1)]);
  await counter.count("shard-1", inSequence([aHit(1)]));
  const stuck = storedItem(items.visitorKey, { day: "2026-02-27" }).pk;
  const table: TableEngine = {
    ...stage.table,
    write: (write: Write) =>
      write.kind === "remove" && write.key.pk === stuck
        ? Promise.reject(new Error("no answer"))
        : stage.table.write(write),
  };
  const lines = loggedLines();
  const adapters = { clickArchive: () => archive, hitCounts: () => counter };
  const run = await ranJob(stage, closeTrackingDay, { adapters, table });
  expect(run).toMatchObject({ outcome: "partial", counts: { destroyed: 2, failed: 1, agrees: 1 } });
  expect(run.failures).toMatchObject([{ item: "visitors' key of 2026-02-27" }]);
  expect(lines).toContainEqual(expect.objectContaining({ level: "error", code: "job.item_failed" }));
  expect(kept()).toEqual(["2026-02-27"]);

  expect(await close()).toMatchObject({ outcome: "succeeded", counts: { destroyed: 1, agrees: 1 } });
  expect(await close()).toMatchObject({ outcome: "succeeded", counts: { agrees: 1 } });
  expect(kept()).toEqual([]);
});

test("keys go before anything is closed: of a day that takes all the time, too", async () => {
  await givenKeys("2026-02-28");
  archive.arrivedIn = () => {
    throw new Error("the archive is away");
  };
  await close().catch(() => undefined);
  expect(kept()).toEqual([]);
});
