import { beforeEach, expect, test } from "@jest/globals";
import { memoryBucketStore } from "#shared/adapters/memory/bucket-store";
import { storedHitCounter } from "#shared/table/repositories/hit-counter";
import { storedHitCounts } from "#shared/table/repositories/hit-counts";
import { loggedLines } from "../../support/gateway.ts";
import { aHit, DAY, exactly, inSequence } from "../../support/tracking.ts";
import { auditRows } from "../../support/launched.ts";
import { aClosedDay, closingStage, hits } from "./closing.ts";

let { stage, archive, counter, close, closed, shown, count } = closingStage();
beforeEach(() => {
  ({ stage, archive, counter, close, closed, shown, count } = closingStage());
});

test("a day whose raw hits are what was counted agrees, again and again", async () => {
  archive.put("2026-03-01T00", hits.slice(0, 200));
  // Some came late, by the overflow queue, and some twice.
  archive.put("2026-03-02T01", hits.slice(150));
  await count(hits);
  const lines = loggedLines();
  for (let run = 0; run < 3; run += 1) expect(await closed()).toEqual({ outcome: "succeeded", counts: { agrees: 2 } });
  expect(lines.filter(({ level }) => level === "error")).toEqual([]);
  expect(lines).toContainEqual(
    expect.objectContaining({ code: "tracking_day.closed", day: "2026-03-01", campaigns: 2, unreadable: 0 }),
  );
});

test("a hit that was not counted is named and rings, and the day is restated, until it is counted", async () => {
  archive.put("2026-03-01T10", hits);
  await count(hits.slice(1));
  const lines = loggedLines();
  expect(await closed()).toEqual({ outcome: "succeeded", counts: { agrees: 1, restated: 1 } });
  expect(lines).toContainEqual(
    expect.objectContaining({
      ...{ level: "error", code: "tracking_day.restated", day: "2026-03-01", campaignId: "cmp_0" },
      ...{ archivedHits: 150, countedHits: 149 },
    }),
  );
  const exact = exactly(hits.filter(({ campaignId }) => campaignId === "cmp_0"));
  expect(await shown()).toEqual(exact);
  for (let run = 0; run < 2; run += 1) expect(await closed()).toMatchObject({ counts: { agrees: 2 } });
  await count(hits.slice(0, 1), 1_000);
  // What shards counted is all there is, and nothing is counted twice.
  expect(await shown()).toEqual(exact);
  expect(await closed()).toMatchObject({ counts: { agrees: 2 } });
  expect(auditRows(stage, "tracking_day.restated")).toMatchObject([
    { resource: { type: "tracking_day", id: "2026-03-01" } },
  ]);
});

test("what shards count while a day is restated is neither lost nor doubled", async () => {
  archive.put("2026-03-01T10", hits);
  await count(hits.slice(4));
  const { restate } = counter;
  counter.restate = async (restatement) => {
    counter.restate = restate;
    await count(hits.slice(0, 2), 1_000);
    await restate(restatement);
  };
  expect(await closed()).toMatchObject({ counts: { restated: 2 } });
  expect((await shown()).clicks.total).toBe(149);
  // Of both campaigns something came after they were looked at.
  expect(await closed()).toMatchObject({ counts: { restated: 2 } });
  expect(await shown()).toEqual(exactly(hits.filter(({ campaignId }) => campaignId === "cmp_0")));
  await count(hits.slice(2, 4), 2_000);
  expect(await closed()).toMatchObject({ counts: { agrees: 2 } });
});

test("a run that dies after any write of a restatement leaves figures that were or will be shown, and the next one is right", async () => {
  const [archived, counted] = [hits.slice(0, 60), hits.slice(2, 60)];
  for (const dies of ["saveTotals", "noteShard", "save"] as const) {
    const store = memoryBucketStore();
    const broken = { ...store, [dies]: () => Promise.reject(new Error("the process died")) };
    ({ stage, archive, close, closed } = closingStage(storedHitCounts(broken)));
    archive.put("2026-03-01T10", archived);
    await storedHitCounter(store).count("shard-1", inSequence(counted));
    expect(await closed()).toEqual({ outcome: "partial", counts: { failed: 2 } });
    const next = closingStage(storedHitCounts(store));
    next.archive.put("2026-03-01T10", archived);
    expect((await next.close()).counts).toEqual({ restated: 2 });
    expect((await next.close()).counts).toEqual({ agrees: 2 });
  }
});

