import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { CampaignStatus } from "#shared/domain/campaigns/campaign";
import { InvitationStatus } from "#shared/domain/invitations/invitation";
import { type Actor, systemActor } from "#shared/domain/kernel/actor";
import { dueStep, type Guard, type Lifecycle, notDue, stopsOf, transition } from "#shared/domain/kernel/lifecycle";
import { accessRefusals, lifecycleRefusals } from "#shared/domain/kernel/refusals";
import { lifecycles } from "#shared/domain/lifecycles";
import { DisputeStatus } from "#shared/domain/disputes/dispute";
import { InquiryStatus } from "#shared/domain/inquiries/inquiry";
import { PayoutStatus } from "#shared/domain/payouts/payout";
import { RefundStatus } from "#shared/domain/refunds/refund";
import { SubmissionStatus } from "#shared/domain/submissions/submission";
import { ExportStatus } from "#shared/domain/exports/export";
import { DepositStatus } from "#shared/domain/deposits/deposit";
import { sequentialIds } from "../support/stage.ts";

const statusesOf: Readonly<Record<keyof typeof lifecycles, readonly string[]>> = {
  campaign: CampaignStatus.options,
  invitation: InvitationStatus.options,
  submission: SubmissionStatus.options,
  dispute: DisputeStatus.options,
  inquiry: InquiryStatus.options,
  deposit: DepositStatus.options,
  refund: RefundStatus.options,
  payout: PayoutStatus.options,
  export: ExportStatus.options,
};
const tables: readonly [string, Lifecycle<string>, readonly string[]][] = [
  ["campaign", lifecycles.campaign, statusesOf.campaign],
  ["invitation", lifecycles.invitation, statusesOf.invitation],
  ["submission", lifecycles.submission, statusesOf.submission],
  ["dispute", lifecycles.dispute, statusesOf.dispute],
  ["inquiry", lifecycles.inquiry, statusesOf.inquiry],
  ["deposit", lifecycles.deposit, statusesOf.deposit],
  ["refund", lifecycles.refund, statusesOf.refund],
  ["payout", lifecycles.payout, statusesOf.payout],
  ["export", lifecycles.export, statusesOf.export],
];

const now = "2026-01-02T00:00:00.000Z";
const by = (actor: Actor) => ({ actor, now, newId: sequentialIds() });
const actorsOf: Readonly<Record<string, Actor>> = {
  brand: { userId: "b", roles: ["brand"] },
  creator: { userId: "c", roles: ["creator"] },
  admin: { userId: "a", roles: ["admin"] },
  system: systemActor("job"),
  nobody: { userId: "n", roles: [] },
};
const names = Object.keys(actorsOf);
const thing = (status: string) => ({ status, updatedAt: "2026-01-01T00:00:00.000Z" });
/** A guard that a test decides about. */
const guarded = (holds: boolean): Guard<string> => ({
  says: "the test says so",
  refuses: [lifecycleRefusals.notDue],
  stops: (facts) => (holds ? [] : [notDue(facts)]),
});

test("every lifecycle of the register is looked at", () => {
  expect(tables.map(([name]) => name)).toEqual(Object.keys(lifecycles));
});

test.each(tables)(
  "a %s changes its status only as its table says, and by whom it says",
  (_name, lifecycle, statuses) => {
    const steps = Object.values(lifecycle).map(({ guard: _guard, ...step }) => step);
    const anyone = fc.constantFrom(...names);
    fc.assert(
      fc.property(fc.constantFrom(...statuses), fc.constantFrom(...steps), anyone, (status, step, name) => {
        const move = () => transition(thing(status), step, by(actorsOf[name] as Actor));
        const { from, to, otherwise, exactly, who } = step;
        if (!from.includes(status)) {
          const refusal = exactly?.[status] ?? otherwise;
          expect(move).toThrow(expect.objectContaining({ refusal, context: { currentState: status } }));
        } else if (!who.some((one) => one === name))
          expect(move).toThrow(expect.objectContaining({ refusal: accessRefusals.roleNotAllowed }));
        else expect(move()).toEqual({ status: to, updatedAt: now });
      }),
      { numRuns: 600, seed: 11 },
    );
  },
);

test.each(tables)("a guard has the last word about a %s, on the facts it is given", (_name, lifecycle, statuses) => {
  const steps = Object.values(lifecycle);
  fc.assert(
    fc.property(fc.constantFrom(...statuses), fc.constantFrom(...steps), fc.boolean(), (status, step, holds) => {
      const own = { ...step, guard: guarded(holds) };
      const allowed = step.from.includes(status);
      const actor = actorsOf[step.who[0] ?? "nobody"] as Actor;
      const move = () => transition(thing(status), own, by(actor), "told");
      expect(dueStep(thing(status), [own], by(actor), "told")).toBe(allowed && holds ? own : undefined);
      expect(stopsOf(thing(status), own, by(actor), "told")).toHaveLength(Number(!allowed) + Number(!holds));
      if (allowed && holds) expect(move().status).toBe(step.to);
      else if (allowed) expect(move).toThrow("told");
      else expect(move).toThrow(expect.objectContaining({ refusal: step.exactly?.[status] ?? step.otherwise }));
    }),
    { numRuns: 300, seed: 12 },
  );
});

test("facts are demanded exactly when a step has a guard", () => {
  const step = { from: ["a"], to: "b", who: ["admin"], otherwise: accessRefusals.noAccount } as const;
  const admin = by(actorsOf["admin"] as Actor);
  const thingAtA = { status: "a" as "a" | "b", updatedAt: now };
  const withGuard = { ...step, guard: guarded(true) };
  expect(transition(thingAtA, step, admin).status).toBe("b");
  expect(transition(thingAtA, withGuard, admin, "facts").status).toBe("b");
  // @ts-expect-error a guard looks at facts
  expect(transition(thingAtA, withGuard, admin).status).toBe("b");
  // @ts-expect-error these are not the guard's facts
  expect(transition(thingAtA, withGuard, admin, 7).status).toBe("b");
  // @ts-expect-error nobody looks at facts
  expect(transition(thingAtA, step, admin, "facts").status).toBe("b");
});

test.each(tables)(
  "a %s has only statuses it knows, and every step leads somewhere else",
  (_name, lifecycle, statuses) => {
    for (const { from, to, who } of Object.values(lifecycle)) {
      expect(statuses).toEqual(expect.arrayContaining([...from, to]));
      expect(from).not.toContain(to);
      expect(who.length).toBeGreaterThan(0);
    }
  },
);

test("nothing leaves a settled submission, an ended campaign or an ended deposit", () => {
  const leaving = (lifecycle: Lifecycle<string>, status: string) =>
    Object.values(lifecycle).filter(({ from }) => from.includes(status));
  // But for an appeal against a dispute's decision, which an admin decides.
  const { reinstate, overturn } = lifecycles.submission;
  expect(leaving(lifecycles.submission, "approved")).toEqual([overturn]);
  expect(leaving(lifecycles.submission, "rejected")).toEqual([reinstate]);
  expect(leaving(lifecycles.submission, "released")).toEqual([]);
  for (const status of ["closed", "expired"]) expect(leaving(lifecycles.dispute, status)).toEqual([]);
  for (const status of ["completed", "cancelled"]) expect(leaving(lifecycles.campaign, status)).toEqual([]);
  for (const status of ["completed", "failed"]) expect(leaving(lifecycles.deposit, status)).toEqual([]);
});
