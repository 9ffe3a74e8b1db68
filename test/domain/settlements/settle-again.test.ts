import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { CampaignStatus } from "#shared/domain/campaigns/campaign";
import { Refusal } from "#shared/domain/kernel/refusal";
import { accountName } from "#shared/domain/ledger/account";
import { budgetDeltas, walletDeltas } from "#shared/domain/ledger/figures";
import type { DecidedEntry } from "#shared/domain/ledger/journal-entry";
import { payFor } from "#shared/domain/settlements/settle";
import { settleAgain } from "#shared/domain/settlements/settle-again";
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
        expect(Number(again.earning?.amount.amount)).toBe(Number(first.earning?.amount.amount) + net);
        expect(again.earning?.status).toBe(again.earning?.amount.amount === 0 ? "cancelled" : "pending");
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

test("a key of its own holds each of its entries to once", () => {
  const keys = bothWays(4_000, 5_000, 500, "completed", 1_000_000).again.entries.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.map((key) => key.split(":")[0])).toEqual(["recall", "reversal", "reversal", "settlement", "fee"]);
});
