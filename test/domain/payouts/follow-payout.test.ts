import { describe, expect, test } from "@jest/globals";
import { sentBack } from "#shared/domain/payouts/after-paid";
import { nextLateLook } from "#shared/domain/payouts/late-look";
import { lookAgain } from "#shared/domain/payouts/look-again";
import { askOf, nextLookAt } from "#shared/domain/payouts/steps";
import { CREATOR_ID, PAYOUT_ID } from "../../support/builders.ts";
import { aPayout } from "../../support/money-builders.ts";
import { active, earning, earningIn, follow, linesOf, now, occasion, payoutIn, steps, whole } from "./following.ts";

describe("a payout", () => {
  test("that was transferred is submitted: the money stands on the creator's account, and the payout from there is next", () => {
    const change = follow(steps.transfer, { is: "done", id: "tr_1" });
    expect(payoutIn(change)).toMatchObject({ status: "submitted", step: "payout", transferId: "tr_1", attempts: 0 });
    expect(linesOf(change)).toEqual([
      [
        `payout:${PAYOUT_ID}:sent`,
        [
          ["platform:connected_balance", -10_000],
          ["platform:stripe_balance", 10_000],
        ],
      ],
    ]);
    expect(change.events).toEqual([{ type: "payout.step_due", detail: { payoutId: PAYOUT_ID } }]);
  });

  test("that was sent on is in transit, and looked at later", () => {
    const change = follow(steps.payout, { is: "done", id: "po_1" });
    expect(payoutIn(change)).toMatchObject({ status: "in_transit", step: "arrival", processorPayoutId: "po_1" });
    expect(change.entries).toEqual([]);
    // A transfer that was taken back after the look at it is asked for once more.
    expect(change.events?.map(({ type }) => type)).toEqual(["processor.object_changed", "payout.step_due"]);
    expect(change.events?.[0]?.detail).toEqual({
      objectType: "transfer",
      objectId: steps.payout.transferId,
      connectedAccountId: null,
    });
  });

  test("that has arrived is paid, and so are its earnings; nothing is in flight any more", () => {
    const change = follow(steps.arrival, { is: "done", id: "po_1", at: "2026-11-25T11:00:00.000Z" });
    const paid = payoutIn(change);
    expect(paid).toMatchObject({ status: "paid", paidAt: "2026-11-25T11:00:00.000Z" });
    expect(paid.step).toBeUndefined();
    // Two late looks follow.
    expect(paid.dueAt).toBe(nextLateLook(paid, now, now));
    expect(earningIn(change)).toMatchObject({ status: "paid", paidMinor: 10_000, paidAt: "2026-11-25T11:00:00.000Z" });
    expect(linesOf(change)).toEqual([
      [
        `payout:${PAYOUT_ID}:paid`,
        [
          [`wallet:${CREATOR_ID}:inFlight`, -10_000],
          ["platform:connected_balance", 10_000],
        ],
      ],
    ]);
    expect(change.events?.map(({ type }) => type)).toEqual(["payout.paid"]);
  });

  test("of part of an earning leaves it available", () => {
    const part = aPayout({
      ...steps.arrival,
      amount: { amount: 4_000, currency: "USD" },
      parts: [{ earningId: earning.id, amountMinor: 4_000 }],
    });
    const change = follow(part, { is: "done", id: "po_1" });
    expect(earningIn(change)).toMatchObject({ status: "available", paidMinor: 4_000 });
  });

  test("that was refused before anything left is failed, and its money can be paid out again", () => {
    const change = follow(steps.transfer, { is: "refused", code: "balance_insufficient" });
    expect(payoutIn(change)).toMatchObject({ status: "failed", failureCode: "balance_insufficient" });
    expect(earningIn(change)).toMatchObject({ status: "available", allocatedMinor: 0 });
    expect(linesOf(change)).toEqual([
      [
        `payout:${PAYOUT_ID}:returned`,
        [
          [`wallet:${CREATOR_ID}:inFlight`, -10_000],
          [`wallet:${CREATOR_ID}:payable`, 10_000],
        ],
      ],
    ]);
    expect(change.events?.map(({ type }) => type)).toEqual(["payout.failed"]);
  });

  test.each(["payout", "arrival"] as const)(
    "that failed at its %s is taken back first, and only then failed",
    (step) => {
      const refused = follow(steps[step], { is: "refused", code: "account_closed" });
      expect(payoutIn(refused)).toMatchObject({
        status: steps[step].status,
        step: "reversal",
        failureCode: "account_closed",
      });
      expect(refused.entries).toEqual([]);
      const back = follow(steps.reversal, { is: "done", id: "trr_1" });
      expect(payoutIn(back)).toMatchObject({ status: "failed", failureCode: "account_closed" });
      expect(linesOf(back).map(([key]) => key)).toEqual([
        `payout:${PAYOUT_ID}:taken-back`,
        `payout:${PAYOUT_ID}:returned`,
      ]);
    },
  );

  test.each(Object.entries(steps))(
    "that nobody answered about at its %s is unknown, asked again, and moves no money",
    (_step, payout) => {
      const change = follow(payout, { is: "unknown" });
      expect(payoutIn(change)).toMatchObject({
        status: "unknown",
        step: payout.step,
        attempts: 1,
        dueAt: nextLookAt(now, 0),
      });
      expect(change.entries).toEqual([]);
      const again = payoutIn(change);
      expect(askOf(again, active)?.step).toBe(payout.step);
      expect(payoutIn(follow(again, { is: "unknown" }))).toMatchObject({ status: "unknown", attempts: 2 });
    },
  );

  test("that is unknown goes on from where it stood once somebody answers", () => {
    const unknown = aPayout({ status: "unknown", attempts: 3 });
    expect(payoutIn(follow(unknown, { is: "done", id: "tr_1" }))).toMatchObject({ status: "submitted", attempts: 0 });
    expect(payoutIn(follow(unknown, { is: "refused", code: "x" })).status).toBe("failed");
  });

  test("that cannot be taken back now is tried again, and not called failed", () => {
    const change = follow(steps.reversal, { is: "refused", code: "insufficient_funds" });
    expect(payoutIn(change)).toMatchObject({ status: "in_transit", step: "reversal", attempts: 1 });
  });
});

