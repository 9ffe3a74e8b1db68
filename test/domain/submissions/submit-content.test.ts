import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { CampaignStatus } from "#shared/domain/campaigns/campaign";
import type { Unit } from "#shared/domain/invitations/participant";
import { UnitState } from "#shared/domain/invitations/participant";
import { Refusal } from "#shared/domain/kernel/refusal";
import { subjectOf, submitContent } from "#shared/domain/submissions/submit-content";
import { aCampaign, aParticipant, CREATOR_ID, DELIVERABLE_ID, SUBMISSION_ID } from "../../support/builders.ts";
import { admin, brand, creator, sequentialIds } from "../../support/stage.ts";

const now = "2026-11-25T12:00:00.000Z";
const OTHER = "00000000-0000-4000-8000-0000000000c2";
const unitOf = (parts: Partial<Unit> = {}): Unit => ({
  deliverableId: DELIVERABLE_ID,
  unit: 1,
  priceMinor: 100,
  state: "open",
  rounds: 0,
  ...parts,
});

describe("for whom content is handed in", () => {
  test.each([
    ["a creator", creator(), undefined, CREATOR_ID],
    ["a creator who says so", creator(), CREATOR_ID, CREATOR_ID],
    ["an admin's creator", admin(), OTHER, OTHER],
    [
      "a creator who is an admin too",
      { userId: CREATOR_ID, roles: ["creator", "admin"] as const },
      undefined,
      CREATOR_ID,
    ],
  ])("%s", (_who, actor, named, subject) => {
    expect(subjectOf(actor, named)).toBe(subject);
  });

  test.each([
    ["an admin who does not say", admin(), undefined, "submission.subject_needed"],
    ["a creator who names another", creator(), OTHER, "campaign.not_found"],
    ["a brand that names a creator", brand(), OTHER, "campaign.not_found"],
  ])("is refused to %s", (_who, actor, named, code) => {
    expect(() => subjectOf(actor, named)).toThrow(
      expect.objectContaining({ refusal: expect.objectContaining({ code }) }),
    );
  });
});

/** What comes of content for these units: the submission, or the code of the refusal with the state it names. */
function outcome(units: readonly Unit[], campaign: Parameters<typeof aCampaign>[0] = {}, unit?: number) {
  const state = {
    campaign: aCampaign({ status: "active", ...campaign }),
    participant: aParticipant({ units: [...units] }),
    deliverables: [],
  };
  const input = {
    type: "text" as const,
    text: "content",
    deliverableId: DELIVERABLE_ID,
    ...(unit !== undefined && { unit }),
  };
  try {
    return submitContent(state, input, { actor: creator(), now, newId: sequentialIds() });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [error.refusal.code, error.context.currentState] as const;
  }
}

test("a submission and its participant are one change", () => {
  const made = outcome([unitOf({ rounds: 1, submissionId: SUBMISSION_ID })]);
  expect(made).toMatchObject({
    submission: { round: 2, previousSubmissionId: SUBMISSION_ID },
    change: {
      entities: [
        { entity: "submission", next: { round: 2 } },
        {
          entity: "participant",
          next: { version: 2, units: [{ state: "submitted", rounds: 2, submissionId: expect.any(String) }] },
        },
      ],
      events: [{ type: "submission.created", detail: { round: 2, campaignName: "Autumn" } }],
      audit: { action: "submission.created" },
    },
  });
});

test.each<[string, Unit[], object, number | undefined, readonly [string, string | undefined]]>([
  [
    "a state comes before a rule: closed, and no such unit",
    [],
    { status: "completed" },
    undefined,
    ["submission.campaign_not_open", "completed"],
  ],
  ["no such unit", [unitOf()], {}, 2, ["submission.no_such_unit", undefined]],
  [
    "taken, and closed",
    [unitOf({ state: "approved", rounds: 1 })],
    { status: "completed" },
    1,
    ["submission.unit_taken", "approved"],
  ],
  ["all rounds used", [unitOf({ rounds: 3 })], {}, 1, ["submission.rounds_exhausted", undefined]],
  [
    "untouched, after the end",
    [unitOf()],
    { timeline: { start: now, end: now, timeZone: "UTC" } },
    1,
    ["submission.campaign_not_open", "active"],
  ],
])("refused: %s", (_name, units, campaign, unit, refusal) => {
  expect(outcome(units, campaign, unit)).toEqual(refusal);
});

test("content is taken exactly for open units with rounds left, of a campaign that runs or knows the unit", () => {
  const status = fc.constantFrom(...CampaignStatus.options);
  const unit = fc.record({ state: fc.constantFrom(...UnitState.options), rounds: fc.nat({ max: 4 }) });
  fc.assert(
    fc.property(status, unit, fc.boolean(), (campaignStatus, { state, rounds }, isOver) => {
      const timeline = {
        start: "2026-11-01T00:00:00.000Z",
        end: isOver ? now : "2026-12-01T00:00:00.000Z",
        timeZone: "UTC",
      };
      const made = outcome([unitOf({ state, rounds })], { status: campaignStatus, timeline });
      const running = ["active", "paused"].includes(campaignStatus) && !isOver;
      const taken = state === "open" && rounds < 3 && (running || (rounds > 0 && campaignStatus !== "draft"));
      expect("submission" in made).toBe(taken);
    }),
    { numRuns: 400, seed: 5 },
  );
});
