import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { CampaignStatus } from "#shared/domain/campaigns/campaign";
import { isUnsettled, UnitState } from "#shared/domain/invitations/participant";
import { Refusal } from "#shared/domain/kernel/refusal";
import { reviewSubmission } from "#shared/domain/submissions/review-submission";
import { ReviewDecision, SubmissionStatus } from "#shared/domain/submissions/submission";
import {
  aBudget,
  aCampaign,
  aParticipant,
  aSubmission,
  BRAND_ID,
  CAMPAIGN_ID,
  CREATOR_ID,
  DELIVERABLE_ID,
  PARTICIPATION_ID,
  SUBMISSION_ID,
} from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
import { brand, sequentialIds } from "../../support/stage.ts";

const now = "2026-11-25T12:00:00.000Z";
const waiting = {
  deliverableId: DELIVERABLE_ID,
  unit: 1,
  priceMinor: 3_333,
  state: "submitted" as const,
  rounds: 1,
  submissionId: SUBMISSION_ID,
  dueAt: "2026-11-30T00:00:00.000Z",
};

const decide = (decision: ReviewDecision, state: object = {}, feedback?: string) =>
  reviewSubmission(
    {
      campaign: aCampaign({ status: "active" }),
      budget: aBudget({ secured: 10_000 }),
      brandWallet: aWallet(),
      submission: aSubmission(),
      participant: aParticipant({ units: [waiting] }),
      payee: { wallet: aWallet({ userId: CREATOR_ID }), fees: [] },
      ...state,
    },
    { decision, reasons: ["r"], ...(feedback !== undefined && { feedback }) },
    { actor: brand(), now, newId: sequentialIds() },
  );

