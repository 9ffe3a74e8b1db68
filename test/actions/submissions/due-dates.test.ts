/** What a deliverable's own date does: creators are reminded before it, and what comes after it is marked. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as remindCreators } from "#lambdas/submissions/remind-creators";
import { notificationOf } from "#shared/domain/notifications/notify";
import { noticesOf } from "#shared/domain/notifications/notice";
import { parseEvent } from "#shared/domain/events/outbox";
import { CREATOR_ID } from "../../support/builders.ts";
import {
  accepted,
  advanced,
  asked,
  drafted,
  invited,
  OTHER_CREATOR_ID,
  paidIn,
  peopled,
  published,
} from "../../support/launched.ts";
import { ranJob } from "../../support/ran-job.ts";
import { creator, type TestStage } from "../../support/stage.ts";
import { cancelled } from "../settlements/settling.ts";
import { reviewed, submitted, unitsOf, type Work } from "./delivered.ts";

const DUE = "2026-12-10T12:00:00.000Z";
const DAY_BEFORE = "2026-12-09T12:00:00.000Z";
let stage: TestStage;
let work: Work;

beforeEach(async () => {
  stage = await peopled();
  const { id: campaignId } = await drafted(stage);
  const { id: deliverableId } = await asked(stage, campaignId, { dueAt: DUE });
  await asked(stage, campaignId, { quantity: 1 });
  await paidIn(stage, 100_000);
  await published(stage, campaignId);
  work = { campaignId, deliverableId };
  for (const creatorId of [CREATOR_ID, OTHER_CREATOR_ID]) {
    await invited(stage, campaignId, { creatorId });
    await accepted(stage, campaignId, creatorId);
  }
});

const run = () => ranJob(stage, remindCreators);
const events = () =>
  stage
    .stored("outboxEvent")
    .filter(({ type }) => type === "submission.due")
    .map((item) => parseEvent(item));
const reminded = () =>
  events()
    .flatMap((event) => noticesOf(event, "mail").map(({ userId }) => userId))
    .sort();
const stillDue = () => stage.stored("deliverable").filter(({ duePk }) => duePk !== undefined);

describe("a day before it is due", () => {
  test("who owes some of it still is reminded, once however often the job runs", async () => {
    stage.clock.now = "2026-12-09T11:59:59.999Z";
    expect(await run()).toMatchObject({ outcome: "succeeded", counts: {} });
    stage.clock.now = DAY_BEFORE;
    const other = creator(OTHER_CREATOR_ID);
    await submitted(stage, work, { unit: 1 }, other);
    await submitted(stage, work, { unit: 2 }, other);
    await submitted(stage, work, { unit: 1 });
    const runs = await Promise.all(Array.from({ length: 5 }, run));
    expect(runs.map(({ outcome }) => outcome).sort()).toEqual([
      "skipped",
      "skipped",
      "skipped",
      "skipped",
      "succeeded",
    ]);
    expect(await run()).toMatchObject({ counts: {} });
    expect(reminded()).toEqual([CREATOR_ID]);
    expect(stillDue()).toEqual([]);
  });

  test("a run that dies before the end begins anew, and tells nobody of another thing", async () => {
    stage.clock.now = DAY_BEFORE;
    await run();
    const [deliverable] = await stage.ports.campaigns.deliverables(work.campaignId);
    const { remindedOf, ...before } = deliverable ?? {};
    expect(remindedOf).toBe(DUE);
    await stage.given("deliverable", { ...before, version: 3 } as never);
    stage.clock.now = "2026-12-09T13:00:00.000Z";
    await run();
    const ids = events().flatMap((event) => noticesOf(event, "inApp").map((one) => notificationOf(one, DUE).id));
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(2);
  });

  test.each([
    ["has passed", () => void (stage.clock.now = DUE)],
    ["is of a campaign that was cancelled", () => cancelled(stage, work.campaignId)],
  ])("nobody is, where it %s", async (_what, meanwhile) => {
    stage.clock.now = DAY_BEFORE;
    await meanwhile();
    expect(await run()).toMatchObject({ outcome: "succeeded", counts: {} });
    expect(reminded()).toEqual([]);
    expect(stillDue()).toEqual([]);
  });
});

test.each([
  ["published", "after"],
  ["started", "before"],
])("of a campaign that is only %s within that day, creators are reminded once it runs", async (_what, publication) => {
  const start = "2026-12-10T00:00:00.000Z";
  const { id: campaignId } = await drafted(stage, { timeline: { start, end: "2026-12-30T00:00:00.000Z" } });
  await asked(stage, campaignId, { dueAt: DUE });
  await paidIn(stage, 100_000);
  if (publication === "before") await published(stage, campaignId);
  stage.clock.now = DAY_BEFORE;
  await run();
  // A draft stays as its brand has read it.
  expect(stage.stored("deliverable").find((one) => one["campaignId"] === campaignId)).toMatchObject({ version: 1 });
  if (publication === "after") await published(stage, campaignId);
  await invited(stage, campaignId, { creatorId: CREATOR_ID });
  await accepted(stage, campaignId, CREATOR_ID);
  stage.clock.now = start;
  await advanced(stage);
  await run();
  await run();
  const told = events().filter(({ detail }) => "campaignId" in detail && detail.campaignId === campaignId);
  expect(told.flatMap((event) => noticesOf(event, "mail").map(({ userId }) => userId))).toEqual([CREATOR_ID]);
});

describe("what is handed in", () => {
  test.each([
    ["a moment before the date", "2026-12-10T11:59:59.999Z", undefined],
    ["from it on", DUE, true],
  ])("%s: late %s", async (_when, now, late) => {
    stage.clock.now = now;
    expect((await submitted(stage, work)).late).toBe(late);
    expect((await unitsOf(stage, work)).map(({ state }) => state)).toContain("submitted");
  });

  test("in a further round is never late: it has a date of its own", async () => {
    const { id } = await submitted(stage, work, { unit: 1 });
    await reviewed(stage, work, id, "changes_requested");
    stage.clock.now = "2026-12-10T12:00:00.001Z";
    const next = await submitted(stage, work, { unit: 1 });
    expect(next).toMatchObject({ round: 2 });
    expect(next).not.toHaveProperty("late");
  });

  test("for a deliverable without a date is never late", async () => {
    const [, other] = await stage.ports.campaigns.deliverables(work.campaignId);
    stage.clock.now = "2026-12-30T00:00:00.000Z";
    expect(await submitted(stage, { ...work, deliverableId: other?.id ?? "" })).not.toHaveProperty("late");
  });
});
