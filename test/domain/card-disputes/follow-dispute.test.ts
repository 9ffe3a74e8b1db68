import { describe, expect, test } from "@jest/globals";
import { followDispute } from "#shared/domain/card-disputes/follow-dispute";
import type { CardDispute } from "#shared/domain/card-disputes/card-dispute";
import { systemActor } from "#shared/domain/kernel/actor";
import type { BalanceTransaction, ProcessorDispute } from "#shared/domain/processor/payment";
import type { Wallet } from "#shared/domain/wallets/wallet";
import { ADMIN_ID, BRAND_ID, DEPOSIT_ID } from "../../support/builders.ts";
import { aCardDispute, aDeposit, aWallet } from "../../support/money-builders.ts";
import { sequentialIds } from "../../support/stage.ts";

const now = "2026-11-25T12:00:00.000Z";
const occasion = () => ({ actor: systemActor("test"), now, newId: sequentialIds() });
const usd = (amount: number) => ({ amount, currency: "USD" }) as const;
const deposit = aDeposit({ status: "completed" });
const withdrawal: BalanceTransaction = { id: "txn_w", amountMinor: -5_000, feeMinor: 1_500, currency: "USD" };
const reinstatement: BalanceTransaction = { id: "txn_r", amountMinor: 5_000, feeMinor: 0, currency: "USD" };
const said = (parts: Partial<ProcessorDispute> = {}): ProcessorDispute => ({
  id: "dp_1",
  amount: usd(5_000),
  status: "needs_response",
  reason: "fraudulent",
  evidenceDueAt: null,
  transactions: [withdrawal],
  ...parts,
});
const follow = (word: ProcessorDispute, wallet: Partial<Wallet> = {}, dispute?: CardDispute, of = deposit) =>
  followDispute({ deposit: of, wallet: aWallet(wallet), dispute, adminIds: [ADMIN_ID] }, word, occasion());
type Change = ReturnType<typeof follow>;
const linesOf = (change: Change) =>
  (change?.entries ?? []).map(({ key, lines }) => [key, lines.map(({ account, amount }) => [account.account, amount])]);
const disputeIn = (change: Change) => change?.entities[0]?.next as CardDispute;
const fee = ["fee:txn_w", [["stripe_fees", -1_500], ["stripe_balance", 1_500]]]; // prettier-ignore
const withdrawn = aCardDispute({ withdrawnMinor: 5_000, booked: ["txn_w"] });

describe("a withdrawal", () => {
  test.each<[number, unknown[]]>([
    [9_000, [["available", -5_000]]],
    [5_000, [["available", -5_000]]],
    [3_000, [["available", -3_000], ["disputesReceivable", -2_000]]],
    [0, [["disputesReceivable", -5_000]]],
  ])("from a brand that has %i: as far as it goes, and the rest is owed; the fee is the platform's", (available, lines) => {
    const change = follow(said(), { available });
    expect(linesOf(change)).toEqual([["dispute:txn_w", [...lines, ["stripe_balance", 5_000]]], fee]);
    expect(change?.requires).toEqual([{ balances: { userId: BRAND_ID, available, disputesReceivable: 0 } }]);
    expect(disputeIn(change)).toMatchObject({ id: "dp_1", depositId: DEPOSIT_ID, withdrawnMinor: 5_000, booked: ["txn_w"] });
    expect(change?.entities[1]?.next).toMatchObject({ id: DEPOSIT_ID, disputedMinor: 5_000 });
  }); // prettier-ignore

  test("is booked once, and told of once to the brand and to admins", () => {
    const change = follow(said(), { available: 5_000 });
    expect(change?.events).toEqual([
      {
        type: "card_dispute.opened",
        detail: {
          disputeId: "dp_1",
          depositId: DEPOSIT_ID,
          userId: BRAND_ID,
          adminIds: [ADMIN_ID],
          amount: usd(5_000),
          evidenceDueAt: null,
        },
      },
    ]);
    expect(follow(said(), {}, disputeIn(change))).toBeUndefined();
    const reviewed = follow(said({ status: "under_review" }), {}, disputeIn(change));
    expect([linesOf(reviewed), reviewed?.events, disputeIn(reviewed).status]).toEqual([[], [], "under_review"]);
  });

  test("is not made by an inquiry: it is told of, and no money moves", () => {
    const change = follow(said({ status: "warning_needs_response", transactions: [] }), { available: 5_000 });
    expect([linesOf(change), change?.requires]).toEqual([[], []]);
    expect(change?.events?.map(({ type }) => type)).toEqual(["card_dispute.opened"]);
    expect(change?.entities).toHaveLength(1);
  });
});

