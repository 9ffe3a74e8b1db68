/** Hits whose delivery to the archive took hours: an object is named by the oldest that it holds, whatever day the others are of. */
import { beforeEach, expect, test } from "@jest/globals";
import { summarise } from "#shared/domain/tracking/summary";
import { aHit, inSequence } from "../../support/tracking.ts";
import { closingStage } from "./closing.ts";

let { stage, archive, counter, close } = closingStage();
beforeEach(() => {
  ({ stage, archive, counter, close } = closingStage());
});

const FIRST = "2026-03-01";
const SECOND = "2026-03-02";
const nightOf = (day: string) => void (stage.clock.now = `${day}T02:00:00.000Z`);
const evening = [aHit(1), aHit(2)];
const morning = [3, 4].map((at) => aHit(at, { day: SECOND, at: Date.parse(`${SECOND}T00:30:00.000Z`) }));
const clicksOn = async (day: string) => summarise(await counter.ofCampaign("cmp_1", day, day)).clicks.total;
const known = (day: string) => stage.ports.trackingDays.of(day);

test("the first hits of a day are found in an hour of the evening before", async () => {
  archive.put(`${FIRST}T20`, [...evening, ...morning]);
  await close();
  expect((await known(SECOND))?.lateHours).toEqual([`${FIRST}T20`]);
  nightOf("2026-03-03");
  expect(await close()).toMatchObject({ outcome: "succeeded", counts: { restated: 1 } });
  expect(await clicksOn(SECOND)).toBe(2);
});

test("a run that comes again the same night finds them noted, and leaves the day that is not over alone", async () => {
  archive.put(`${FIRST}T20`, [...evening, ...morning]);
  await close();
  expect(await close()).toMatchObject({ outcome: "succeeded", counts: { agrees: 1 } });
  expect(await known(SECOND)).toMatchObject({ closedAt: null, isDue: true });
});

test("days of one night that find them in two hours note both", async () => {
  const before = "2026-02-28";
  const [earlier, late] = [11, 12].map((at) => aHit(at, { day: before, at: Date.parse(`${before}T19:30:00.000Z`) }));
  archive.put(
    `${before}T20`,
    [earlier, morning[0]].filter((hit) => hit !== undefined),
  );
  archive.put(
    `${FIRST}T20`,
    [...evening, late, morning[1]].filter((hit) => hit !== undefined),
  );
  // Yesterday first, which makes the day before due; that one is then read, the same night.
  expect(await close()).toMatchObject({ outcome: "succeeded", counts: { restated: 2 } });
  expect((await known(SECOND))?.lateHours).toEqual([`${before}T20`, `${FIRST}T20`]);
});

test("of a day that has not begun nothing is noted: a hit that says so is no hit of ours", async () => {
  archive.put(`${FIRST}T20`, [...evening, aHit(5, { day: "2026-03-03" })]);
  for (const agreed of [{ restated: 1 }, { agrees: 1 }])
    expect(await close()).toMatchObject({ outcome: "succeeded", counts: agreed });
  expect(await known("2026-03-03")).toBeUndefined();
});

test("where the product's clock was moved every hour is read, whatever its name, and none is late", async () => {
  archive.put("2026-02-19T10", evening);
  archive.put("2026-02-20T01", morning);
  for (const agreed of [{ restated: 1 }, { agrees: 1 }])
    expect(await close("2026-02-20T02:00:00.000Z")).toMatchObject({ outcome: "succeeded", counts: agreed });
  expect(await known(SECOND)).toBeUndefined();
});

test("hours that a day is read from anyway are not noted as late", async () => {
  archive.put(`${FIRST}T23`, [...evening, ...morning]);
  await close();
  expect(await known(SECOND)).toBeUndefined();
});

/** After the night on which the first day is closed. */
const night = (after: number) => nightOf(new Date(Date.parse(SECOND) + after * 86_400_000).toISOString().slice(0, 10));

test.each([1, 8])(
  "a day whose archive has less is looked at again until what was late has come: Firehose may be kept from the stream for a week, and then tries for a day (%i)",
  async (last) => {
    await counter.count("s", inSequence(evening));
    archive.put(`${FIRST}T20`, evening.slice(1));
    await close();
    for (let after = 1; after < last; after += 1) {
      night(after);
      await close();
    }
    expect(await known(FIRST)).toMatchObject({ differing: 1, isDue: false });
    archive.put(`${FIRST}T20`, evening);
    night(last);
    await close();
    expect(await known(FIRST)).toMatchObject({ differing: 0 });
  },
);

test("and after that no more: nothing will come", async () => {
  await counter.count("s", inSequence(evening));
  await close();
  const asked: string[] = [];
  const noting = { ...counter, campaignsOf: (day: string) => (asked.push(day), counter.campaignsOf(day)) };
  for (let after = 1; after <= 12; after += 1) {
    night(after);
    await close(undefined, noting);
  }
  expect(asked.filter((day) => day === FIRST)).toHaveLength(8);
});