test("a payout that the bank sends back after it was paid is taken back, and then failed", () => {
  const paid = aPayout({ status: "paid", transferId: "tr_1", processorPayoutId: "po_1", paidAt: now });
  const { step: _step, dueAt: _dueAt, ...arrived } = paid;
  const change = sentBack(
    { payout: arrived, earnings: [whole], short: [] },
    { objectId: "po_1", failureCode: "account_closed" },
    occasion(),
  );
  if (change === undefined) throw new Error("nothing came back");
  expect(payoutIn(change)).toMatchObject({ status: "in_transit", step: "reversal", failureCode: "account_closed" });
  expect(payoutIn(change)).not.toHaveProperty("paidAt");
  expect(earningIn(change)).toMatchObject({ status: "available", paidMinor: 0, allocatedMinor: 10_000 });
  expect(linesOf(change)).toEqual([
    [
      `payout:${PAYOUT_ID}:sent-back`,
      [
        ["platform:connected_balance", -10_000],
        [`wallet:${CREATOR_ID}:inFlight`, 10_000],
      ],
    ],
  ]);
  const back = follow(payoutIn(change), { is: "done", id: "trr_1" });
  expect(payoutIn(back).status).toBe("failed");
  expect(
    sentBack(
      { payout: steps.arrival, earnings: [earning], short: [] },
      { objectId: "po_1", failureCode: "x" },
      occasion(),
    ),
  ).toBeUndefined();
  expect(sentBack({ payout: arrived, earnings: [whole], short: [] }, {}, occasion())).toBeUndefined();
  const another = { objectId: "po_by_hand", failureCode: "x" };
  expect(sentBack({ payout: arrived, earnings: [whole], short: [] }, another, occasion())).toBeUndefined();
});

describe("what is asked", () => {
  test("is nothing for who is suspended, unless it may have left already: then only whether it has", () => {
    expect(askOf(steps.transfer, { ownerStatus: "suspended" })).toMatchObject({ step: "transfer", mayBegin: false });
    const lost = { ...steps.transfer, attempts: 1 };
    expect(askOf(lost, { ownerStatus: "suspended" })).toMatchObject({ step: "transfer", mayBegin: false });
    expect(askOf(lost, active)).toMatchObject({ step: "transfer", mayBegin: true });
    expect(askOf(steps.payout, { ownerStatus: "suspended" })).toMatchObject({ step: "payout", mayBegin: false });
    expect(askOf(steps.arrival, { ownerStatus: "suspended" })).toMatchObject({ step: "arrival", mayBegin: true });
    expect(askOf(steps.reversal, { ownerStatus: "suspended" })).toMatchObject({ step: "reversal", mayBegin: true });
  });

  test.each(["paid", "failed", "reversed"] as const)("is nothing once it is %s", (status) => {
    const { step: _step, dueAt: _dueAt, ...final } = aPayout({ status });
    expect(askOf(final, active)).toBeUndefined();
    expect(lookAgain(final, now)).toBeUndefined();
  });

  test("comes up again when no event came, and later each time", () => {
    const overdue = aPayout({ dueAt: now, attempts: 2 });
    const change = lookAgain(overdue, now);
    expect(change?.events).toEqual([{ type: "payout.step_due", detail: { payoutId: PAYOUT_ID } }]);
    // Twice as long after its last step as it is now, and a day at most.
    expect(change && payoutIn(change).dueAt).toBe("2026-11-26T12:00:00.000Z");
    expect(lookAgain(aPayout({ dueAt: "2026-11-25T12:00:00.001Z" }), now)).toBeUndefined();
    expect(nextLookAt(now, 99)).toBe("2026-11-26T12:00:00.000Z");
  });
});
