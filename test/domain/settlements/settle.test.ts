import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { acceptInvitation } from "#shared/domain/invitations/answer-invitation";
import { isUnsettled, type Participant, type Unit, UnitState } from "#shared/domain/invitations/participant";
import { systemActor } from "#shared/domain/kernel/actor";
import { campaignAccount, type LedgerAccount, platformAccount, walletAccount } from "#shared/domain/ledger/account";
import { budgetDeltas, walletDeltas } from "#shared/domain/ledger/figures";
import type { PlatformFeeSchedule } from "#shared/domain/settlements/platform-fee";
import {
  completedWhenSettled,
  giveBack,
  payFor,
  type SettlementState,
  withSettled,
} from "#shared/domain/settlements/settle";
import {
  aBudget,
  aCampaign,
  aDeliverable,
  aFunding,
  anInvitation,
  aParticipant,
  aWallet,
  aWalletProfile,
  BRAND_ID,
  CAMPAIGN_ID,
  CREATOR_ID,
  DELIVERABLE_ID,
  PARTICIPATION_ID,
  SUBMISSION_ID,
} from "../../support/builders.ts";
import { creator, sequentialIds } from "../../support/stage.ts";

const now = "2026-11-25T12:00:00.000Z";
const END = aCampaign().timeline.end;
const occasionAt = (at = now) => ({ actor: systemActor("test"), now: at, newId: sequentialIds() });
const unit = (number: number, parts: Partial<Unit> = {}): Unit => ({
  deliverableId: DELIVERABLE_ID,
  unit: number,
  priceMinor: 10_000,
  state: "submitted",
  rounds: 1,
  submissionId: SUBMISSION_ID,
  dueAt: END,
  ...parts,
});
const first = unit(1);
const second = unit(2, { priceMinor: 333 });
const state = (parts: Partial<SettlementState> = {}): SettlementState => ({
  campaign: aCampaign({ status: "active", creatorHoldDays: 0 }),
  budget: aBudget({ status: "active", unassigned: 500, secured: 10_333 }),
  participant: aParticipant({ units: [first, second], version: 6 }),
  ...parts,
});
const tenPercent: PlatformFeeSchedule = [{ from: now, basisPoints: 1_000 }];

interface Paying {
  readonly share?: number;
  readonly fees?: PlatformFeeSchedule;
  readonly ownerStatus?: "active" | "suspended";
  readonly holdDays?: number;
  readonly status?: "active" | "paused" | "completed" | "cancelled";
  readonly at?: string;
  readonly budget?: SettlementState["budget"];
}
function pay({ share = 10_000, fees = [], ownerStatus = "active", holdDays = 0, ...rest }: Paying = {}) {
  const { status = "active", at = now, budget } = rest;
  const campaign = aCampaign({ status, creatorHoldDays: holdDays });
  const payee = { wallet: aWallet({ userId: CREATOR_ID, ownerStatus }), fees };
  return payFor(
    { ...state({ campaign, ...(budget && { budget }) }), payee },
    first,
    { shareMinor: share, submissionId: SUBMISSION_ID },
    occasionAt(at),
  );
}

const of = (account: "unassigned" | "secured" | "spent") =>
  campaignAccount({ campaignId: CAMPAIGN_ID, brandId: BRAND_ID }, account);
const brands = walletAccount(BRAND_ID, "available");
const line = (account: LedgerAccount, amount: number) => ({ account, amount });
const settled = (number: number) => ({
  participationId: PARTICIPATION_ID,
  deliverableId: DELIVERABLE_ID,
  unit: number,
});
const KEY = `settlement:${PARTICIPATION_ID}:${DELIVERABLE_ID}:1`;

