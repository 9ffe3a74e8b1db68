import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Unit } from "#shared/domain/invitations/participant";
import { isUnsettled, UnitState } from "#shared/domain/invitations/participant";
import { systemActor } from "#shared/domain/kernel/actor";
import { overdueUnits, settleOverdue } from "#shared/domain/settlements/settle-overdue";
import {
  aBudget,
  aCampaign,
  aDispute,
  aParticipant,
  aSubmission,
  BRAND_ID,
  CAMPAIGN_ID,
  CREATOR_ID,
  DELIVERABLE_ID,
  SUBMISSION_ID,
} from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
import { sequentialIds } from "../../support/stage.ts";

const now = "2026-12-31T00:00:00.000Z";
const earlier = "2026-12-30T23:59:59.999Z";
const occasion = { actor: systemActor("job"), now, newId: sequentialIds() };
const overdue = {
  campaignId: CAMPAIGN_ID,
  creatorId: CREATOR_ID,
  deliverableId: DELIVERABLE_ID,
  unit: 1,
  submissionId: SUBMISSION_ID,
};
const aUnit = (parts: Partial<Unit> = {}): Unit => ({
  deliverableId: DELIVERABLE_ID,
  unit: 1,
  priceMinor: 5_000,
  state: "submitted",
  rounds: 1,
  submissionId: SUBMISSION_ID,
  dueAt: now,
  ...parts,
});
const stateOf = (unit: Unit, parts: object = {}) => ({
  campaign: aCampaign({ status: "active" }),
  budget: aBudget({ status: "active", secured: 5_000 }),
  brandWallet: aWallet(),
  participant: aParticipant({ units: [unit] }),
  submission: aSubmission(),
  dispute: undefined,
  payee: { wallet: aWallet({ userId: CREATOR_ID }), fees: [] },
  ...parts,
});

describe("on its date", () => {
  const changes = aSubmission({ status: "changes_requested" });
  const frozen = aSubmission({ status: "disputed" });
  /** In its opener's own turn. */
  const dispute = (openedFrom: "pending_review" | "changes_requested") =>
    aDispute({ dueAt: now, openedFrom, openedBy: openedFrom === "pending_review" ? BRAND_ID : CREATOR_ID });
  test.each<[string, Partial<Unit>, object, string, string]>([
    ["submitted content", {}, {}, "approved", "transfer"],
    ["an open round", { state: "open" }, { submission: changes }, "released", "release"],
    [
      "what is disputed",
      { state: "disputed" },
      { submission: frozen, dispute: dispute("pending_review") },
      "approved",
      "transfer",
    ],
    [
      "disputed changes",
      { state: "disputed" },
      { submission: frozen, dispute: dispute("changes_requested") },
      "released",
      "release",
    ],
  ])("%s is settled as silence would have it: case %#", (_, unit, parts, outcome, type) => {
    const settled = settleOverdue(stateOf(aUnit(unit), parts), overdue, occasion);
    expect(settled?.outcome).toBe(outcome);
    const written = (name: string) => settled?.change.entities.find(({ entity }) => entity === name)?.next;
    expect(written("submission")).toMatchObject({ status: outcome });
    expect(written("participant")).toMatchObject({ status: "completed", units: [{ state: outcome }] });
    expect(settled?.change.entries).toMatchObject([{ type, settles: [{ unit: 1 }] }]);
    expect(settled?.change.audit).toBeDefined();
  });

  test("silence approves also where all of it is the house's: nothing is earned", () => {
    const payee = { wallet: aWallet({ userId: CREATOR_ID }), fees: [{ from: earlier, basisPoints: 10_000 }] };
    const settled = settleOverdue(stateOf(aUnit(), { payee }), overdue, occasion);
    expect(settled?.change.events).toMatchObject([
      { type: "submission.deemed_approved", detail: { earned: { amount: 0 } } },
    ]);
    expect(settled?.change.entities.map(({ entity }) => entity)).not.toContain("earning");
  });

  test("a unit that nobody began is released with the others like it", () => {
    const { submissionId: _, ...untouched } = aUnit({ state: "open", rounds: 0 });
    const { submissionId: __, ...one } = overdue;
    const units = [untouched, { ...untouched, unit: 2 }];
    const settled = settleOverdue(stateOf(untouched, { participant: aParticipant({ units }) }), one, occasion);
    expect(settled?.change.entries).toMatchObject([{ settles: [{ unit: 1 }, { unit: 2 }] }]);
  });
});

test("nothing happens before its date, to what somebody else settled, or to a later round", () => {
  const later = `sub_${"9".repeat(26)}`;
  fc.assert(
    fc.property(
      fc.constantFrom(...UnitState.options),
      fc.constantFrom(earlier, now),
      fc.constantFrom(SUBMISSION_ID, later),
      (state, at, submissionId) => {
        const unit = aUnit({ state, submissionId });
        const unsettled = isUnsettled(unit);
        const submission = aSubmission({
          status: state === "submitted" ? "pending_review" : state === "open" ? "changes_requested" : "disputed",
        });
        const dispute = aDispute({ dueAt: now });
        const settled = settleOverdue(stateOf(unit, { submission, dispute }), overdue, { ...occasion, now: at });
        expect(settled !== undefined).toBe(unsettled && at === now && submissionId === SUBMISSION_ID);
      },
    ),
    { numRuns: 200, seed: 5 },
  );
});

test("units are found by their own dates", async () => {
  const units = [aUnit(), aUnit({ unit: 2, dueAt: "2027-01-01T00:00:00.000Z" }), aUnit({ unit: 3, state: "approved" })];

  const participants = async function* () {
    yield aParticipant({ units });
  };
  const found: number[] = [];
  for await (const { unit } of overdueUnits(participants(), now)) found.push(unit);
  expect(found).toEqual([1]);
});
