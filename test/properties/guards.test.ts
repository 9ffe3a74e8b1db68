/** What a guard says it may refuse is what it does refuse: no other, and each of them first for some facts. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import * as campaigns from "#shared/domain/campaigns/guards";
import { CampaignStatus } from "#shared/domain/campaigns/campaign";
import * as disputes from "#shared/domain/disputes/guards";
import * as inquiries from "#shared/domain/inquiries/guards";
import * as invitations from "#shared/domain/invitations/guards";
import type { Entities } from "#shared/domain/entities";
import { UnitState } from "#shared/domain/invitations/participant";
import { systemActor } from "#shared/domain/kernel/actor";
import { type Guard, transition, type Transition } from "#shared/domain/kernel/lifecycle";
import { requestRefusals } from "#shared/domain/kernel/refusals";
import { lifecycles } from "#shared/domain/lifecycles";
import * as submissions from "#shared/domain/submissions/guards";
import * as wallets from "#shared/domain/deposits/guards";
import type { Payment } from "#shared/domain/processor/payment";
import {
  aBudget,
  aCampaign,
  aDeliverable,
  aDispute,
  anAccount,
  anInvitation,
  aParticipant,
  aSubmission,
  BRAND_ID,
  CREATOR_ID,
  DELIVERABLE_ID,
  SUBMISSION_ID,
} from "../support/builders.ts";
import { aConversion, anInquiry } from "../support/conversion-builders.ts";
import { aDeposit, aWallet } from "../support/money-builders.ts";
import { sequentialIds } from "../support/stage.ts";

const occasion = { actor: systemActor("job"), now: "2026-06-15T00:00:00.000Z", newId: sequentialIds() };

const instant = fc.constantFrom("2026-06-01T00:00:00.000Z", occasion.now, "2026-07-01T00:00:00.000Z");
const campaign = fc
  .record({ status: fc.constantFrom(...CampaignStatus.options), start: instant, end: instant })
  .map(({ status, start, end }) => aCampaign({ status, timeline: { start, end, timeZone: "UTC" } }));
const wallet = fc.option(
  fc
    .record({
      available: fc.constantFrom(0, 99_999, 100_000),
      currency: fc.constantFrom("USD" as const, "EUR" as const),
      ownerStatus: fc.constantFrom("active" as const, "suspended" as const),
    })
    .map(aWallet),
  { nil: undefined },
);
const amount = fc.constantFrom(0, 1, 100_000);
const budget = fc.record({ spent: amount, unassigned: amount, secured: amount }).map(aBudget);
const deliverables = fc.constantFrom([], [aDeliverable()]);
const invitation = instant.map((expiresAt) => anInvitation({ expiresAt }));

const publication = fc.record({ campaign, deliverables, wallet });
const running = fc.record({ campaign, budget });
const banned = fc.record({
  campaign: fc
    .tuple(campaign, fc.boolean())
    .map(([one, byBan]) => ({ ...one, ...(byBan && { pausedForBan: true as const }) })),
  budget,
  account: fc.constantFrom(anAccount(), anAccount({ status: "suspended" })),
});
const funding = fc.record({ campaign, budget, wallet });
const participant = fc.constantFrom(undefined, aParticipant(), aParticipant({ units: [] }));
const offer = fc.record({ invitation, campaign, budget, wallet, brandWallet: wallet, participant });
const dispute = fc
  .record({ at: instant, decided: fc.boolean(), appealed: fc.boolean() })
  .map(({ at, decided, appealed }) =>
    aDispute({
      dueAt: at,
      decisions: decided
        ? [
            {
              creatorShare: { amount: 1, currency: "USD" },
              reason: "r",
              decidedBy: BRAND_ID,
              decidedAt: at,
              isFinal: false,
            },
          ]
        : [],
      ...(appealed && { appeal: { by: BRAND_ID, at, reason: "r", dueAt: at } }),
    }),
  );
const earning = fc.constantFrom(undefined, { status: "pending" }, { status: "available" }) as fc.Arbitrary<
  Entities["earning"] | undefined
>;
const appeal = fc.record({ dispute, earning });
const payment = fc
  .record({ status: fc.constantFrom("pending", "succeeded", "canceled"), received: amount })
  .map(({ status, received }): Payment => ({
    paymentIntentId: "pi_1",
    clientSecret: "pi_1_secret",
    status,
    amount: { amount: 100_000, currency: "USD" },
    received: { amount: received, currency: "USD" },
    customerId: undefined,
    metadata: {},
  }));
const misfit = fc
  .record({ payment, noted: fc.constantFrom(undefined, "pi_1", "pi_2") })
  .map(({ payment: paid, noted }) => {
    const { status: paymentStatus, amount: asked, received } = paid;
    const mismatch = { reason: "amount", paymentStatus, amount: asked, received, at: occasion.now } as const;
    const id = aDeposit().id;
    return {
      payment: { ...paid, customerId: "cus_1", metadata: { depositId: id, userId: BRAND_ID } },
      deposit: aDeposit({ amount: asked, ...(noted && { mismatch: { ...mismatch, paymentIntentId: noted } }) }),
    };
  });
const review = fc
  .record({
    state: fc.constantFrom(...UnitState.options),
    submissionId: fc.constantFrom(SUBMISSION_ID, undefined),
    round: fc.integer({ min: 1, max: 3 }),
    resumed: fc.constantFrom({}, { resumedAt: occasion.now }),
    status: fc.constantFrom("active" as const, "inactive" as const),
  })
  .map(({ state, submissionId, round, resumed, status }) => ({
    campaign: aCampaign({ maxRounds: 3 }),
    budget: aBudget(),
    submission: aSubmission({ round, ...resumed }),
    participant: aParticipant({
      status,
      units: [
        {
          deliverableId: DELIVERABLE_ID,
          unit: 1,
          priceMinor: 1,
          rounds: 1,
          state,
          ...(submissionId && { submissionId }),
        },
      ],
    }),
  }));

const inquired = fc
  .record({ creatorId: fc.constantFrom(CREATOR_ID, BRAND_ID), isThere: fc.boolean(), isNamed: fc.boolean() })
  .map(({ creatorId, isThere, isNamed }) => ({
    inquiry: anInquiry({ creatorId }),
    conversion: isThere ? aConversion() : undefined,
    conversionId: isNamed ? aConversion().id : "another",
  }));

/** A guard with facts of every kind it looks at, as one that looks at nothing. */
const looking = <F>(guard: Guard<F>, facts: fc.Arbitrary<F>) =>
  [guard.says, guard, facts.map((one) => guard.stops(one, occasion))] as const;

