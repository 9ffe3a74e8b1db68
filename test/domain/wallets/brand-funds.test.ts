import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { creditLines, creditTo, debitLines, fundsAfter } from "#shared/domain/wallets/brand-funds";
import { BRAND_ID } from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";

const figuresOf = ({ available, disputesReceivable }: ReturnType<typeof aWallet>) => [available, disputesReceivable];

test.each([
  ["nothing", [10, 0], [110, 0]],
  ["70", [0, 70], [30, 0]],
  ["as much", [0, 100], [0, 0]],
  ["more", [0, 130], [0, 30]],
] as const)("a brand that owes %s and gets 100 pays that first", (_owes, [available, disputesReceivable], left) => {
  const wallet = aWallet({ available, disputesReceivable });
  const { lines, requires } = creditTo(wallet, 100);
  expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(100);
  expect(figuresOf(fundsAfter(wallet, lines))).toEqual(left);
  expect(requires).toEqual([{ balances: { userId: BRAND_ID, disputesReceivable } }]);
});

test("who gets nothing is not held", () => {
  for (const wallet of [aWallet({ available: 5 }), aWallet({ disputesReceivable: 5 }), aWallet()])
    expect(creditTo(wallet, 0)).toEqual({ lines: [], requires: [] });
});

test("money and debts are never there at once, whatever comes and goes, and whatever they were before", () => {
  const some = fc.integer({ min: 0, max: 1_000 });
  fc.assert(
    fc.property(some, some, fc.array(fc.tuple(fc.boolean(), some), { maxLength: 6 }), (available, owed, moves) => {
      const start = aWallet({ available, disputesReceivable: owed });
      let wallet = fundsAfter(start, creditLines(start, 0));
      let worth = available - owed;
      for (const [comes, amount] of moves) {
        wallet = fundsAfter(wallet, (comes ? creditLines : debitLines)(wallet, amount));
        worth += comes ? amount : -amount;
        expect(figuresOf(wallet)).toEqual([Math.max(worth, 0), Math.max(-worth, 0)]);
      }
    }),
    { numRuns: 200, seed: 15 },
  );
});
