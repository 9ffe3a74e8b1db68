/** Transfers that somebody reverses by hand, and what makes up for it. */
import { describe, expect, test } from "@jest/globals";
import type { Change } from "#shared/domain/change";
import { shortIn, takenOut } from "#shared/domain/payouts/after-paid";
import { followPayout } from "#shared/domain/payouts/follow-payout";
import type { Payout } from "#shared/domain/payouts/payout";
import { madeUpFor } from "#shared/domain/payouts/shortfall";
import { askOf } from "#shared/domain/payouts/steps";
import { CREATOR_ID, PAYOUT_ID } from "../../support/builders.ts";
import { active, earning, follow, linesOf, occasion, payoutIn, steps } from "./following.ts";

describe("a payout", () => {
  const arrived = { ...steps.arrival, status: "paid" as const, step: undefined, dueAt: undefined };
  const news = { objectId: "tr_1", reversed: { id: "trr_9", amountMinor: 4_000 } };
  const heard = (payout: Payout, said: Parameters<typeof takenOut>[1] = news) =>
    takenOut({ payout, earnings: [], short: [] }, said, occasion());

  test.each([
    ["on its way to the bank", steps.arrival],
    ["there", arrived as unknown as Payout],
  ])("whose transfer is reversed while it is %s is short by it, and the books have it back", (_where, payout) => {
    const change = heard(payout);
    if (change === undefined) throw new Error("nothing was taken out");
    const { status, updatedAt } = payout;
    expect(payoutIn(change)).toMatchObject({ status, updatedAt, reversedMinor: 4_000, shortMinor: 4_000 });
    const back = (id: string, amount: number) => [
      `payout:${PAYOUT_ID}:reversed:${id}`,
      [
        ["platform:stripe_balance", -amount],
        ["platform:connected_balance", amount],
      ],
    ];
    expect(linesOf(change)).toEqual([back("trr_9", 4_000)]);
    // Whether the bank still has it is asked about what was thought to be over.
    expect(change.events).toHaveLength(payout === steps.arrival ? 0 : 1);
    expect(heard(payoutIn(change))).toBeUndefined();
    const more = heard(payoutIn(change), { objectId: "tr_1", reversed: { id: "trr_10", amountMinor: 5_000 } });
    if (more === undefined) throw new Error("nothing more was taken out");
    expect(linesOf(more)).toEqual([back("trr_10", 1_000)]);
    expect(payoutIn(more)).toMatchObject({ reversedMinor: 5_000, shortMinor: 5_000 });
  });

  test("is not touched by what is reversed of another transfer, or while a step of its own finds out", () => {
    expect(heard(arrived as unknown as Payout, {})).toBeUndefined();
    expect(heard(arrived as unknown as Payout, { ...news, objectId: "tr_by_hand" })).toBeUndefined();
    for (const payout of [steps.payout, steps.reversal]) expect(heard(payout)).toBeUndefined();
    // All of it is back.
    for (const status of ["failed", "reversed"] as const)
      expect(heard({ ...(arrived as unknown as Payout), status })).toBeUndefined();
  });

  test.each([0, 1_000])(
    "that left what is over %d on the account for another is short by it once that is reversed, too",
    (reversedMinor) => {
      const left = { ...(arrived as unknown as Payout), status: "failed" as const, reversedMinor };
      const change = heard(left);
      expect(change && linesOf(change)).toEqual([
        [
          `payout:${PAYOUT_ID}:reversed:trr_9`,
          expect.arrayContaining([["platform:stripe_balance", reversedMinor - 4_000]]),
        ],
      ]);
      expect(change && payoutIn(change)).toMatchObject({ shortMinor: 4_000 - reversedMinor });
      expect(shortIn(change)).toEqual([PAYOUT_ID]);
    },
  );

  test("that its bank sends back is short of nothing any more", () => {
    const short = { ...steps.arrival, reversedMinor: 4_000, shortMinor: 4_000 };
    const change = follow(short, { is: "refused", code: "account_closed" });
    expect(payoutIn(change)).toMatchObject({ step: "reversal", reversedMinor: 4_000 });
    expect(payoutIn(change)).not.toHaveProperty("shortMinor");
    const back = follow(payoutIn(change), { is: "done", id: "trr_1" });
    expect(payoutIn(back).status).toBe("failed");
    expect(linesOf(back)[0]).toEqual([
      `payout:${PAYOUT_ID}:taken-back`,
      expect.arrayContaining([["platform:stripe_balance", -6_000]]),
    ]);
  });

  test("that its bank sends back after another has made up for it leaves as much over, and rings nobody for that", () => {
    const short = { ...steps.arrival, reversedMinor: 4_000, shortMinor: 1_000 };
    const change = follow(short, { is: "refused", code: "account_closed" });
    expect(payoutIn(change)).toMatchObject({ step: "reversal", shortMinor: -3_000 });
    expect(shortIn(change)).toEqual([]);
    // It makes up for others that are short, and is itself made up for by none.
    const over = { ...payoutIn(change), id: "pay_over" };
    expect(askOf(steps.reversal, active, [over, ...shortOnes])?.coverMinor).toBe(4_000);
    expect(askOf(steps.reversal, active, [over])).not.toHaveProperty("coverMinor");
    expect(madeUpFor([over, ...shortOnes], 4_000).map(({ next }) => next)).toMatchObject([
      { id: "pay_short1" },
      { id: "pay_short2", shortMinor: 3_000 },
    ]);
  });

  const shortOnes = [
    { ...steps.arrival, id: "pay_short1", shortMinor: 3_000 },
    { ...steps.arrival, id: "pay_short2", shortMinor: 4_000 },
  ];
  const takenBackBy = (reversedMinor: number, payout: Payout = steps.reversal) => {
    const ask = askOf(payout, active, shortOnes);
    if (ask === undefined) throw new Error("nothing is to be asked");
    expect(ask.coverMinor).toBe(7_000);
    const answer = { is: "done", id: "trr_1", reversedMinor } as const;
    return followPayout({ payout, earnings: [earning], short: shortOnes }, ask, answer, occasion());
  };
  const othersIn = ({ entities }: Change) =>
    entities.flatMap(({ entity, next }) => (entity === "payout" ? [next as Payout] : [])).slice(1);

  test("takes back all of its transfer unless others are short, and only then is anything covered", () => {
    expect(askOf(steps.reversal, active)).not.toHaveProperty("coverMinor");
    for (const step of [steps.transfer, steps.payout, steps.arrival])
      expect(askOf(step, active, shortOnes)).not.toHaveProperty("coverMinor");
  });

  test("makes up with what it leaves on the account for those that are short there, and no further", () => {
    const change = takenBackBy(5_000);
    expect(payoutIn(change)).toMatchObject({ status: "failed", reversedMinor: 5_000 });
    expect(linesOf(change).map(([key, lines]) => [key, lines?.[0]])).toEqual([
      [`payout:${PAYOUT_ID}:taken-back`, ["platform:stripe_balance", -5_000]],
      [`payout:${PAYOUT_ID}:returned`, [`wallet:${CREATOR_ID}:inFlight`, -10_000]],
    ]);
    expect(othersIn(change).map(({ id, shortMinor }) => [id, shortMinor])).toEqual([
      ["pay_short1", undefined],
      ["pay_short2", 2_000],
    ]);
    expect(othersIn(takenBackBy(10_000))).toEqual([]);
  });

  test("of which nothing is taken back has no entry of it, and still is its creator's again", () => {
    const change = takenBackBy(0, { ...steps.reversal, amount: { amount: 7_000, currency: "USD" } });
    expect(linesOf(change).map(([key]) => key)).toEqual([`payout:${PAYOUT_ID}:returned`]);
    expect(othersIn(change).map(({ shortMinor }) => shortMinor)).toEqual([undefined, undefined]);
    expect(payoutIn(change).reversedMinor).toBe(0);
  });

  test("that its bank sent back after all of its transfer was reversed by hand is reversed", () => {
    const change = follow({ ...steps.reversal, reversedMinor: 10_000 }, { is: "done", id: "trr_9" });
    expect(payoutIn(change).status).toBe("reversed");
    expect(linesOf(change).map(([key]) => key)).toEqual([`payout:${PAYOUT_ID}:returned`]);
  });
});