test("totals that no restatement refers to any more expire, also where the run that replaced them died, and the last stay", async () => {
  const store = memoryBucketStore();
  const counts = storedHitCounts(store);
  const only = hits.filter(({ campaignId }) => campaignId === "cmp_0");
  const restated = async (archived: number, hitCounts = counts) => {
    const next = closingStage(hitCounts);
    next.archive.put("2026-03-01T10", only.slice(0, archived));
    return (await next.close()).counts;
  };
  const expiring = async (number: number) => {
    const range = { campaignId: "cmp_0", shard: `restated@0000000${number}`, from: DAY, to: DAY };
    return (await store.totals(range)).map(({ expiresAtSeconds }) => expiresAtSeconds);
  };
  const NEVER = [undefined, undefined];
  const tomorrow = Date.parse("2026-03-03T02:00:00.000Z") / 1_000;
  await storedHitCounter(store).count("shard-1", inSequence(only.slice(0, 10)));
  expect(await restated(20)).toEqual({ restated: 1 });
  expect(await expiring(1)).toEqual(NEVER);
  expect(await restated(30)).toEqual({ restated: 1 });
  expect([await expiring(1), await expiring(2)]).toEqual([[tomorrow, tomorrow], NEVER]);

  const dying = { ...counts, expireReplaced: () => Promise.reject(new Error("the process died")) };
  expect(await restated(40, dying)).toEqual({ failed: 1 });
  expect([await expiring(2), await expiring(3)]).toEqual([NEVER, NEVER]);
  expect(await restated(40)).toEqual({ agrees: 1 });
  expect([await expiring(1), await expiring(2), await expiring(3)]).toEqual([
    [tomorrow, tomorrow],
    [tomorrow, tomorrow],
    NEVER,
  ]);
});

test("hits that come after their day was closed have it closed again", async () => {
  archive.put("2026-03-01T10", hits.slice(0, 200));
  await count(hits.slice(0, 200));
  expect(await closed()).toMatchObject({ counts: { agrees: 2 } });
  // Some are counted, some are not; all are archived on the next day.
  archive.put("2026-03-02T15", hits.slice(200));
  await count(hits.slice(200, 250), 1_000);
  stage.clock.now = "2026-03-03T02:00:00.000Z";
  expect(await closed()).toMatchObject({ counts: { restated: 2 } });
  expect(await shown()).toEqual(exactly(hits.filter(({ campaignId }) => campaignId === "cmp_0")));
  expect(await closed()).toEqual({ outcome: "succeeded", counts: {} });
  archive.put("2026-03-03T15", hits.slice(0, 1));
  stage.clock.now = "2026-03-04T02:00:00.000Z";
  expect(await closed()).toMatchObject({ counts: { agrees: 2 } });
});

test("hits of the minutes before a closing, which are delivered after it under the hour of their coming, are found by the next", async () => {
  archive.put("2026-03-01T10", hits.slice(0, 200));
  await count(hits.slice(0, 200));
  expect(await closed()).toMatchObject({ counts: { agrees: 2 } });
  archive.put("2026-03-02T01", hits.slice(200));
  stage.clock.now = "2026-03-03T02:00:00.000Z";
  expect(await closed()).toMatchObject({ counts: { restated: 2 } });
});

test("days whose run was missed are closed by the next, and those that other rules closed, so many a night", async () => {
  await stage.given("trackingDay", { ...aClosedDay("2026-02-26"), rulesVersion: "1" });
  await stage.given("trackingDay", aClosedDay("2026-02-27"));
  archive.put("2026-02-26T10", [aHit(1, { day: "2026-02-26" })]);
  archive.put("2026-02-28T10", [aHit(2, { day: "2026-02-28" })]);
  archive.put("2026-03-01T10", hits);
  await count(hits);
  const lines = loggedLines();
  expect(await closed()).toMatchObject({ counts: { agrees: 2, restated: 2 } });
  const days = () => lines.filter(({ code: name }) => name === "tracking_day.closed").map(({ day }) => day);
  expect(days()).toEqual(["2026-03-01", "2026-02-28", "2026-02-26"]);
  expect(await closed()).toMatchObject({ counts: { agrees: 2 } });
  expect(days().slice(3)).toEqual(["2026-03-01"]);
});

test("a campaign that the archive knows nothing of differs as well", async () => {
  archive.put(
    "2026-03-01T10",
    hits.filter(({ campaignId }) => campaignId === "cmp_1"),
  );
  await count(hits);
  expect(await closed()).toMatchObject({ counts: { agrees: 1, differs: 1 } });
});

test("hits of the first minutes are found with those of the last minutes before, by which Firehose names what it writes", async () => {
  const before = hits.map((hit) => ({ ...hit, id: `${hit.id}B`, day: "2026-02-28" }));
  archive.put("2026-02-28T23", [...before, ...hits.slice(0, 20)]);
  archive.put("2026-03-01T00", hits.slice(20));
  await count(hits);
  expect(await closed()).toEqual({ outcome: "succeeded", counts: { agrees: 2 } });
});

test("a day of a clock that was moved is looked for where the machine's clock put it", async () => {
  archive.put("2026-01-10T09", hits);
  await count(hits);
  expect((await close("2026-01-10T10:30:00.000Z")).counts).toEqual({ agrees: 2 });
});

test("other days are not in it", async () => {
  const today = hits.map((hit, at) => ({ ...hit, id: `${hit.id}T`, day: at % 2 === 0 ? "2026-03-02" : "2026-02-28" }));
  archive.put("2026-03-02T01", [...hits, ...today]);
  await count(hits);
  expect(await closed()).toMatchObject({ counts: { agrees: 2 } });
});
