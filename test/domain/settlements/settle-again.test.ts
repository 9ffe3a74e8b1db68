import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { CampaignStatus } from "#shared/domain/campaigns/campaign";
import { Refusal } from "#shared/domain/kernel/refusal";
import { accountName } from "#shared/domain/ledger/account";
import { budgetDeltas, walletDeltas } from "#shared/domain/ledger/figures";
import type { DecidedEntry } from "#shared/domain/ledger/journal-entry";
import { payFor } from "#shared/domain/settlements/settle";
import { settleAgain } from "#shared/domain/settlements/settle-again";
import { fundsAfter } from "#shared/domain/wallets/brand-funds";
import {
  aBudget,
  aCampaign,
  aParticipant,
  BRAND_ID,
  CAMPAIGN_ID,
  CREATOR_ID,
  SUBMISSION_ID,
} from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
import { admin, sequentialIds } from "../../support/stage.ts";

const PRICE = 10_000;
const occasion = { actor: admin(), now: "2026-12-01T00:00:00.000Z", newId: sequentialIds() };
const booked = (entry: DecidedEntry) => ({ ...entry, postedAt: occasion.now, commitId: `cmt_${"1".repeat(26)}` });
const sumsOf = (entries: readonly DecidedEntry[]) => {
  const sums = new Map<string, number>();
  for (const { account, amount } of entries.flatMap(({ lines }) => lines))
    sums.set(accountName(account), (sums.get(accountName(account)) ?? 0) + amount);
  return new Map([...sums].filter(([, amount]) => amount !== 0));
};
const ended = new Set<CampaignStatus>(["completed", "cancelled"]);

/** What a first split of `from` and then another of `to` do, beside a split of `to` alone. */
function bothWays(from: number, to: number, basisPoints: number, status: CampaignStatus, left: number) {
  const [participant, payee] = [
    aParticipant(),
    {
      wallet: aWallet({ userId: CREATOR_ID, pending: PRICE }),
      fees: [{ from: "2026-01-01T00:00:00.000Z", basisPoints }],
    },
  ];
  const [unit] = participant.units;
  if (unit === undefined) throw new Error("no unit");
  const running = {
    campaign: aCampaign({ status: "active" }),
    budget: aBudget({ secured: 50_000 }),
    brandWallet: aWallet({ userId: BRAND_ID }),
    participant,
    payee,
  };
  const heldUntil = "2026-12-08T00:00:00.000Z";
  const first = payFor(running, unit, { submissionId: SUBMISSION_ID, shareMinor: from, heldUntil }, occasion);
  const [settlement, fee] = first.entries.map(booked);
  if (settlement === undefined) throw new Error("no entry");
  const now = { ...running, campaign: aCampaign({ status }), budget: aBudget({ unassigned: left }) };
  const brandWallet = aWallet({ userId: BRAND_ID, available: left });
  const state = { ...now, brandWallet, earning: first.earning, price: PRICE };
  const again = settleAgain(state, { settlement, fee }, { submissionId: SUBMISSION_ID, shareMinor: to }, occasion);
  return { first, again, settlement };
}

test("what two splits leave behind is what the second alone would, whatever the first was", () => {
  const share = fc.integer({ min: 1, max: PRICE });
  fc.assert(
    fc.property(
      share,
      fc.oneof(share, fc.constant(0)),
      fc.constantFrom(0, 1, 333, 10_000),
      fc.constantFrom<CampaignStatus>("active", "completed"),
      (from, to, fee, status) => {
        const { first, again, settlement } = bothWays(from, to, fee, status, 1_000_000);
        const all = sumsOf([...first.entries, ...again.entries]);
        const creators = (all.get(`wallet:${CREATOR_ID}:pending`) ?? 0) + (all.get("platform:platform_fees") ?? 0);
        expect(creators).toBe(to);
        expect(all.get(`campaign:${CAMPAIGN_ID}:spent`) ?? 0).toBe(to);
        expect(all.get(`campaign:${CAMPAIGN_ID}:secured`)).toBe(-PRICE);
        const lines = again.entries.flatMap((entry) => entry.lines);
        const returned = PRICE - to;
        const unassigned =
          (all.get(`campaign:${CAMPAIGN_ID}:unassigned`) ?? 0) + (all.get(`wallet:${BRAND_ID}:available`) ?? 0);
        expect(unassigned).toBe(returned);
        // After the end nothing comes into the campaign again: it has been closed.
        if (ended.has(status)) expect(budgetDeltas(lines).get(CAMPAIGN_ID)?.unassigned ?? 0).toBe(0);
        expect(budgetDeltas(lines).get(CAMPAIGN_ID)?.secured ?? 0).toBe(0);
        expect(again.entries.some(({ reverses }) => reverses === settlement.id)).toBe(true);
        const net = walletDeltas(lines).get(CREATOR_ID)?.pending ?? 0;
        const [was, is] = [first.earning?.amount.amount ?? 0, again.earning?.amount.amount ?? 0];
        expect(is).toBe(was + net);
        expect(again.earning?.status).toBe(is > 0 ? "pending" : was > 0 ? "cancelled" : undefined);
      },
    ),
    { numRuns: 300, seed: 9 },
  );
});