describe("what a decision writes", () => {
  test("a review that says what was decided and why", () => {
    const { review, change } = decide("rejected", {}, "No");
    expect(review).toMatchObject({
      decision: "rejected",
      feedback: "No",
      reasons: ["r"],
      reviewerId: BRAND_ID,
      reviewedAt: now,
    });
    expect(decide("approved").review.feedback).toBeNull();
    expect(change).toMatchObject({
      requires: [{ standing: { status: "active" } }],
      audit: { action: "submission.rejected", changes: [{ before: "pending_review", after: "rejected" }] },
    });
  });

  test("approval and rejection compete for one permanent key", () => {
    const keys = (["approved", "rejected"] as const).map((one) => decide(one).change.entries?.map(({ key }) => key));
    expect(keys[0]).toEqual([`settlement:${PARTICIPATION_ID}:${DELIVERABLE_ID}:1`]);
    expect(keys[1]).toEqual(keys[0]);
  });

  const secured = { of: "campaign", campaignId: CAMPAIGN_ID, brandId: BRAND_ID, account: "secured" };
  const toCreator = (account: string) => ({ of: "wallet", userId: CREATOR_ID, account });
  const spent = [
    { account: { ...secured, account: "spent" }, amount: 3_333 },
    { account: { of: "platform", account: "creator_compensation" }, amount: -3_333 },
  ];
  const back = { account: { ...secured, account: "unassigned" }, amount: 3_333 };
  const home = { account: { of: "wallet", userId: BRAND_ID, account: "available" }, amount: 3_333 };
  test.each<[ReviewDecision, object, string, readonly object[]]>([
    ["approved", {}, "transfer", [...spent, { account: toCreator("pending"), amount: 3_333 }]],
    ["approved", { creatorHoldDays: 0 }, "transfer", [...spent, { account: toCreator("payable"), amount: 3_333 }]],
    ["approved", { status: "completed" }, "transfer", [...spent, { account: toCreator("pending"), amount: 3_333 }]],
    ["rejected", {}, "unsecuring", [back]],
    ["rejected", { status: "paused" }, "unsecuring", [back]],
    ["rejected", { status: "completed" }, "release", [home]],
    ["rejected", { status: "cancelled" }, "release", [home]],
  ])("%s in %j is a %s", (decision, parts, type, lines) => {
    const { change } = decide(decision, { campaign: aCampaign({ status: "active", ...parts }) });
    expect(change.entries).toEqual([
      expect.objectContaining({
        type,
        currency: "USD",
        referenceId: SUBMISSION_ID,
        lines: [{ account: secured, amount: -3_333 }, ...lines],
        settles: [{ participationId: PARTICIPATION_ID, deliverableId: DELIVERABLE_ID, unit: 1 }],
      }),
    ]);
  });

  test("an approval holds on to whether the creator is suspended; a rejection does not care", () => {
    const standing = { standing: { id: CAMPAIGN_ID, status: "active" } };
    const owner = { owner: { userId: CREATOR_ID, ownerStatus: "active" } };
    expect(decide("approved").change.requires).toEqual([standing, owner]);
    expect(decide("rejected").change.requires).toEqual([standing]);
  });

  test("changes asked for move nothing", () => {
    const { change } = decide("changes_requested");
    expect(change.entries).toEqual([]);
    expect(change.events).toMatchObject([{ type: "submission.reviewed", detail: { earned: null } }]);
    expect(change.entities.map(({ entity }) => entity)).toEqual(["submission", "participant", "review"]);
  });

  test("changes asked for say until when the next round is due, on the submission and on the unit alike", () => {
    const { change } = decide("changes_requested", { campaign: aCampaign({ status: "active", resubmissionDays: 14 }) });
    const dueAt = "2026-12-09T12:00:00.000Z";
    const [submission, participant] = change.entities.map(({ next }) => next);
    expect(submission).toMatchObject({ status: "changes_requested", resubmissionDueAt: dueAt });
    expect(participant).toMatchObject({ units: [{ ...waiting, state: "open", dueAt }] });
  });

  test.each([
    [1, 1, false],
    [1, 2, true],
    [2, 3, true],
    [3, 3, false],
    // Of a campaign that once allowed more.
    [3, 2, false],
  ])("in round %d of %d, changes can be asked for: %s; a verdict can be given", (round, maxRounds, asks) => {
    const state = { submission: aSubmission({ round }), campaign: aCampaign({ status: "active", maxRounds }) };
    const ask = () => decide("changes_requested", state);
    if (asks) expect(ask().review).toMatchObject({ decision: "changes_requested" });
    else
      expect(ask).toThrow(
        expect.objectContaining({
          refusal: expect.objectContaining({ code: "submission.rounds_exhausted", kind: "unprocessable" }),
          message: `All ${maxRounds} rounds are used: approve or reject`,
        }),
      );
    for (const verdict of ["approved", "rejected"] as const)
      expect(decide(verdict, state).review).toMatchObject({ decision: verdict });
  });

  test.each([
    ["approved", "approved", "completed"],
    ["rejected", "released", "completed"],
    ["approved", "open", "active"],
    ["rejected", "submitted", "active"],
    ["changes_requested", "approved", "active"],
  ] as const)("%s beside a unit that is %s leaves a participant who is %s", (decision, other, status) => {
    const units = [waiting, { ...waiting, unit: 2, state: other }];
    const { change } = decide(decision, { participant: aParticipant({ units }) });
    expect(change.entities.find(({ entity }) => entity === "participant")?.next).toMatchObject({ status });
  });
});

test("a decision is taken exactly on what waits, and moves the price once or not at all", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...SubmissionStatus.options),
      fc.constantFrom(...UnitState.options),
      fc.constantFrom(...CampaignStatus.options),
      fc.constantFrom(...ReviewDecision.options),
      fc.boolean(),
      (status, state, campaignStatus, decision, isLatest) => {
        const unit = { ...waiting, state, ...(!isLatest && { submissionId: `sub_${"9".repeat(26)}` }) };
        const given = {
          campaign: aCampaign({ status: campaignStatus }),
          submission: aSubmission({ status }),
          participant: aParticipant({ units: [unit] }),
        };
        const attempt = () => decide(decision, given);
        if (status !== "pending_review" || state !== "submitted" || !isLatest) return expect(attempt).toThrow(Refusal);
        const { entries = [], entities } = attempt().change;
        expect(entries).toHaveLength(decision === "changes_requested" ? 0 : 1);
        for (const { lines } of entries) {
          expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
          expect(lines[0]).toMatchObject({ account: { account: "secured" }, amount: -waiting.priceMinor });
        }
        // What is still secured has a date, what is settled has none.
        const participant = entities.find((one) => one.entity === "participant");
        for (const unit of participant?.next?.units ?? []) expect(unit.dueAt !== undefined).toBe(isUnsettled(unit));
      },
    ),
    { numRuns: 500, seed: 3 },
  );
});
