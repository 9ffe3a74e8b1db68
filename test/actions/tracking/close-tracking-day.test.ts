import { beforeEach, expect, test } from "@jest/globals";
import type { Hit } from "#shared/domain/tracking/hit";
import { loggedLines } from "../../support/gateway.ts";
import { aHit, inSequence, visitor } from "../../support/tracking.ts";
import { closingStage } from "./closing.ts";

let { archive, counter, close } = closingStage();
beforeEach(() => {
  ({ archive, counter, close } = closingStage());
});

const closed = async () => {
  const { outcome, counts } = await close();
  return { outcome, counts };
};
const hits = Array.from({ length: 300 }, (_, number) =>
  aHit(number, { visitor: visitor(number % 50), campaignId: `cmp_${number % 2}` }),
);
const count = (given: readonly Hit[], from = 1) => counter.count("shard-1", inSequence(given, from));

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

test("a hit that was not counted is named and rings, until it is", async () => {
  archive.put("2026-03-01T10", hits);
  await count(hits.slice(1));
  const lines = loggedLines();
  expect(await closed()).toEqual({ outcome: "succeeded", counts: { agrees: 1, differs: 1 } });
  expect(lines).toContainEqual(
    expect.objectContaining({
      ...{ level: "error", code: "tracking_day.differs", day: "2026-03-01", campaignId: "cmp_0" },
      ...{ archivedHits: 150, countedHits: 149 },
    }),
  );
  await count(hits.slice(0, 1), 1_000);
  expect(await closed()).toMatchObject({ counts: { agrees: 2 } });
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