const guards = [
  looking(campaigns.readyToSchedule, publication),
  looking(campaigns.readyToLaunch, publication),
  looking(campaigns.startHasCome, running),
  looking(campaigns.endHasCome, running),
  looking(campaigns.budgetIsSpent, running),
  looking(campaigns.notEnded, running),
  looking(campaigns.readyToResume, funding),
  looking(campaigns.readyToCancel, funding),
  looking(campaigns.brandIsBanned, banned),
  looking(campaigns.banIsOver, banned),
  looking(disputes.mayBeAppealed, appeal),
  looking(disputes.appealIsOpen, appeal),
  looking(disputes.appealIsOverdue, dispute),
  looking(disputes.decisionIsOverdue, dispute),
  looking(inquiries.isCredited, inquired),
  looking(invitations.timeIsUp, invitation),
  looking(invitations.timeIsLeft, invitation),
  looking(invitations.acceptable, offer),
  looking(submissions.unitWaits, review),
  looking(submissions.roundIsLeft, review),
  looking(submissions.unitMayBeDisputed, review),
  looking(wallets.moneyReceived, payment),
  looking(wallets.cameToNothing, payment),
  looking(wallets.paidOtherwise, misfit),
] as const;

test("every guard of a lifecycle is looked at", () => {
  const used = Object.values<Readonly<Record<string, Transition>>>(lifecycles).flatMap((lifecycle) =>
    Object.values(lifecycle).flatMap(({ guard }) => (guard ? [guard] : [])),
  );
  expect(new Set<unknown>(guards.map(([, guard]) => guard))).toEqual(new Set<unknown>(used));
});

test.each(guards)("“%s” refuses what it says", (_says, { refuses }, stopped) => {
  const drawn = fc.sample(stopped, { numRuns: 4_000, seed: 21 });
  const codes = (of: readonly { readonly code: string }[]) => [...new Set(of.map(({ code }) => code))].sort();
  expect(codes(drawn.flatMap((stops) => stops.map(({ refusal }) => refusal)))).toEqual(codes(refuses));
  expect(codes(drawn.flatMap(([first]) => (first ? [first.refusal] : [])))).toEqual(codes(refuses));
  expect(drawn.some((stops) => stops.length === 0)).toBe(true);
});

test("a guard that refuses what it does not say is a defect", () => {
  const refusal = requestRefusals.invalid;
  const guard: Guard<string> = { says: "nothing", refuses: [], stops: (detail) => [{ refusal, detail }] };
  const step = { from: ["a"], to: "b", who: ["system"], guard, otherwise: refusal } as const;
  const move = () => transition({ status: "a", updatedAt: occasion.now }, step, occasion, "told");
  expect(move).toThrow(new Error("the guard “nothing” gives request.invalid and does not say so"));
});
