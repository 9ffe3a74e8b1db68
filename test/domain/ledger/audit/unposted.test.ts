/** What moves at the processor and is not booked: how much of it, and since when. */
import { expect, test } from "@jest/globals";
import { unpostedOf } from "#shared/domain/ledger/audit/unposted";
import { lookAgain as lookAtPayout } from "#shared/domain/payouts/look-again";
import { takingBack } from "#shared/domain/payouts/follow-payout";
import { lookAgain as lookAtRefund } from "#shared/domain/refunds/look-again";
import type { Refund } from "#shared/domain/refunds/refund";
import type { Payout } from "#shared/domain/payouts/payout";
import { postponed } from "#shared/domain/deposits/settle-payment";
import type { Deposit } from "#shared/domain/deposits/deposit";
import { systemActor } from "#shared/domain/kernel/actor";
import { at, DEPOSIT_ID, PAYOUT_ID, REFUND_ID } from "../../../support/builders.ts";
import { aDeposit, aPayout, aRefund } from "../../../support/money-builders.ts";

const nothing = { deposits: [], payouts: [], refunds: [] };
const LATER = "2026-11-09T00:00:00.000Z";
const usd = (id: string, amountMinor: number, since: string) => ({ id, currency: "USD", amountMinor, since });

test("a payment, for a quarter of an hour since it was begun", () => {
  const young = aDeposit({ createdAt: "2026-11-08T23:50:00.000Z" });
  const old = aDeposit({ createdAt: "2026-11-08T23:45:00.000Z" });
  expect(unpostedOf({ ...nothing, deposits: [young, old] }, LATER)).toEqual([
    usd(DEPOSIT_ID, 5_000, "2026-11-08T23:50:00.000Z"),
  ]);
});

test("a fee that is not known: since its deposit was credited, however often it was asked for", () => {
  const credited = aDeposit({ status: "completed", feePending: true, creditedAt: "2026-11-03T00:00:00.000Z" });
  const asked = postponed(credited, LATER)?.entities[0]?.next as Deposit;
  expect(asked.updatedAt).toBe(LATER);
  expect(unpostedOf({ ...nothing, deposits: [asked] }, LATER)).toEqual([
    usd(DEPOSIT_ID, 5_000, "2026-11-03T00:00:00.000Z"),
  ]);
});

test("a refund's parts that are on their way: since its request, however often it was asked for", () => {
  const part = { depositId: DEPOSIT_ID, paymentIntentId: "pi_1" };
  const refund = aRefund({
    parts: [
      { ...part, amountMinor: 1_500, status: "succeeded", booked: true },
      { ...part, amountMinor: 500, status: "submitted", booked: false },
    ],
  });
  const asked = lookAtRefund(refund, LATER)?.entities[0]?.next as Refund;
  expect(asked.updatedAt).toBe(LATER);
  expect(unpostedOf({ ...nothing, refunds: [asked] }, LATER)).toEqual([usd(REFUND_ID, 500, at)]);
  const ended = aRefund({ parts: [{ ...part, amountMinor: 2_000, status: "failed", booked: false }] });
  expect(unpostedOf({ ...nothing, refunds: [ended] }, LATER)).toEqual([]);
});

test("a transfer: since its payout's request, also when it waits for the end of a ban; and its way back, since that began", () => {
  const waiting = lookAtPayout(aPayout(), LATER)?.entities[0]?.next as Payout;
  const occasion = { actor: systemActor("t"), now: "2026-11-05T00:00:00.000Z", requestId: "r", newId: () => "" };
  const back = takingBack(aPayout({ status: "in_transit", step: "arrival" }), "account_closed", occasion);
  const unanswered = { ...back, status: "unknown" as const, updatedAt: LATER };
  const payouts = [waiting, unanswered];
  expect(unpostedOf({ ...nothing, payouts }, LATER)).toEqual([
    usd(PAYOUT_ID, 10_000, at),
    usd(PAYOUT_ID, 10_000, "2026-11-05T00:00:00.000Z"),
  ]);
});

test.each(["payout", "arrival"] as const)("nothing of ours while it is looked for at the bank (%s)", (step) => {
  expect(unpostedOf({ ...nothing, payouts: [aPayout({ status: "submitted", step })] }, LATER)).toEqual([]);
});
