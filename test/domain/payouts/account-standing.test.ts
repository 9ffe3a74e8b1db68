/** What an account at the processor must hold, by the payouts that have something there. */
import { expect, test } from "@jest/globals";
import { accountsOf, type AccountSight, standingOf } from "#shared/domain/payouts/account-standing";
import { aPayout } from "../../support/money-builders.ts";
import { steps } from "./following.ts";

const usd = (amount: number) => ({ amount, currency: "USD" }) as const;
const of = (parts: Partial<AccountSight>): AccountSight => {
  const before = parts.before ?? [steps.payout];
  return { ...accountsOf(before)[0]!, after: before, held: [usd(10_000)], ...parts, before };
};
const other = (parts: Parameters<typeof aPayout>[0]) => aPayout({ id: `pay_${"0".repeat(25)}2`, ...parts });

test.each<[string, Partial<AccountSight>, string]>([
  ["a payout that waits for the bank is there", {}, "agrees"],
  [
    "one that is taken back is there, but for what is back",
    { before: [{ ...steps.reversal, reversedMinor: 10_000 }], held: [] },
    "agrees",
  ],
  ["one that the bank has is not", { before: [steps.arrival] }, "differs"],
  [
    "one that is short takes from the others",
    { before: [steps.payout, other({ ...steps.arrival, id: "x", shortMinor: 1 })], held: [usd(9_999)] },
    "agrees",
  ],
  [
    "what is over there of one is named, until it makes up for another",
    { before: [steps.payout, other({ ...steps.arrival, id: "x", shortMinor: -1 })], held: [usd(10_001)] },
    "differs",
  ],
  [
    "what is over there of one makes up for another",
    {
      before: [
        steps.payout,
        other({ ...steps.arrival, id: "x", shortMinor: -2 }),
        other({ ...steps.arrival, id: "y", shortMinor: 3 }),
      ],
      held: [usd(9_999)],
    },
    "agrees",
  ],
  [
    "one that is over and not short is nothing",
    { before: [steps.payout, other({ step: undefined, status: "paid", id: "x" } as never)] },
    "agrees",
  ],
  ["one is counted once", { before: [steps.payout, steps.payout] }, "agrees"],
  [
    "one on another account is not counted",
    { before: [steps.payout, other({ ...steps.payout, id: "x", processorAccountId: "acct_2" })] },
    "agrees",
  ],
  ["other currencies are not compared", { held: [usd(10_000), { amount: 5, currency: "EUR" }] }, "agrees"],
  ["nobody looks into a closed account", { held: undefined }, "out_of_sight"],
  ["a transfer may have been made", { before: [steps.payout, other({ id: "x" })] }, "in_motion"],
  ["nobody knows of an answer that was lost", { before: [{ ...steps.payout, status: "unknown" }] }, "in_motion"],
  ["it moved meanwhile", { after: [{ ...steps.payout, version: 2 }] }, "in_motion"],
  ["it was over meanwhile", { after: [] }, "in_motion"],
])("%s", (_what, parts, is) => {
  expect(standingOf(of(parts)).is).toBe(is);
});

test("each account is asked once", () => {
  const accounts = accountsOf([steps.payout, other({}), other({ processorAccountId: "acct_2" })]);
  expect(accounts.map(({ processorAccountId }) => processorAccountId)).toEqual(["acct_1", "acct_2"]);
});
