import { beforeEach, expect, test } from "@jest/globals";
import { handler as followMailFeedback } from "#lambdas/notifications/follow-mail-feedback";
import { systemActor } from "#shared/domain/kernel/actor";
import { untilDecided } from "#shared/runtime/until-decided";
import { bounced, complained } from "../../domain/notifications/feedback.ts";
import { anEvent } from "../../domain/notifications/events.ts";
import { CREATOR_ID } from "../../support/builders.ts";
import { peopled } from "../../support/launched.ts";
import type { TestStage } from "../../support/stage.ts";
import { mailed } from "./deliveries.ts";

const address = `${CREATOR_ID}@example.com`;
let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});

function told(event: unknown): Promise<void> {
  const { now } = stage.clock;
  const occasion = { actor: systemActor("feedback"), now, requestId: "r", newId: stage.newId };
  const ports = stage.granted(followMailFeedback.contract.uses, occasion);
  return untilDecided(() => followMailFeedback.run(occasion, event, ports));
}

test.each([
  ["a permanent bounce", bounced("Permanent", address), 0],
  ["a complaint", complained(address, "abuse"), 0],
  ["a full mailbox", bounced("Transient", address), 1],
  ["a complaint taken back", complained(address, "not-spam"), 1],
  ["somebody else's bounce", bounced("Permanent", "another@example.com"), 1],
])("after %s, told twice at once, mails to the person: %#", async (_what, event, mails) => {
  await Promise.all([told(event), told(event)]);
  const before = stage.table.all();
  await told(event);
  expect(stage.table.all()).toEqual(before);
  await mailed(stage, anEvent("submission.reviewed"));
  expect(stage.mailSender.sent).toHaveLength(mails);
});

test("what is no feedback fails, and ends in the dead-letter queue", async () => {
  await expect(told({ eventType: "Open" })).rejects.toThrow();
});
