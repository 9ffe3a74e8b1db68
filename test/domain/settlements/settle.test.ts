import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { platformAccount, walletAccount } from "#shared/domain/ledger/account";
import { budgetDeltas, walletDeltas } from "#shared/domain/ledger/figures";
import { giveBack } from "#shared/domain/settlements/settle";
import { aBudget, aFunding, CAMPAIGN_ID, CREATOR_ID, SUBMISSION_ID } from "../../support/builders.ts";
import {
  brands,
  END,
  first,
  KEY,
  line,
  now,
  occasionAt,
  of,
  owed,
  pay,
  sameDebt,
  settled,
  state,
  tenPercent,
} from "./settling.ts";

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
      allocatedMinor: 0,
      paidMinor: 0,
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

  test("in part, after the end, pays with the rest what the brand owes; in whole, it does not hold the brand", () => {
    const { entries, requires } = pay({ status: "completed", share: 6_000, owing: 3_000 });
    expect(entries[0]?.lines.slice(0, 3)).toEqual([
      line(of("secured"), -10_000),
      line(owed, 3_000),
      line(brands, 1_000),
    ]);
    expect(requires).toContainEqual(sameDebt(3_000));
    const held = (parts: Parameters<typeof pay>[0]) => pay({ owing: 3_000, ...parts }).requires.length > 2;
    expect([{ status: "completed" } as const, { share: 6_000 }, {}].map(held)).toEqual([false, false, false]);
  });

  test("earns nothing where all of it is the house's: there is nothing to pay out, ever", () => {
    const funding = { entity: "funding", was: aFunding() };
    const budget = aBudget({ status: "completed", secured: 10_000 });
    const all = pay({ fees: [{ from: now, basisPoints: 10_000 }], status: "completed", budget });
    expect([all.earning, all.events, all.entities]).toEqual([undefined, [], [funding]]);
    expect(all.entries.map(({ type }) => type)).toEqual(["transfer", "fee"]);
    expect(walletDeltas(all.entries.flatMap(({ lines }) => lines)).has(CREATOR_ID)).toBe(false);
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
        expect(creators).toBe(earning?.amount.amount ?? 0);
        // The price is the creator's, the house's, or goes back.
        const back = on("campaign", "unassigned") + on("wallet", "available");
        expect(creators + on("platform", "platform_fees") + back).toBe(10_000);
        expect(back).toBe(10_000 - share);
        expect(entries.flatMap(({ settles = [] }) => settles)).toEqual([settled(1)]);
        expect(entities.filter(({ entity }) => entity === "earning")).toHaveLength(creators > 0 ? 1 : 0);
      },
    ),
    { numRuns: 300, seed: 21 },
  );
});
