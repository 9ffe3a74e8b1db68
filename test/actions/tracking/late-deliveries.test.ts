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

test("hours that a day is read from anyway are not noted as late", async () => {
  archive.put(`${FIRST}T23`, [...evening, ...morning]);
  await close();
  expect(await known(SECOND)).toBeUndefined();
});

test("a day whose archive has less is looked at again for two nights, until what was late has come", async () => {
  await counter.count("s", inSequence(evening));
  archive.put(`${FIRST}T20`, evening.slice(1));
  await close();
  expect(await known(FIRST)).toMatchObject({ differing: 1, isDue: false });
  archive.put(`${FIRST}T20`, evening);
  nightOf("2026-03-03");
  await close();
  expect(await known(FIRST)).toMatchObject({ differing: 0 });
});

test("and after that no more: nothing will come", async () => {
  await counter.count("s", inSequence(evening));
  await close();
  const asked: string[] = [];
  const noting = { ...counter, campaignsOf: (day: string) => (asked.push(day), counter.campaignsOf(day)) };
  for (const day of ["2026-03-03", "2026-03-04", "2026-03-05"]) {
    nightOf(day);
    await close(undefined, noting);
  }
  expect(asked.filter((day) => day === FIRST)).toHaveLength(2);
});
