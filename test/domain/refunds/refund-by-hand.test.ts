import { expect, test } from "@jest/globals";
import { systemActor } from "#shared/domain/kernel/actor";
import { firstLookAt } from "#shared/domain/processor/due";
import type { ProcessorRefund } from "#shared/domain/processor/payment";
import { followRefund, ordersOf } from "#shared/domain/refunds/follow-refund";
import { idOfRefundByHand, refundByHand } from "#shared/domain/refunds/refund-by-hand";
import type { Refund } from "#shared/domain/refunds/refund";
import { BRAND_ID, DEPOSIT_ID } from "../../support/builders.ts";
import { aDeposit, aRefund, aWallet } from "../../support/money-builders.ts";
import { sequentialIds } from "../../support/stage.ts";

const now = "2026-11-25T12:00:00.000Z";
const transaction = { id: "txn_9", amountMinor: -2_000, feeMinor: 40, currency: "USD" } as const;
const said: ProcessorRefund = {
  ...{ id: "re_1", status: "pending", createdAt: now, metadata: {}, transaction },
  amount: { amount: 2_000, currency: "USD" },
};
const completed = aDeposit({ status: "completed", refundedMinor: 500 });
const decided = (word: Partial<ProcessorRefund> = {}, deposit = completed) =>
  refundByHand(
    { deposit, wallet: aWallet({ available: 1_500 }) },
    { ...said, ...word },
    {
      ...{ actor: systemActor("test"), now, newId: sequentialIds() },
    },
  );

test("is taken from what the brand has and owed for the rest, with its fee, and requires both figures", () => {
  const change = decided();
  expect(change?.entities).toMatchObject([
    {
      entity: "refund",
      next: {
        ...{ id: idOfRefundByHand("re_1", now), userId: BRAND_ID, status: "submitted", version: 1 },
        parts: [
          { depositId: DEPOSIT_ID, amountMinor: 2_000, status: "submitted", booked: true, processorRefundId: "re_1" },
        ],
      },
    },
    { entity: "deposit", next: { refundedMinor: 2_500 } },
  ]);
  const made = change?.entities[0]?.next as Refund;
  expect(made.dueAt).toBe(firstLookAt(now));
  expect(ordersOf(made, now)).toMatchObject([
    { processorRefundId: "re_1", depositId: DEPOSIT_ID, amount: said.amount },
  ]);
  expect(change?.requires).toEqual([{ balances: { userId: BRAND_ID, available: 1_500, disputesReceivable: 0 } }]);
  expect(change?.entries).toMatchObject([
    {
      ...{ key: "refund:re_1", type: "refund", processorIds: ["re_1"] },
      lines: [{ amount: -1_500 }, { account: { account: "disputesReceivable" }, amount: -500 }, { amount: 2_000 }],
    },
    { key: "fee:txn_9" },
  ]);
  expect(change?.events).toEqual([]);
});

test("is told of once it has succeeded, and nothing is asked any more", () => {
  expect(decided({ status: "succeeded" })?.events).toMatchObject([
    { type: "refund.succeeded", detail: { userId: BRAND_ID, amount: said.amount } },
  ]);
  expect(ordersOf(decided({ status: "succeeded" })?.entities[0]?.next as Refund, now)).toEqual([]);
});

test.each<[string, Partial<ProcessorRefund>, typeof completed]>([
  ["of a deposit that is not credited", {}, aDeposit()],
  ["of a deposit that was given up", {}, aDeposit({ status: "failed" })],
  ["that has failed", { status: "failed" }, completed],
  ["that has not left", { transaction: undefined }, completed],
  ["that was refused", { id: undefined }, completed],
])("is nothing of the brand's: one %s", (_what, word, deposit) => {
  expect(decided(word, deposit)).toBeUndefined();
});

test("has one entry with what is taken for ours: whichever is written first, the other cannot be", () => {
  const occasion = { actor: systemActor("test"), now, newId: sequentialIds() };
  const ours = followRefund({ refund: aRefund(), deposit: completed, wallet: aWallet() }, said, occasion);
  expect(ours?.entries?.[0]?.key).toBe(decided()?.entries?.[0]?.key);
});
