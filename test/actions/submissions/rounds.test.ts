import { expect, test } from "@jest/globals";
import { brokenInvariants, expectRefused, peopled } from "../../support/launched.ts";
import { reviewed, submitted, unitsOf, withCampaign, working } from "./delivered.ts";

test("in the last round there is nothing left to ask for, and after it nothing is taken", async () => {
  const stage = await peopled();
  const work = await working(stage);
  await withCampaign(stage, work, { maxRounds: 2 });
  const first = await submitted(stage, work, { unit: 1 });
  await reviewed(stage, work, first.id, "changes_requested");
  const last = await submitted(stage, work, { unit: 1 });
  // There is no other round that could be asked for: the last one is decided.
  const ask = () => reviewed(stage, work, last.id, "changes_requested");
  await expectRefused(stage, ask, "submission.rounds_exhausted", "pending_review");
  await expectRefused(stage, () => submitted(stage, work, { unit: 1 }), "submission.unit_taken", "submitted");
  // Of a campaign that allowed more when changes were asked for.
  const other = await submitted(stage, work, { unit: 2 });
  await reviewed(stage, work, other.id, "changes_requested");
  await withCampaign(stage, work, { maxRounds: 1 });
  await expectRefused(stage, () => submitted(stage, work, { unit: 2 }), "submission.rounds_exhausted");
});

test("the last round is decided, and the unit is settled by it", async () => {
  const stage = await peopled();
  const work = await working(stage, { maxRounds: 1 });
  const { id } = await submitted(stage, work, { unit: 1 });
  await expectRefused(stage, () => reviewed(stage, work, id, "changes_requested"), "submission.rounds_exhausted");
  await reviewed(stage, work, id, "rejected");
  const [first] = await unitsOf(stage, work);
  expect(first).toMatchObject({ state: "rejected", rounds: 1 });
  expect(first).not.toHaveProperty("dueAt");
  expect(await brokenInvariants(stage)).toEqual([]);
});