describe("paying for a unit", () => {
  test("moves its price from what is secured to the creator, and says that it was spent and on what", () => {
    const { entries, requires, entities } = pay();
    expect(entries).toEqual([
      expect.objectContaining({
        key: KEY,
        type: "transfer",
        currency: "USD",
        referenceId: SUBMISSION_ID,
        settles: [settled(1)],
        lines: [
          line(of("secured"), -10_000),
          line(of("spent"), 10_000),
          line(platformAccount("creator_compensation"), -10_000),
          line(walletAccount(CREATOR_ID, "payable"), 10_000),
        ],
      }),
    ]);
    expect(requires).toEqual([
      { standing: { id: CAMPAIGN_ID, status: "active" } },
      { owner: { userId: CREATOR_ID, ownerStatus: "active" } },
    ]);
    expect(entities.map(({ entity }) => entity)).toEqual(["earning"]);
  });

  test.each([
    ["no hold, and a creator who is active", { holdDays: 0 }, "payable", "available", now],
    ["a hold of a week", { holdDays: 7 }, "pending", "pending", "2026-12-02T12:00:00.000Z"],
    ["no hold, and a creator who is suspended", { ownerStatus: "suspended" }, "pending", "pending", now],
    ["both", { holdDays: 1, ownerStatus: "suspended" }, "pending", "pending", "2026-11-26T12:00:00.000Z"],
  ] as const)("with %s, the share is %s", (_what, parts, account, status, availableAt) => {
    const { entries, earning, events, requires } = pay(parts);
    expect(entries[0]?.lines.at(-1)).toEqual(line(walletAccount(CREATOR_ID, account), 10_000));
    expect(earning).toMatchObject({ status, availableAt });
    // The creator hears of what they can have now; of the rest when it can be had.
    expect(events.map(({ type }) => type)).toEqual(status === "available" ? ["earning.available"] : []);
    expect(requires).toContainEqual({
      owner: { userId: CREATOR_ID, ownerStatus: "ownerStatus" in parts ? parts.ownerStatus : "active" },
    });
  });

  test("earns what is left after the fee, for exactly this unit", () => {
    const { earning, entities, events } = pay({ fees: tenPercent });
    expect(earning).toEqual({
      id: expect.stringMatching(/^ern_/),
      creatorId: CREATOR_ID,
      campaignId: CAMPAIGN_ID,
      campaignName: "Autumn",
      ...settled(1),
      submissionId: SUBMISSION_ID,
      amount: { amount: 9_000, currency: "USD" },
      status: "available",
      availableAt: now,
      version: 1,
      createdAt: now,
      updatedAt: now,
    });
    expect(entities[0]).toEqual({ entity: "earning", next: earning });
    expect(events).toEqual([
      {
        type: "earning.available",
        detail: {
          campaignId: CAMPAIGN_ID,
          campaignName: "Autumn",
          creatorId: CREATOR_ID,
          earningId: earning?.id,
          amount: { amount: 9_000, currency: "USD" },
        },
      },
    ]);
  });

  test.each([
    ["payable", 0],
    ["pending", 3],
  ] as const)("takes the house's fee out of the creator's %s share, in an entry of its own", (account, holdDays) => {
    const { entries } = pay({ fees: tenPercent, holdDays, share: 3_335 });
    expect(entries).toHaveLength(2);
    expect(entries[0]?.lines.at(-1)).toEqual(line(walletAccount(CREATOR_ID, account), 3_335));
    expect(entries[1]).toMatchObject({
      key: `fee:${KEY}`,
      type: "fee",
      referenceId: SUBMISSION_ID,
      lines: [line(walletAccount(CREATOR_ID, account), -333), line(platformAccount("platform_fees"), 333)],
    });
    // One entry settles the unit; the fee is no second settlement.
    expect(entries[1]).not.toHaveProperty("settles");
  });

  test("pays no fee where none is due, also not one of nothing", () => {
    for (const fees of [[], [{ from: END, basisPoints: 1_000 }], [{ from: now, basisPoints: 0 }]])
      expect(pay({ fees }).entries).toHaveLength(1);
    expect(pay({ fees: tenPercent, share: 5 }).entries).toHaveLength(1);
  });

  test.each([
    ["runs", { status: "active" }, of("unassigned")],
    ["is paused", { status: "paused" }, of("unassigned")],
    ["is completed", { status: "completed" }, brands],
    ["is cancelled", { status: "cancelled" }, brands],
    ["is over by the clock", { status: "active", at: END }, brands],
  ] as const)("in part, while the campaign %s, gives the rest back", (_when, parts, rest) => {
    const { entries, earning } = pay({ share: 6_000, ...parts });
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ key: KEY, type: "transfer" });
    expect(entries[0]?.lines).toEqual([
      line(of("secured"), -10_000),
      line(rest, 4_000),
      line(of("spent"), 6_000),
      line(platformAccount("creator_compensation"), -6_000),
      line(walletAccount(CREATOR_ID, "payable"), 6_000),
    ]);
    expect(budgetDeltas(entries[0]?.lines ?? []).get(CAMPAIGN_ID)).toEqual({
      unassigned: rest === brands ? 0 : 4_000,
      secured: -10_000,
      spent: 6_000,
    });
    expect(earning?.amount.amount).toBe(6_000);
  });

  test("out of a campaign that is over, the last of it closes its funding", () => {
    const funding = { entity: "funding", was: aFunding() };
    const last = aBudget({ status: "completed", secured: 10_000, spent: 7 });
    expect(pay({ status: "completed", budget: last }).entities).toContainEqual(funding);
    expect(pay({ status: "completed", budget: last, share: 1 }).entities).toContainEqual(funding);
    const more = aBudget({ status: "completed", secured: 10_001 });
    expect(pay({ status: "completed", budget: more }).entities).not.toContainEqual(funding);
    expect(pay({ status: "active", budget: last }).entities).not.toContainEqual(funding);
  });
});

