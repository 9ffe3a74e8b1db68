import { describe, expect, test } from "@jest/globals";
import { MAX_MOVEMENT_MINOR, Money } from "#shared/domain/kernel/money";
import {
  amountOf,
  budgetDeltas,
  campaignAccount,
  journal,
  type JournalHead,
  move,
  platformAccount,
  visibleFigures,
  walletAccount,
  walletDeltas,
} from "#shared/domain/wallets/ledger";
import { BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";
import { sequentialIds } from "../../support/stage.ts";

const head = (key: string, type: JournalHead["type"]): JournalHead => ({
  key,
  type,
  currency: "USD",
  referenceId: key,
  description: "d",
  actorId: BRAND_ID,
  at: "2026-11-25T12:00:00.000Z",
  newId: sequentialIds(),
});
const unassigned = campaignAccount({ campaignId: CAMPAIGN_ID, brandId: BRAND_ID }, "unassigned");
const secured = campaignAccount({ campaignId: CAMPAIGN_ID, brandId: BRAND_ID }, "secured");
const none = { available: 0, reserved: 0, pending: 0, payable: 0, inFlight: 0 };

test("a journal that does not balance, or moves nothing, cannot be made", () => {
  const to = walletAccount(BRAND_ID, "available");
  expect(() =>
    journal(head("k", "deposit"), [
      { account: to, amount: 1 },
      { account: platformAccount("stripe_balance"), amount: -2 },
    ]),
  ).toThrow("does not balance");
  expect(() => move(head("k", "deposit"), 0, platformAccount("stripe_balance"), to)).toThrow("does not balance");
  expect(() => move(head("k", "deposit"), 0.5, platformAccount("stripe_balance"), to)).toThrow("out of bounds");
});

test("what a journal may move, everybody who sees it can be told, and no more can be moved in several legs", () => {
  const [from, to] = [platformAccount("stripe_balance"), walletAccount(BRAND_ID, "available")];
  const most = move(head("k", "deposit"), MAX_MOVEMENT_MINOR, from, to);
  const [effects] = [...walletDeltas(most.entries).values()].map(visibleFigures);
  if (effects === undefined) throw new Error("no wallet saw it");
  expect(Money.parse({ amount: amountOf(effects), currency: "USD" }).amount).toBe(MAX_MOVEMENT_MINOR);
  expect(() => move(head("k", "deposit"), MAX_MOVEMENT_MINOR + 1, from, to)).toThrow("out of bounds");
  expect(() =>
    journal(head("k", "deposit"), [
      { account: to, amount: MAX_MOVEMENT_MINOR },
      { account: to, amount: MAX_MOVEMENT_MINOR },
      { account: from, amount: -2 * MAX_MOVEMENT_MINOR },
    ]),
  ).toThrow("out of bounds");
});

describe("what a journal does", () => {
  test("setting aside moves a wallet's money into its reserve, and makes the budget", () => {
    const aside = move(head("k", "reservation"), 5, walletAccount(BRAND_ID, "available"), unassigned);
    expect([...walletDeltas(aside.entries)]).toEqual([[BRAND_ID, { ...none, available: -5, reserved: 5 }]]);
    expect([...budgetDeltas(aside)]).toEqual([[CAMPAIGN_ID, { total: 5, unassigned: 5, secured: 0, spent: 0 }]]);
  });

  test("securing touches no wallet", () => {
    const securing = move(head("k", "securing"), 5, unassigned, secured);
    expect([...walletDeltas(securing.entries)]).toEqual([]);
    expect([...budgetDeltas(securing)]).toEqual([[CAMPAIGN_ID, { total: 0, unassigned: -5, secured: 5, spent: 0 }]]);
  });

  test("a transfer is spent; a release makes the budget smaller", () => {
    const paid = move(head("k", "transfer"), 5, secured, walletAccount(CREATOR_ID, "payable"));
    expect(Object.fromEntries(walletDeltas(paid.entries))).toEqual({
      [BRAND_ID]: { ...none, reserved: -5 },
      [CREATOR_ID]: { ...none, payable: 5 },
    });
    expect([...budgetDeltas(paid)]).toEqual([[CAMPAIGN_ID, { total: 0, unassigned: 0, secured: -5, spent: 5 }]]);
    const released = move(head("k", "release"), 5, secured, walletAccount(BRAND_ID, "available"));
    expect([...budgetDeltas(released)]).toEqual([[CAMPAIGN_ID, { total: -5, unassigned: 0, secured: -5, spent: 0 }]]);
  });

  test("what is payable is seen as available", () => {
    expect(visibleFigures({ ...none, available: 1, payable: 2 })).toEqual({
      available: 3,
      reserved: 0,
      pending: 0,
      inFlight: 0,
    });
  });
});
