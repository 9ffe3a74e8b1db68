/** Days of which shards count more after they were restated. */
import { beforeEach, expect, test } from "@jest/globals";
import { loggedLines } from "../../support/gateway.ts";
import { exactly } from "../../support/tracking.ts";
import { closingStage, hits } from "./closing.ts";

let { stage, archive, closed, shown, count } = closingStage();
beforeEach(() => {
  ({ stage, archive, closed, shown, count } = closingStage());
});

test("a day of which shards count a part of what was restated is closed again, though nothing comes in the archive", async () => {
  archive.put("2026-03-01T10", hits);
  await count(hits.slice(20));
  expect(await closed()).toMatchObject({ counts: { restated: 2 } });
  await count(hits.slice(0, 10), 1_000);
  expect((await shown()).clicks.total).toBe(145);
  stage.clock.now = "2026-03-03T02:00:00.000Z";
  expect(await closed()).toMatchObject({ counts: { restated: 2 } });
  expect(await shown()).toEqual(exactly(hits.filter(({ campaignId }) => campaignId === "cmp_0")));
  stage.clock.now = "2026-03-04T02:00:00.000Z";
  expect(await closed()).toEqual({ outcome: "succeeded", counts: {} });
});

test("a day whose shards came to all that was restated is closed once more, and then is not asked for night after night", async () => {
  archive.put("2026-03-01T10", hits);
  await count(hits.slice(20));
  expect(await closed()).toMatchObject({ counts: { restated: 2 } });
  await count(hits.slice(0, 20), 1_000);
  stage.clock.now = "2026-03-03T02:00:00.000Z";
  expect(await closed()).toMatchObject({ counts: { agrees: 2 } });
  stage.clock.now = "2026-03-04T02:00:00.000Z";
  expect(await closed()).toEqual({ outcome: "succeeded", counts: {} });
  expect(await shown()).toEqual(exactly(hits.filter(({ campaignId }) => campaignId === "cmp_0")));
});

test("a day that shards override while its archive has less is judged on the nights on which more may come, and again when shards count more", async () => {
  archive.put("2026-03-01T10", hits.slice(0, 250));
  await count(hits.slice(20, 250));
  expect(await closed()).toMatchObject({ counts: { restated: 2 } });
  await count([...hits.slice(0, 20), ...hits.slice(250, 280)], 1_000);
  const all = await shown();
  const lines = loggedLines();
  const nights = async (...days: readonly string[]) => {
    const counts: unknown[] = [];
    for (const day of days) {
      stage.clock.now = `2026-03-${day}T02:00:00.000Z`;
      counts.push((await closed()).counts);
    }
    return counts;
  };
  const eight = ["03", "04", "05", "06", "07", "08", "09", "10"];
  expect(await nights(...eight, "11")).toEqual([...eight.map(() => ({ differs: 2 })), {}]);
  expect(lines.filter(({ code }) => code === "tracking_day.differs")).toHaveLength(2 * eight.length);
  expect(await shown()).toEqual(all);

  // Of one campaign of the two.
  await count(
    hits.slice(280, 300).filter(({ campaignId }) => campaignId === "cmp_0"),
    2_000,
  );
  expect(await nights("12", "13")).toEqual([{ differs: 2 }, {}]);
  archive.put("2026-03-13T10", hits.slice(250));
  expect(await nights("14", "15")).toEqual([{ agrees: 1, restated: 1 }, {}]);
  expect(await shown()).toEqual(exactly(hits.filter(({ campaignId }) => campaignId === "cmp_0")));
});