describe("giving units back", () => {
  const reason = { referenceId: SUBMISSION_ID, description: "Rejected" };
  const back = (units: readonly Unit[], parts: Partial<SettlementState> = {}, at = now) =>
    giveBack(state(parts), units, reason, occasionAt(at));

  test("of a campaign that goes on leaves the price to be promised again: no wallet sees it", () => {
    const { entries, entities, requires, events, earning } = back([first]);
    expect(entries).toEqual([
      expect.objectContaining({
        key: KEY,
        type: "unsecuring",
        currency: "USD",
        ...reason,
        settles: [settled(1)],
        lines: [line(of("secured"), -10_000), line(of("unassigned"), 10_000)],
      }),
    ]);
    expect(walletDeltas(entries[0]?.lines ?? []).size).toBe(0);
    expect([entities, requires, events, earning]).toEqual([
      [],
      [{ standing: { id: CAMPAIGN_ID, status: "active" } }],
      [],
      undefined,
    ]);
  });

  test.each([
    ["is completed", { campaign: aCampaign({ status: "completed" }) }, now],
    ["is cancelled", { campaign: aCampaign({ status: "cancelled" }) }, now],
    ["is over by the clock", {}, END],
  ])("of a campaign that %s sends the price home", (_when, parts, at) => {
    expect(back([first], parts, at).entries).toMatchObject([
      { type: "release", lines: [line(of("secured"), -10_000), line(brands, 10_000)] },
    ]);
  });

  test("is one entry for several, which says each that it settles", () => {
    const { entries } = back([first, second]);
    expect(entries).toMatchObject([
      {
        key: `settlements:${PARTICIPATION_ID}:6`,
        lines: [line(of("secured"), -10_333), line(of("unassigned"), 10_333)],
        settles: [settled(1), settled(2)],
      },
    ]);
  });

  test("of the last money of a campaign that is over closes its funding", () => {
    const campaign = aCampaign({ status: "completed" });
    const closing = (secured: number) =>
      back([first, second], { campaign, budget: aBudget({ status: "completed", secured }) }).entities;
    expect(closing(10_333)).toEqual([{ entity: "funding", was: aFunding() }]);
    expect(closing(10_334)).toEqual([]);
  });
});

test("every outcome of a unit competes for one key, whatever is paid and whenever", () => {
  const outcomes = [
    pay(),
    pay({ share: 1, holdDays: 9, ownerStatus: "suspended", fees: tenPercent }),
    pay({ status: "cancelled", share: 4 }),
    giveBack(state(), [first], { referenceId: "r", description: "d" }, occasionAt(END)),
    giveBack(state(), [first], { referenceId: "s", description: "e" }, occasionAt()),
  ];
  expect(outcomes.map(({ entries }) => entries[0]?.key)).toEqual(Array(5).fill(KEY));
});