describe("what is given back", () => {
  test.each<[number, unknown[]]>([
    [0, [["available", 5_000]]],
    [2_000, [["disputesReceivable", 2_000], ["available", 3_000]]],
    [5_000, [["disputesReceivable", 5_000]]],
  ])("to a brand that owes %i: the debt first", (disputesReceivable, lines) => {
    const word = said({ status: "won", transactions: [withdrawal, reinstatement] });
    const change = follow(word, { disputesReceivable }, withdrawn, { ...deposit, disputedMinor: 5_000 });
    expect(linesOf(change)).toEqual([["dispute:txn_r", [...lines, ["stripe_balance", -5_000]]]]);
    expect(disputeIn(change)).toMatchObject({ status: "won", withdrawnMinor: 0, booked: ["txn_w", "txn_r"] });
    expect(change?.entities[1]?.next).toMatchObject({ disputedMinor: 0 });
    expect(change?.events?.map(({ type }) => type)).toEqual(["card_dispute.closed"]);
  }); // prettier-ignore

  test("is heard of together with the withdrawal: both are booked, and nothing is owed", () => {
    const word = said({ status: "won", transactions: [withdrawal, reinstatement] });
    const change = follow(word, { available: 1_000 });
    expect(linesOf(change)).toEqual([
      ["dispute:txn_w", [["available", -1_000], ["disputesReceivable", -4_000], ["stripe_balance", 5_000]]],
      fee,
      ["dispute:txn_r", [["disputesReceivable", 4_000], ["available", 1_000], ["stripe_balance", -5_000]]],
    ]); // prettier-ignore
    expect(change?.events?.map(({ type }) => type)).toEqual(["card_dispute.opened", "card_dispute.closed"]);
    expect(change?.entities).toHaveLength(1);
  });
});

describe("a lost dispute", () => {
  const documents = ["clawback:dp_1", [["stripe_balance", -5_000], ["stripe_balance", 5_000]]]; // prettier-ignore

  test("is documented by an entry of its own, that moves nothing", () => {
    const change = follow(said({ status: "lost" }), { available: 700 }, withdrawn);
    expect(linesOf(change)).toEqual([documents]);
    expect(change?.events?.map(({ type }) => type)).toEqual(["card_dispute.closed"]);
    expect(follow(said({ status: "lost" }), {}, disputeIn(change))).toBeUndefined();
  });

  test("collects what the brand owes of what it has by now", () => {
    const change = follow(said({ status: "lost" }), { available: 700, disputesReceivable: 2_000 }, withdrawn);
    expect(linesOf(change)).toEqual([
      ["clawback:dp_1", [["stripe_balance", -5_000], ["stripe_balance", 5_000], ["disputesReceivable", 700], ["available", -700]]],
    ]); // prettier-ignore
  });

  test("is heard of before its withdrawal was: both are booked", () => {
    const change = follow(said({ status: "lost" }), { available: 5_000 });
    expect(linesOf(change)).toEqual([
      ["dispute:txn_w", [["available", -5_000], ["stripe_balance", 5_000]]],
      fee,
      documents,
    ]); // prettier-ignore
  });
});

describe("a closed dispute", () => {
  const lost = disputeIn(follow(said({ status: "lost" }), { available: 5_000 }));

  test("stays closed when an older word is heard late", () => {
    const late = follow(said({ status: "under_review" }), {}, lost);
    expect(late).toBeUndefined();
    const won = aCardDispute({ ...withdrawn, status: "won" });
    expect(follow(said({ status: "needs_response" }), {}, won)).toBeUndefined();
  });

  test("is opened again by an appeal, and lost again without a second clawback", () => {
    const appealed = disputeIn(follow(said({ status: "appeal_under_review" }), {}, lost));
    expect(appealed).toMatchObject({ status: "appeal_under_review", lostAt: now });
    const again = follow(said({ status: "lost" }), {}, appealed);
    expect(disputeIn(again).status).toBe("lost");
    expect(linesOf(again)).toEqual([]);
  });
});

test("a deposit that was never credited is not taken back from", () => {
  for (const status of ["pending", "failed"] as const)
    expect(follow(said(), { available: 5_000 }, undefined, { ...deposit, status })).toBeUndefined();
});

test("a dispute in another currency is for a person", () => {
  expect(() => follow(said({ transactions: [{ ...withdrawal, currency: "EUR" }] }))).toThrow("another currency");
});
