/** However many lists there are, a report of exposure reads so many and says what it is of. */
import { beforeEach, expect, test } from "@jest/globals";
import { handler as reportExposure } from "#lambdas/matching/report-exposure";
import { exposedLately } from "#shared/application/matching/exposed-lately";
import { memoryTable } from "#shared/adapters/memory/table";
import { dayBefore } from "#shared/domain/kernel/time";
import { storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { storedExposures } from "#shared/table/repositories/matching";
import { CREATOR_ID } from "../../support/builders.ts";
import { admin, testStage } from "../../support/stage.ts";

const TODAY = "2026-11-25";
const days = Array.from({ length: 31 }, (_, at) => dayBefore(TODAY, 30 - at));
let table: ReturnType<typeof memoryTable>;
beforeEach(() => {
  table = memoryTable();
});

async function given(day: string, lists: number): Promise<void> {
  for (let at = 0; at < lists; at += 1) {
    const exposure = { day, campaignId: `cmp_${String(at).padStart(26, "0")}`, creatorIds: [CREATOR_ID] };
    await table.write({ kind: "put", item: storedItem(items.exposure, exposure as never), when: { any: true } });
  }
}

/** What of the lists a report is of, and how many it read for it. */
async function read() {
  const exposures = storedExposures(table);
  let looked = 0;
  const { lists, ...of } = await exposedLately(days, {
    async ofDay(day, most) {
      const found = await exposures.ofDay(day, most);
      looked += found.lists.length;
      return found;
    },
  });
  return { from: of.days[0], to: of.days.at(-1), isExact: of.isExact, lists: lists.length, looked };
}

test("all of a month, where that is little", async () => {
  await given(TODAY, 3);
  await given(dayBefore(TODAY, 30), 2);
  expect(await read()).toEqual({ from: "2026-10-26", to: TODAY, isExact: true, lists: 5, looked: 5 });
});

test("whole days from the latest on, where it is more, and says so", async () => {
  await given(TODAY, 2_500);
  await given(dayBefore(TODAY, 1), 2_500);
  await given(dayBefore(TODAY, 3), 1);
  expect(await read()).toEqual({ from: "2026-11-23", to: TODAY, isExact: false, lists: 5_000, looked: 5_000 });
});

test("so many of the latest day, where it alone has more", async () => {
  await given(TODAY, 5_001);
  expect(await read()).toEqual({ from: TODAY, to: TODAY, isExact: false, lists: 5_000, looked: 5_000 });
});

test("exactly so many is all", async () => {
  await given(TODAY, 5_000);
  expect(await read()).toMatchObject({ from: "2026-10-26", isExact: true, lists: 5_000 });
});

test("an admin is told", async () => {
  const stage = testStage();
  const exposure = { day: TODAY, campaignId: `cmp_${"0".repeat(26)}`, creatorIds: [CREATOR_ID] } as const;
  await stage.table.write({ kind: "put", item: storedItem(items.exposure, exposure as never), when: { any: true } });
  expect(await stage.run(reportExposure, { actor: admin(), query: {} })).toMatchObject({ isExact: true, lists: 1 });
});