test("what the creator gets more must be where the first decision put it", () => {
  for (const status of ["active", "cancelled"] as const) {
    expect(() => bothWays(4_000, 7_001, 0, status, 3_000)).toThrow(Refusal);
    expect(() => bothWays(4_000, 7_001, 0, status, 3_000)).toThrow(
      expect.objectContaining({ refusal: { ...fundsSpent } }),
    );
    expect(bothWays(4_000, 7_000, 0, status, 3_000).again.entries.length).toBeGreaterThan(1);
  }
});
const fundsSpent = {
  kind: "unprocessable",
  code: "dispute.funds_spent",
  title: "What went back to the brand by the first decision is no longer there",
};

const RUNNING = { standing: { id: CAMPAIGN_ID, status: "active" } };
test("a split that no wallet of the brand's is touched by holds none", () => {
  const requires = bothWays(4_000, 5_000, 500, "active", 1_000_000).again.requires;
  expect(requires).toEqual([RUNNING, { owner: { userId: CREATOR_ID, ownerStatus: "active" } }]);
  expect(bothWays(4_000, 5_000, 500, "completed", 9_000).again.requires).toContainEqual({
    balances: { userId: BRAND_ID, available: 9_000, disputesReceivable: 0 },
  });
});

/** After the campaign's end: a first split of `from` while the brand owed `owed`, and another of `to` when it has `funds`. */
function afterTheEnd(from: number, to: number, owed: number, funds: readonly [available: number, owed: number]) {
  const participant = aParticipant();
  const [unit] = participant.units;
  if (unit === undefined) throw new Error("no unit");
  const state = {
    campaign: aCampaign({ status: "completed" }),
    budget: aBudget({ secured: 50_000 }),
    brandWallet: aWallet({ userId: BRAND_ID, disputesReceivable: owed }),
    participant,
    payee: { wallet: aWallet({ userId: CREATOR_ID, pending: PRICE }), fees: [] },
  };
  const first = payFor(state, unit, { submissionId: SUBMISSION_ID, shareMinor: from }, occasion);
  const [settlement] = first.entries.map(booked);
  if (settlement === undefined) throw new Error("no entry");
  const brandWallet = aWallet({ userId: BRAND_ID, available: funds[0], disputesReceivable: funds[1] });
  const now = { ...state, brandWallet, earning: first.earning, price: PRICE };
  const again = settleAgain(
    now,
    { settlement, fee: undefined },
    { submissionId: SUBMISSION_ID, shareMinor: to },
    occasion,
  );
  const { available, disputesReceivable } = fundsAfter(
    brandWallet,
    again.entries.flatMap(({ lines }) => lines),
  );
  return [available, disputesReceivable];
}

test.each<[string, [number, number, number, readonly [number, number]], readonly [number, number]]>([
  ["what paid a debt is taken from what came since", [4_000, 9_000, 6_000, [7_000, 0]], [2_000, 0]],
  ["what the brand gets more pays what it owes by now", [9_000, 2_000, 0, [0, 4_000]], [3_000, 0]],
  ["what the brand gets more pays some of a greater debt", [9_000, 2_000, 500, [0, 8_000]], [0, 1_000]],
  ["the same split leaves the brand as it is, owing", [4_000, 4_000, 6_000, [0, 1_000]], [0, 1_000]],
  ["the same split leaves the brand as it is, with money", [4_000, 4_000, 6_000, [500, 0]], [500, 0]],
])("after the end, %s", (_what, [from, to, owed, funds], left) => {
  expect(afterTheEnd(from, to, owed, funds)).toEqual(left);
});

test("nobody comes to owe money by an appeal: what paid a debt is not there any more", () => {
  for (const funds of [
    [4_999, 0],
    [0, 0],
    [0, 3_000],
  ] as const)
    // prettier-ignore
    expect(() => afterTheEnd(4_000, 9_000, 6_000, funds)).toThrow(
      expect.objectContaining({ refusal: { ...fundsSpent } }),
    );
});

test("a key of its own holds each of its entries to once", () => {
  const keys = bothWays(4_000, 5_000, 500, "completed", 1_000_000).again.entries.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.map((key) => key.split(":")[0])).toEqual(["recall", "reversal", "reversal", "settlement", "fee"]);
});
