import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as reviewSubmission } from "#lambdas/submissions/review-submission";
import { reviewSubmission as contract } from "#shared/contracts/submissions";
import type { ReviewDecision } from "#shared/domain/submissions/submission";
import { BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
import { admin, brand, type TestStage } from "../../support/stage.ts";
import { auditRows, brokenInvariants, END, expectRefused, interrupted, peopled } from "../../support/launched.ts";
import { reviewed, settlements, submitted, unitsOf, withCampaign, type Work, working } from "./delivered.ts";

let stage: TestStage;
let work: Work;
let submissionId: string;
beforeEach(() => begin());

async function begin(parts: object = {}): Promise<void> {
  stage = await peopled();
  work = await working(stage, parts);
  submissionId = (await submitted(stage, work)).id;
}

const decide = (decision: ReviewDecision, parts: Parameters<typeof reviewed>[4] = {}) =>
  reviewed(stage, work, submissionId, decision, parts);
const stored = () => stage.ports.submissions.get(work.campaignId, submissionId);
const budget = () => stage.ports.campaigns.budget(work.campaignId);
const earnings = async () => (await stage.ports.earnings.ofCreator(CREATOR_ID, {}, { limit: 25 })).items;
const eventOf = (type: string) => stage.table.all().find((item) => item["type"] === type)?.["detail"];

describe("an approval", () => {
  test("pays the creator out of what was secured, on hold", async () => {
    const review = await decide("approved", { feedback: "Lovely" });
    expect(contract.reply.parse(review)).toEqual({
      id: review.id,
      campaignId: work.campaignId,
      submissionId,
      reviewerId: BRAND_ID,
      decision: "approved",
      feedback: "Lovely",
      reasons: [],
      reviewedAt: "2026-11-25T12:00:00.000Z",
    });
    expect(await stored()).toMatchObject({ status: "approved", version: 2 });
    expect(await unitsOf(stage, work)).toMatchObject([{ state: "approved" }, { state: "open" }]);
    expect(await budget()).toMatchObject({ unassigned: 80_000, secured: 10_000, spent: 10_000 });
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ available: 0, reserved: 90_000 });
    expect(await stage.ports.wallets.get(CREATOR_ID)).toMatchObject({ pending: 10_000, payable: 0 });
    expect(await earnings()).toEqual([
      expect.objectContaining({
        campaignId: work.campaignId,
        campaignName: "Autumn",
        deliverableId: work.deliverableId,
        unit: 1,
        submissionId,
        amount: { amount: 10_000, currency: "USD" },
        status: "pending",
        availableAt: "2026-12-02T12:00:00.000Z",
      }),
    ]);
    const participationId = (await stage.ports.participants.get(work.campaignId, CREATOR_ID))?.id;
    const key = `settlement:${participationId}:${work.deliverableId}:1`;
    expect(settlements(stage)).toEqual([expect.objectContaining({ key, type: "transfer", referenceId: submissionId })]);
    expect(eventOf("submission.reviewed")).toMatchObject({
      decision: "approved",
      feedback: "Lovely",
      creatorId: CREATOR_ID,
      earned: { amount: 10_000, currency: "USD" },
    });
    expect(stage.outbox()).not.toContain("earning.available");
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("without a hold is at once available, and the creator hears of it", async () => {
    await begin({ creatorHoldDays: 0 });
    await decide("approved");
    expect(await stage.ports.wallets.get(CREATOR_ID)).toMatchObject({ pending: 0, payable: 10_000 });
    const [earning] = await earnings();
    expect(earning).toMatchObject({ status: "available", availableAt: stage.clock.now });
    expect(eventOf("earning.available")).toMatchObject({ earningId: earning?.id, campaignName: "Autumn" });
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("holds the share of a creator who is suspended, also with no hold to wait for", async () => {
    await begin({ creatorHoldDays: 0 });
    await stage.given("wallet", aWallet({ userId: CREATOR_ID, ownerStatus: "suspended" }));
    await decide("approved");
    expect(await stage.ports.wallets.get(CREATOR_ID)).toMatchObject({ pending: 10_000, payable: 0 });
    expect(await earnings()).toMatchObject([{ status: "pending" }]);
    expect(stage.outbox()).not.toContain("earning.available");
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("holds the share also when the creator is suspended between the decision and the write", async () => {
    await begin({ creatorHoldDays: 0 });
    const suspend = () => stage.given("wallet", aWallet({ userId: CREATOR_ID, ownerStatus: "suspended" }));
    const path = { campaignId: work.campaignId, submissionId };
    const body = { decision: "approved" as const, reasons: [] };
    await stage.run(interrupted(reviewSubmission, suspend), { actor: brand(), path, body });
    expect(await stage.ports.wallets.get(CREATOR_ID)).toMatchObject({ pending: 10_000, payable: 0 });
  });

  test("pays the house its fee out of the creator's share", async () => {
    stage.fees.push({ from: stage.clock.now, basisPoints: 1_500 });
    await decide("approved");
    expect(await stage.ports.wallets.get(CREATOR_ID)).toMatchObject({ pending: 8_500 });
    expect(await budget()).toMatchObject({ secured: 10_000, spent: 10_000 });
    expect(await earnings()).toMatchObject([{ amount: { amount: 8_500 } }]);
    const types = (await stage.ports.wallets.transactions(CREATOR_ID, {}, { limit: 5 })).items.map(({ type }) => type);
    expect(types.sort()).toEqual(["fee", "transfer"]);
    expect(settlements(stage)).toHaveLength(1);
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("of the last unit completes the participation", async () => {
    await decide("approved");
    const participant = () => stage.ports.participants.get(work.campaignId, CREATOR_ID);
    expect(await participant()).toMatchObject({ status: "active" });
    const last = await submitted(stage, work);
    await reviewed(stage, work, last.id, "rejected");
    expect(await participant()).toMatchObject({ status: "completed" });
    expect(await budget()).toMatchObject({ unassigned: 90_000, secured: 0, spent: 10_000 });
  });

  test("by an admin is recorded as on the brand's behalf", async () => {
    await decide("approved", { actor: admin() });
    expect(auditRows(stage, "submission.approved")).toEqual([
      expect.objectContaining({ actorId: admin().userId, onBehalfOf: BRAND_ID }),
    ]);
  });

  test.each(["paused", "completed", "cancelled"])("pays in a campaign that is %s", async (status) => {
    await withCampaign(stage, work, { status });
    await decide("approved");
    expect(await stage.ports.wallets.get(CREATOR_ID)).toMatchObject({ pending: 10_000 });
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("loses nothing when the creator's wallet cannot take the money", async () => {
    await stage.given("wallet", aWallet({ userId: CREATOR_ID, currency: "EUR" }));
    await expectRefused(stage, () => decide("approved"), "request.contended");
  });
});

describe("a rejection", () => {
  test("gives the price back to the campaign, to be promised to somebody else", async () => {
    await decide("rejected", { feedback: "Off brief" });
    expect(await stored()).toMatchObject({ status: "rejected" });
    expect(await unitsOf(stage, work)).toMatchObject([{ state: "rejected" }, { state: "open" }]);
    expect(await budget()).toMatchObject({ unassigned: 90_000, secured: 10_000, spent: 0 });
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ available: 0, reserved: 100_000 });
    expect(settlements(stage)).toEqual([expect.objectContaining({ type: "unsecuring" })]);
    expect(eventOf("submission.reviewed")).toMatchObject({ decision: "rejected", earned: null });
    expect(await earnings()).toEqual([]);
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test.each([
    ["is completed", () => withCampaign(stage, work, { status: "completed" })],
    ["is cancelled", () => withCampaign(stage, work, { status: "cancelled" })],
    ["is over by the clock", () => Promise.resolve(void (stage.clock.now = END))],
  ])("in a campaign that %s sends the price home to the brand", async (_when, end) => {
    await end();
    await decide("rejected");
    expect(await budget()).toMatchObject({ unassigned: 80_000, secured: 10_000, spent: 0 });
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ available: 10_000, reserved: 90_000 });
    expect(settlements(stage)).toEqual([expect.objectContaining({ type: "release" })]);
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("that was decided before the campaign ended and is written after it sends the price home too", async () => {
    const end = () => withCampaign(stage, work, { status: "completed", version: 9 });
    const path = { campaignId: work.campaignId, submissionId };
    const body = { decision: "rejected" as const, reasons: [] };
    await stage.run(interrupted(reviewSubmission, end), { actor: brand(), path, body });
    expect(await stage.ports.wallets.get(BRAND_ID)).toMatchObject({ available: 10_000 });
  });
});

test("asking for changes opens the unit again and moves no money", async () => {
  const before = [await budget(), await stage.ports.wallets.get(BRAND_ID), await stage.ports.wallets.get(CREATOR_ID)];
  await decide("changes_requested", { feedback: "Brighter" });
  const dueAt = "2026-12-09T12:00:00.000Z";
  expect(await unitsOf(stage, work)).toMatchObject([
    { state: "open", rounds: 1, submissionId, dueAt },
    { state: "open", dueAt: END },
  ]);
  expect(await stored()).toMatchObject({ resubmissionDueAt: dueAt });
  expect([await budget(), await stage.ports.wallets.get(BRAND_ID), await stage.ports.wallets.get(CREATOR_ID)]).toEqual(
    before,
  );
  expect(settlements(stage)).toEqual([]);
  await expectRefused(stage, () => decide("approved"), "submission.already_settled", "changes_requested");
  const next = await submitted(stage, work);
  await expectRefused(stage, () => decide("rejected"), "submission.already_settled", "changes_requested");
  await reviewed(stage, work, next.id, "approved");
  expect(await brokenInvariants(stage)).toEqual([]);
});

describe("at the same moment", () => {
  const decisions = (["approved", "rejected", "approved", "rejected"] as const).flatMap((one) =>
    Array<typeof one>(5).fill(one),
  );

  test.each([0, 1])("twenty decisions settle the unit once; the losers learn how (%d)", async (turn) => {
    const order = turn === 0 ? decisions : decisions.toReversed();
    const attempts = await Promise.allSettled(order.map((decision) => decide(decision)));
    const won = attempts.flatMap((one) => (one.status === "fulfilled" ? [one.value.decision] : []));
    const lost = attempts.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect([won.length, lost.length]).toEqual([1, 19]);
    for (const reason of lost)
      expect(reason).toMatchObject({
        refusal: { code: "submission.already_settled" },
        context: { currentState: won[0] },
      });
    expect(settlements(stage)).toHaveLength(1);
    const paid = won[0] === "approved" ? 10_000 : 0;
    expect(await earnings()).toHaveLength(paid === 0 ? 0 : 1);
    expect(await stage.ports.wallets.get(CREATOR_ID)).toMatchObject({ pending: paid });
    expect(await budget()).toMatchObject({ spent: paid, secured: 10_000, unassigned: 90_000 - paid });
    expect((await stage.ports.submissions.reviews(work.campaignId, submissionId, { limit: 25 })).items).toHaveLength(1);
    expect(stage.outbox().filter((type) => type === "submission.reviewed")).toHaveLength(1);
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("units of one participant settle one after the other, all of them", async () => {
    const second = await submitted(stage, work);
    await Promise.all([decide("approved"), reviewed(stage, work, second.id, "approved")]);
    expect(await stage.ports.wallets.get(CREATOR_ID)).toMatchObject({ pending: 20_000 });
    expect(await stage.ports.participants.get(work.campaignId, CREATOR_ID)).toMatchObject({ status: "completed" });
    expect(await brokenInvariants(stage)).toEqual([]);
  });
});
