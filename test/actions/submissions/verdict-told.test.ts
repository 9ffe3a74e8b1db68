/** What creators are told of a verdict: what it means for them, and why. */
import { beforeEach, expect, test } from "@jest/globals";
import { parseEvent } from "#shared/domain/events/outbox";
import { noticesOf } from "#shared/domain/notifications/notice";
import { peopled } from "../../support/launched.ts";
import type { TestStage } from "../../support/stage.ts";
import { reviewed, submitted, type Work, working } from "./delivered.ts";

let stage: TestStage;
let work: Work;
beforeEach(async () => {
  stage = await peopled();
  work = await working(stage);
});

async function toldOf(decision: "changes_requested" | "rejected", parts: Parameters<typeof reviewed>[4]) {
  await reviewed(stage, work, (await submitted(stage, work)).id, decision, parts);
  const events = stage.stored("outboxEvent").map(parseEvent);
  return events
    .filter(({ type }) => type === "submission.reviewed")
    .flatMap((event) => noticesOf(event, "inApp").map(({ message }) => message));
}

test("changes to make: what they are, why, and by when, past which the price goes back", async () => {
  expect(await toldOf("changes_requested", { feedback: "Show the shoe", reasons: ["Off brief", "Too dark"] })).toEqual([
    "Hand in the next round by 2026-12-09 12:00 UTC; after that its price goes back to the brand. Reasons: Off brief; Too dark. The brand says: Show the shoe",
  ]);
});

test("a rejection: what becomes of the price, also when the brand writes nothing", async () => {
  expect(await toldOf("rejected", { reasons: ["Off brief"] })).toEqual([
    "Its price goes back to the brand. Reasons: Off brief.",
  ]);
});
