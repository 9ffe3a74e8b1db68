import { describe, expect, test } from "@jest/globals";
import { systemActor } from "#shared/domain/kernel/actor";
import { accountName } from "#shared/domain/ledger/account";
import { sentBack, takenBack } from "#shared/domain/payouts/after-paid";
import { followPayout } from "#shared/domain/payouts/follow-payout";
import { nextLateLook } from "#shared/domain/payouts/late-look";
import { lookAgain } from "#shared/domain/payouts/look-again";
import type { Payout } from "#shared/domain/payouts/payout";
import { askOf, nextLookAt, type StepAnswer } from "#shared/domain/payouts/steps";
import type { Change } from "#shared/domain/change";
import { CREATOR_ID, PAYOUT_ID } from "../../support/builders.ts";
import { anEarning, aPayout } from "../../support/money-builders.ts";
import { sequentialIds } from "../../support/stage.ts";

const now = "2026-11-25T12:00:00.000Z";
const occasion = () => ({ actor: systemActor("carry-out-payouts"), now, newId: sequentialIds() });
const active = { ownerStatus: "active" } as const;
const earning = anEarning({ allocatedMinor: 10_000 });
const whole = anEarning({ ...earning, paidMinor: 10_000, status: "paid", paidAt: now });

function follow(payout: Payout, answer: StepAnswer, paid = earning): Change {
  const ask = askOf(payout, active);
  if (ask === undefined) throw new Error("nothing is to be asked");
  return followPayout({ payout, earnings: [paid] }, ask, answer, occasion());
}
const payoutIn = ({ entities }: Change): Payout => {
  const found = entities.find(({ entity }) => entity === "payout")?.next;
  if (found === undefined) throw new Error("the change writes no payout");
  return found as Payout;
};
const linesOf = ({ entries = [] }: Change) =>
  entries.map(({ key, lines }) => [key, lines.map(({ account, amount }) => [accountName(account), amount])]);
const earningIn = ({ entities }: Change) => entities.find(({ entity }) => entity === "earning")?.next;

const steps = {
  transfer: aPayout(),
  payout: aPayout({ status: "submitted", step: "payout", transferId: "tr_1" }),
  arrival: aPayout({ status: "in_transit", step: "arrival", transferId: "tr_1", processorPayoutId: "po_1" }),
  reversal: aPayout({
    status: "in_transit",
    step: "reversal",
    transferId: "tr_1",
    processorPayoutId: "po_1",
    failureCode: "account_closed",
  }),
};

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
    expect(change.events?.map(({ type }) => type)).toEqual(["payout.paid", "processor.object_changed"]);
    // A transfer that was taken back before this was known is asked for once more.
    expect(change.events?.[1]?.detail).toEqual({
      objectType: "transfer",
      objectId: steps.arrival.transferId,
      connectedAccountId: null,
    });
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

  test("taken back after it was paid is reversed: the money is ours again, and the creator's", () => {
    const paid = { ...steps.arrival, status: "paid" as const };
    const news = { objectId: "tr_1", reversalId: "trr_9" };
    const change = takenBack({ payout: paid, earnings: [whole] }, news, occasion());
    if (change === undefined) throw new Error("nothing was reversed");
    expect(payoutIn(change).status).toBe("reversed");
    expect(earningIn(change)).toMatchObject({ status: "available", allocatedMinor: 0, paidMinor: 0 });
    expect(earningIn(change)).not.toHaveProperty("paidAt");
    expect(linesOf(change)).toEqual([
      [
        `payout:${PAYOUT_ID}:reversed`,
        [
          ["platform:stripe_balance", -10_000],
          [`wallet:${CREATOR_ID}:payable`, 10_000],
        ],
      ],
    ]);
    expect(takenBack({ payout: steps.arrival, earnings: [earning] }, news, occasion())).toBeUndefined();
    expect(takenBack({ payout: paid, earnings: [earning] }, {}, occasion())).toBeUndefined();
    const another = { objectId: "tr_by_hand", reversalId: "trr_9" };
    expect(takenBack({ payout: paid, earnings: [earning] }, another, occasion())).toBeUndefined();
  });
});

test("a payout that the bank sends back after it was paid is taken back, and then failed", () => {
  const paid = aPayout({ status: "paid", transferId: "tr_1", processorPayoutId: "po_1", paidAt: now });
  const { step: _step, dueAt: _dueAt, ...arrived } = paid;
  const change = sentBack(
    { payout: arrived, earnings: [whole] },
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
    sentBack({ payout: steps.arrival, earnings: [earning] }, { objectId: "po_1", failureCode: "x" }, occasion()),
  ).toBeUndefined();
  expect(sentBack({ payout: arrived, earnings: [whole] }, {}, occasion())).toBeUndefined();
  const another = { objectId: "po_by_hand", failureCode: "x" };
  expect(sentBack({ payout: arrived, earnings: [whole] }, another, occasion())).toBeUndefined();
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
