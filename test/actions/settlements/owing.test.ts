/** Money that comes home to a brand that owes, because a payer's bank took a deposit back. */
import { beforeEach, expect, test } from "@jest/globals";
import { handler as cancelCampaign } from "#lambdas/settlements/cancel-campaign";
import { handler as reviewSubmission } from "#lambdas/submissions/review-submission";
import { BRAND_ID } from "../../support/builders.ts";
import { brokenInvariants, chargedBack, interrupted, peopled } from "../../support/launched.ts";
import { brand, type TestStage } from "../../support/stage.ts";
import { reviewed, submitted, withCampaign, type Work, working } from "../submissions/delivered.ts";

let stage: TestStage;
let work: Work;
let submissionId: string;
beforeEach(async () => {
  stage = await peopled();
  work = await working(stage);
  submissionId = (await submitted(stage, work)).id;
});
const funds = () => stage.ports.wallets.get(BRAND_ID);
const over = () => withCampaign(stage, work, { status: "completed" });
const rejection = () => ({
  actor: brand(),
  path: { campaignId: work.campaignId, submissionId },
  body: { decision: "rejected" as const, reasons: [] },
});

test("a rejection after the end pays first what the brand owes", async () => {
  await over();
  await chargedBack(stage, 7_000);
  await reviewed(stage, work, submissionId, "rejected");
  expect(await funds()).toMatchObject({ available: 3_000, disputesReceivable: 0 });
  expect(await brokenInvariants(stage)).toEqual([]);
});

test("it pays also what the brand comes to owe between the decision and the write", async () => {
  await over();
  await stage.run(
    interrupted(reviewSubmission, () => chargedBack(stage, 12_000)),
    rejection(),
  );
  expect(await funds()).toMatchObject({ available: 0, disputesReceivable: 2_000 });
  expect(await brokenInvariants(stage)).toEqual([]);
});

test("a cancellation pays also what the brand comes to owe between the decision and the write", async () => {
  const late = interrupted(cancelCampaign, () => chargedBack(stage, 70_000));
  await stage.run(late, { actor: brand(), path: { campaignId: work.campaignId } });
  expect(await funds()).toMatchObject({ available: 10_000, disputesReceivable: 0 });
  expect(await brokenInvariants(stage)).toEqual([]);
});

test("while the campaign runs nothing is decided again, whatever is disputed meanwhile", async () => {
  const { contract, run } = interrupted(reviewSubmission, () => chargedBack(stage, 12_000));
  let decisions = 0;
  const counted = { contract, run: (...of: Parameters<typeof run>) => ((decisions += 1), run(...of)) };
  await stage.run(counted, rejection());
  expect([decisions, (await stage.ports.campaigns.budget(work.campaignId))?.unassigned]).toEqual([1, 90_000]);
  expect(await funds()).toMatchObject({ available: 0, disputesReceivable: 12_000 });
});
