/** Days whose closing never came to its end, or never began. */
import { beforeEach, expect, test } from "@jest/globals";
import { dayBefore } from "#shared/domain/kernel/time";
import { loggedLines } from "../../support/gateway.ts";
import { aHit, DAY, inSequence } from "../../support/tracking.ts";
import { aClosedDay, closingStage } from "./closing.ts";

let { stage, archive, counter, close } = closingStage();
beforeEach(() => {
  ({ stage, archive, counter, close } = closingStage());
});

const hits = [aHit(1), aHit(2)];
const nightOf = (day: string) => void (stage.clock.now = `${day}T02:00:00.000Z`);
const closedDays = async () =>
  (await stage.ports.trackingDays.between("2026-01-01", "2026-12-31"))
    .filter(({ closedAt, isDue }) => closedAt !== null && !isDue)
    .map(({ day }) => day);

test("a day whose closing died is closed by the next, also where it was the first that there ever was", async () => {
  archive.put("2026-03-01T10", hits);
  const dying = { ...counter, campaignsOf: () => Promise.reject(new Error("the process died")) };
  await expect(close(undefined, dying)).rejects.toThrow("failed");
  nightOf("2026-03-03");
  expect(await close()).toMatchObject({ outcome: "succeeded", counts: { restated: 1 } });
  expect(await closedDays()).toEqual([DAY, "2026-03-02"]);
});

test("a day is closed some night, however many were missed, and whether any run had ever begun", async () => {
  await counter.count("s", inSequence(hits));
  nightOf("2026-03-14");
  await close();
  expect(await closedDays()).toHaveLength(6);
  nightOf("2026-03-15");
  await close();
  nightOf("2026-03-16");
  await close();
  const days = Array.from({ length: 15 }, (_, at) => `2026-03-${String(at + 1).padStart(2, "0")}`);
  expect(await closedDays()).toEqual(days);
});

test("a day that is due comes before days that only shards have overridden", async () => {
  nightOf("2026-03-10");
  await stage.given("trackingDay", { ...aClosedDay("2026-02-20"), isDue: true });
  const overridden = ["2026-03-04", "2026-03-05", "2026-03-06", "2026-03-07", "2026-03-08"];
  for (const day of Array.from({ length: 16 }, (_, at) => dayBefore("2026-03-08", at)))
    await stage.given("trackingDay", aClosedDay(day));
  const lines = loggedLines();
  await close(undefined, { ...counter, overridden: () => Promise.resolve(overridden) });
  const days = lines.filter(({ code: name }) => name === "tracking_day.closed").map(({ day }) => day);
  expect(days).toEqual(["2026-03-09", "2026-02-20", "2026-03-08", "2026-03-07", "2026-03-06", "2026-03-05"]);
});