test("no cent is lost or made, whatever the share, the fee and the campaign", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 0, max: 10_000 }),
      fc.constantFrom("active", "paused", "completed", "cancelled"),
      fc.nat({ max: 3 }),
      fc.boolean(),
      (share, basisPoints, status, holdDays, suspended) => {
        const { entries, earning, entities } = pay({
          share,
          fees: [{ from: now, basisPoints }],
          status,
          holdDays,
          ownerStatus: suspended ? "suspended" : "active",
        });
        const lines = entries.flatMap((one) => one.lines);
        const total = (some: typeof lines) => some.reduce((sum, { amount }) => sum + amount, 0);
        for (const one of entries) expect(total(one.lines)).toBe(0);
        const on = (of: string, account?: string) =>
          total(lines.filter((one) => one.account.of === of && (!account || one.account.account === account)));
        const creators = total(lines.filter(({ account }) => account.of === "wallet" && account.userId === CREATOR_ID));
        expect(on("campaign", "secured")).toBe(-10_000);
        expect(on("campaign", "spent")).toBe(share);
        expect(creators).toBe(earning?.amount.amount);
        // The price is the creator's, the house's, or goes back.
        const back = on("campaign", "unassigned") + on("wallet", "available");
        expect(creators + on("platform", "platform_fees") + back).toBe(10_000);
        expect(back).toBe(10_000 - share);
        expect(entries.flatMap(({ settles = [] }) => settles)).toEqual([settled(1)]);
        expect(entities.filter(({ entity }) => entity === "earning")).toHaveLength(1);
      },
    ),
    { numRuns: 300, seed: 21 },
  );
});

describe("a participant with units settled", () => {
  const after = (units: readonly Unit[], which: readonly number[], parts: Partial<Participant> = {}) => {
    const participant = aParticipant({ units: [...units], ...parts });
    const chosen = which.map((at) => participant.units[at] as Unit);
    return withSettled(participant, chosen, "released", occasionAt());
  };

  test("keeps the others as they are, and says of the settled what became of them, without a date", () => {
    const { units, updatedAt } = after([first, second], [0]);
    const { dueAt: _, ...undated } = first;
    expect(units).toEqual([{ ...undated, state: "released" }, second]);
    expect(units[0]).not.toHaveProperty("dueAt");
    expect(updatedAt).toBe(now);
  });

  test.each([
    ["is over when nothing waits", [0, 1], {}, "completed"],
    ["goes on while something waits", [0], {}, "active"],
    ["stays inactive", [0, 1], { status: "inactive" }, "inactive"],
  ] as const)("%s", (_what, which, parts, status) => {
    expect(after([first, second], which, parts).status).toBe(status);
  });

  test("is not over while one of them is disputed", () => {
    expect(after([first, unit(2, { state: "disputed" })], [0]).status).toBe("active");
    const disputed = aParticipant({ units: [unit(1, { state: "disputed" })] });
    expect(completedWhenSettled(disputed)).toBe(disputed);
  });

  test("has a date on every unit that is still secured and on no other, whatever is settled", () => {
    const some = fc.array(fc.constantFrom(...UnitState.options), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(some, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), (states, picked) => {
        const units = states.map((one, at): Unit => {
          const { dueAt, ...undated } = unit(at + 1, { state: one });
          return isUnsettled(undated) ? { ...undated, ...(dueAt !== undefined && { dueAt }) } : undated;
        });
        const which = [...units.keys()].filter((at) => picked[at] && isUnsettled(units[at] as Unit));
        const next = after(units, which);
        for (const one of next.units) expect(one.dueAt !== undefined).toBe(isUnsettled(one));
        expect(next.status === "completed").toBe(!next.units.some(isUnsettled));
      }),
      { numRuns: 200, seed: 21 },
    );
  });
});

test("somebody who left and joins again can be settled anew, for the same units", () => {
  const leaving = aParticipant({ status: "inactive" });
  const left = withSettled(leaving, leaving.units, "released", occasionAt());
  const budget = aBudget({ status: "active", unassigned: 20_000 });
  const { participant: again } = acceptInvitation(
    {
      invitation: anInvitation(),
      campaign: aCampaign({ status: "active" }),
      budget,
      deliverables: [aDeliverable()],
      wallet: aWallet({ userId: CREATOR_ID }),
      profile: aWalletProfile({ userId: CREATOR_ID }),
      participant: { ...left, id: `prt_${"9".repeat(26)}` },
    },
    { actor: creator(), now, newId: sequentialIds() },
  );
  const of = (participant: Participant) =>
    giveBack(
      state({ participant }),
      participant.units.slice(0, 1),
      { referenceId: "r", description: "d" },
      occasionAt(),
    ).entries[0];
  const [before, after] = [of({ ...left, id: `prt_${"9".repeat(26)}` }), of(again)];
  expect(after?.key).not.toBe(before?.key);
  expect(after?.key).toBe(`settlement:${again.id}:${DELIVERABLE_ID}:1`);
  expect(again.units.map(({ state }) => state)).toEqual(["open", "open"]);
});
