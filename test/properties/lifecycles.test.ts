import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { campaignLifecycle } from "#shared/domain/campaigns/lifecycle";
import { CampaignStatus } from "#shared/domain/campaigns/campaign";
import { invitationLifecycle } from "#shared/domain/invitations/lifecycle";
import { InvitationStatus } from "#shared/domain/invitations/invitation";
import { type Lifecycle, transition } from "#shared/domain/kernel/lifecycle";
import { submissionLifecycle } from "#shared/domain/submissions/lifecycle";
import { SubmissionStatus } from "#shared/domain/submissions/submission";

const lifecycles: readonly [string, Lifecycle<string>, readonly string[]][] = [
  ["campaign", campaignLifecycle, CampaignStatus.options],
  ["invitation", invitationLifecycle, InvitationStatus.options],
  ["submission", submissionLifecycle, SubmissionStatus.options],
];

test.each(lifecycles)("a %s changes its status only as its table says", (_name, lifecycle, statuses) => {
  const steps = Object.values(lifecycle);
  fc.assert(
    fc.property(fc.constantFrom(...statuses), fc.constantFrom(...steps), (status, step) => {
      const thing = { status, updatedAt: "2026-01-01T00:00:00.000Z" };
      const move = () => transition(thing, step, "2026-01-02T00:00:00.000Z");
      if (step.from.includes(status))
        expect(move()).toEqual({ status: step.to, updatedAt: "2026-01-02T00:00:00.000Z" });
      else
        expect(move).toThrow(expect.objectContaining({ refusal: step.otherwise, context: { currentState: status } }));
    }),
    { numRuns: 300, seed: 11 },
  );
});

test.each(lifecycles)(
  "a %s has only statuses it knows, and every step leads somewhere else",
  (_name, lifecycle, statuses) => {
    for (const { from, to, who } of Object.values(lifecycle)) {
      expect(statuses).toEqual(expect.arrayContaining([...from, to]));
      expect(from).not.toContain(to);
      expect(who.length).toBeGreaterThan(0);
    }
  },
);

test("nothing leaves a settled submission, or an ended campaign", () => {
  const leaving = (lifecycle: Lifecycle<string>, status: string) =>
    Object.values(lifecycle).filter(({ from }) => from.includes(status));
  for (const status of ["approved", "rejected"]) expect(leaving(submissionLifecycle, status)).toEqual([]);
  for (const status of ["completed", "cancelled"]) expect(leaving(campaignLifecycle, status)).toEqual([]);
});
