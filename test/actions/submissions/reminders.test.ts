import { beforeEach, expect, test } from "@jest/globals";
import { peopled } from "../../support/launched.ts";
import type { TestStage } from "../../support/stage.ts";
import { clocked, later } from "../settlements/settling.ts";
import { extensionAgreed, extensionOffered, reminded, reviewed, submitted, type Work, working } from "./delivered.ts";

let stage: TestStage;
let work: Work;
beforeEach(async () => {
  stage = await peopled();
  work = await working(stage);
});

/** What brands were reminded of, in order. */
const reminders = () =>
  stage
    .stored("outboxEvent")
    .filter(({ type }) => type === "submission.review_due")
    .map(({ detail }) => (detail as { percent: number }).percent)
    .sort();
const stored = (id: string) => stage.ports.submissions.get(work.campaignId, id);
const listed = () => stage.stored("submission").filter(({ duePk }) => duePk !== undefined);

test("a brand is reminded at 50 and at 80 % of the time that counts, once each however often the job runs", async () => {
  // From Wednesday noon 72 hours without a weekend: 36 of them are over at Friday's first midnight, 57.6 late on Friday.
  const { id } = await submitted(stage, work);
  expect((await stored(id))?.reminders.map(({ at }) => at)).toEqual([
    "2026-11-27T00:00:00.000Z",
    "2026-11-27T21:36:00.000Z",
  ]);
  stage.clock.now = "2026-11-26T23:59:59.999Z";
  expect(await reminded(stage)).toMatchObject({ outcome: "succeeded", counts: {} });
  stage.clock.now = "2026-11-27T00:00:00.000Z";
  const runs = await Promise.all(Array.from({ length: 5 }, () => reminded(stage)));
  expect(runs.map(({ outcome }) => outcome).sort()).toEqual(["skipped", "skipped", "skipped", "skipped", "succeeded"]);
  expect(await reminded(stage)).toMatchObject({ counts: {} });
  expect(reminders()).toEqual([50]);
  stage.clock.now = "2026-11-27T21:36:00.000Z";
  expect(await reminded(stage)).toMatchObject({ counts: { reminded: 1 } });
  expect(reminders()).toEqual([50, 80]);
  expect(listed()).toEqual([]);
});

test("a schedule that was missed catches up with the latest alone, and with none once silence has decided", async () => {
  await submitted(stage, work, { unit: 1 });
  stage.clock.now = "2026-11-29T00:00:00.000Z";
  expect(await reminded(stage)).toMatchObject({ counts: { reminded: 1 } });
  expect(reminders()).toEqual([80]);
  await submitted(stage, work, { unit: 2 });
  later(stage, 30);
  expect(await reminded(stage)).toMatchObject({ outcome: "succeeded", counts: {} });
  expect(await clocked(stage)).toMatchObject({ counts: { approved: 2 } });
  expect(reminders()).toEqual([80]);
  expect(listed()).toEqual([]);
});

test("what is decided, or with the creator, is nothing to remind of", async () => {
  await reviewed(stage, work, (await submitted(stage, work)).id, "approved");
  await reviewed(stage, work, (await submitted(stage, work)).id, "changes_requested");
  expect(listed()).toEqual([]);
  later(stage, 4);
  expect(await reminded(stage)).toMatchObject({ counts: {} });
});

test("the next round has a window of its own: the clock stood while changes were with the creator", async () => {
  const { id } = await submitted(stage, work);
  stage.clock.now = "2026-11-27T00:00:00.000Z";
  await reviewed(stage, work, id, "changes_requested");
  stage.clock.now = "2026-12-07T00:00:00.000Z";
  const next = await submitted(stage, work, { unit: 1 });
  expect(next.reviewDueAt).toBe("2026-12-10T00:00:00.000Z");
  expect((await stored(next.id))?.reminders.map(({ at }) => at)).toEqual([
    "2026-12-08T12:00:00.000Z",
    "2026-12-09T09:36:00.000Z",
  ]);
});

test("a later date has reminders of its own, as far as they are still to come", async () => {
  const { id } = await submitted(stage, work);
  stage.clock.now = "2026-11-27T22:00:00.000Z";
  expect(await reminded(stage)).toMatchObject({ counts: { reminded: 1 } });
  await extensionOffered(stage, work, id, { hours: 72 });
  const { reviewDueAt } = await extensionAgreed(stage, work, id);
  expect(reviewDueAt).toBe("2026-12-03T12:00:00.000Z");
  expect((await stored(id))?.reminders.map(({ percent }) => percent)).toEqual([50, 80]);
  stage.clock.now = reviewDueAt;
  expect(await clocked(stage)).toMatchObject({ counts: { approved: 1 } });
});
