import { describe, expect, test } from "@jest/globals";
import { MAX_MOVEMENT_MINOR, Money } from "#shared/domain/kernel/money";
import { campaignAccount, platformAccount, walletAccount } from "#shared/domain/ledger/account";
import { amountOf, visibleFigures, walletDeltas } from "#shared/domain/ledger/figures";
import { entry, type EntryHead, move } from "#shared/domain/ledger/posting";
import { BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";
import { brand, sequentialIds } from "../../support/stage.ts";

const head: EntryHead = { key: "k", type: "deposit", currency: "USD", referenceId: "r", description: "d" };
const occasion = () => ({ actor: brand(), now: "2026-11-25T12:00:00.000Z", newId: sequentialIds() });
const stripe = platformAccount("stripe_balance");
const available = walletAccount(BRAND_ID, "available");
const made = (...lines: Parameters<typeof entry>[1]) => entry(head, lines, occasion());
const moved = (amount: number) => move(head, amount, stripe, available, occasion());

describe("an entry", () => {
  test("says what moved, why, by whom and when; when it is booked is said by the write", () => {
    const { now, newId } = occasion();
    expect(move(head, 5, stripe, available, { actor: brand(), now, newId })).toEqual({
      ...head,
      id: "jrn_00000000000000000000000001",
      lines: [
        { account: stripe, amount: -5 },
        { account: available, amount: 5 },
      ],
      actorId: BRAND_ID,
      effectiveAt: now,
    });
  });

  test("may book what happened before, and says what it takes back, settles, and whose effect it books", () => {
    const about = {
      effectiveAt: "2026-11-20T00:00:00.000Z",
      reverses: "jrn_1",
      processorIds: ["pi_1"],
      settles: [{ participationId: "prt_1", deliverableId: "dlv_1", unit: 1 }],
    };
    expect(move({ ...head, ...about }, 5, stripe, available, occasion())).toMatchObject(about);
  });

  test("that does not balance, or moves nothing, cannot be made", () => {
    expect(() => made({ account: available, amount: 1 }, { account: stripe, amount: -2 })).toThrow("does not balance");
    expect(() => made({ account: available, amount: 1 })).toThrow("does not balance");
    expect(() => made()).toThrow("does not balance");
    expect(() => moved(0)).toThrow("does not balance");
    expect(() => moved(0.5)).toThrow("out of bounds");
    expect(() => moved(Number.NaN)).toThrow("does not balance");
  });

  test("has no line of nothing", () => {
    const nothing = { account: walletAccount(CREATOR_ID, "payable"), amount: 0 };
    const { lines } = made({ account: available, amount: 1 }, nothing, { account: stripe, amount: -1 });
    expect(lines).toEqual([
      { account: available, amount: 1 },
      { account: stripe, amount: -1 },
    ]);
    expect(() => made(nothing, nothing)).toThrow("does not balance");
  });

  test("may move as much as everybody who sees it can be told, and no more in several lines", () => {
    const most = moved(MAX_MOVEMENT_MINOR);
    const [effects] = [...walletDeltas(most.lines).values()].map(visibleFigures);
    if (effects === undefined) throw new Error("no wallet saw it");
    expect(Money.parse({ amount: amountOf(effects), currency: "USD" }).amount).toBe(MAX_MOVEMENT_MINOR);
    expect(() => moved(MAX_MOVEMENT_MINOR + 1)).toThrow("out of bounds");
    expect(() =>
      made(
        { account: available, amount: MAX_MOVEMENT_MINOR },
        { account: walletAccount(CREATOR_ID, "payable"), amount: 1 },
        { account: stripe, amount: -MAX_MOVEMENT_MINOR - 1 },
      ),
    ).toThrow("out of bounds");
  });

  test("that pays the largest price for work is not larger for saying also what it was for", () => {
    const price = MAX_MOVEMENT_MINOR;
    const campaign = { campaignId: CAMPAIGN_ID, brandId: BRAND_ID };
    const settlement = [
      { account: campaignAccount(campaign, "secured"), amount: -price },
      { account: campaignAccount(campaign, "spent"), amount: price },
      { account: platformAccount("creator_compensation"), amount: -price },
      { account: walletAccount(CREATOR_ID, "payable"), amount: price },
    ];
    expect(made(...settlement).lines).toEqual(settlement);
  });
});
