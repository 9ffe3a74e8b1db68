import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { CampaignStatus } from "#shared/domain/campaigns/campaign";
import { UnitState } from "#shared/domain/invitations/participant";
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
  SUBMISSION_ID,
} from "../../support/builders.ts";
import { brand, sequentialIds } from "../../support/stage.ts";

const now = "2026-11-25T12:00:00.000Z";
const waiting = {
  deliverableId: DELIVERABLE_ID,
  unit: 1,
  priceMinor: 3_333,
  state: "submitted" as const,
  rounds: 1,
  submissionId: SUBMISSION_ID,
};

const decide = (decision: ReviewDecision, state: object = {}, feedback?: string) =>
  reviewSubmission(
    {
      campaign: aCampaign({ status: "active" }),
      budget: aBudget({ secured: 10_000 }),
      submission: aSubmission(),
      participant: aParticipant({ units: [waiting] }),
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
    expect(keys[0]).toEqual([`settlement:${CAMPAIGN_ID}:${CREATOR_ID}:${DELIVERABLE_ID}:1`]);
    expect(keys[1]).toEqual(keys[0]);
  });

  const secured = { of: "campaign", campaignId: CAMPAIGN_ID, brandId: BRAND_ID, account: "secured" };
  const toCreator = (account: string) => ({ of: "wallet", userId: CREATOR_ID, account });
  test.each<[ReviewDecision, object, string, object]>([
    ["approved", {}, "transfer", toCreator("pending")],
    ["approved", { creatorHoldDays: 0 }, "transfer", toCreator("payable")],
    ["approved", { status: "completed" }, "transfer", toCreator("pending")],
    ["rejected", {}, "unsecuring", { ...secured, account: "unassigned" }],
    ["rejected", { status: "paused" }, "unsecuring", { ...secured, account: "unassigned" }],
    ["rejected", { status: "completed" }, "release", { of: "wallet", userId: BRAND_ID, account: "available" }],
    ["rejected", { status: "cancelled" }, "release", { of: "wallet", userId: BRAND_ID, account: "available" }],
  ])("%s in %j is a %s", (decision, parts, type, to) => {
    const { change } = decide(decision, { campaign: aCampaign({ status: "active", ...parts }) });
    expect(change.entries).toMatchObject([
      {
        type,
        currency: "USD",
        referenceId: SUBMISSION_ID,
        entries: [
          { account: secured, amount: -3_333 },
          { account: to, amount: 3_333 },
        ],
      },
    ]);
  });

  test("changes asked for move nothing", () => {
    const { change } = decide("changes_requested");
    expect(change.entries).toEqual([]);
    expect(change.events).toMatchObject([{ type: "submission.reviewed", detail: { earned: null } }]);
    expect(change.entities.map(({ entity }) => entity)).toEqual(["submission", "participant", "review"]);
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
        const entries = attempt().change.entries ?? [];
        expect(entries).toHaveLength(decision === "changes_requested" ? 0 : 1);
        for (const { entries } of entries) expect(entries.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
      },
    ),
    { numRuns: 500, seed: 3 },
  );
});
