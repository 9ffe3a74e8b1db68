/** Every planted difference is found and named; clean books raise no alarm (T9; `ROWS=100000` for the large size). */
import { describe, expect, test } from "@jest/globals";
import type { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { platformAccount, walletAccount } from "#shared/domain/ledger/account";
import type { ProcessorMovement } from "#shared/domain/processor/movement";
import { type BothSides, reconcile } from "#shared/domain/reconciliations/reconcile";
import { DifferenceKind } from "#shared/domain/reconciliations/reconciliation";
import { BRAND_ID } from "../../support/builders.ts";

const DAY = "2026-11-25";
const at = `${DAY}T12:00:00.000Z`;
const id = (prefix: string, number: number) => `${prefix}_${String(number).padStart(26, "0")}`;
const fee = (amount: number) => Math.round(amount * 0.029) + 30;

const movement = (number: number, parts: Partial<ProcessorMovement> = {}): ProcessorMovement => ({
  id: `txn_${number}`,
  type: "charge",
  category: "charge",
  currency: "USD",
  amountMinor: 1_000 + number,
  feeMinor: fee(1_000 + number),
  createdAt: at,
  objectIds: [`ch_${number}`, `pi_${number}`],
  ...parts,
});
const entry = (number: number, parts: Partial<JournalEntry>): JournalEntry => ({
  id: id("jrn", number),
  key: `k${number}`,
  type: "deposit",
  currency: "USD",
  lines: [],
  referenceId: "r",
  description: "d",
  actorId: "system:test",
  effectiveAt: at,
  postedAt: at,
  commitId: id("cmt", number),
  ...parts,
});
const credit = (number: number, amount = 1_000 + number): JournalEntry =>
  entry(number, {
    key: `deposit:pi_${number}`,
    processorIds: [`pi_${number}`],
    lines: [
      { account: platformAccount("stripe_balance"), amount: -amount },
      { account: walletAccount(BRAND_ID, "available"), amount },
    ],
  });
const feeOf = (number: number, amount = fee(1_000 + number)): JournalEntry =>
  entry(number, {
    key: `fee:txn_${number}`,
    type: "processing",
    processorIds: [`txn_${number}`],
    lines: [
      { account: platformAccount("stripe_fees"), amount: -amount },
      { account: platformAccount("stripe_balance"), amount },
    ],
  });
const clean = (number: number): BothSides => ({
  movements: [movement(number)],
  entries: [credit(number), feeOf(number)],
});

/** One difference of each kind, by name. */
const planted: Readonly<Record<DifferenceKind, (number: number) => BothSides>> = {
  not_booked: (number) => ({ movements: [movement(number)], entries: [] }),
  not_at_processor: (number) => ({ movements: [], entries: [credit(number)] }),
  amount_differs: (number) => ({ movements: [movement(number)], entries: [credit(number, 7), feeOf(number)] }),
  fee_differs: (number) => ({ movements: [movement(number)], entries: [credit(number), feeOf(number, 1)] }),
  fee_not_booked: (number) => ({ movements: [movement(number)], entries: [credit(number)] }),
  currency_differs: (number) => ({
    movements: [movement(number, { currency: "EUR" })],
    entries: [credit(number), feeOf(number)],
  }),
  booked_twice: (number) => ({
    movements: [movement(number)],
    entries: [credit(number), { ...credit(number), key: `again:${number}` }, feeOf(number)],
  }),
  unconfirmed: (number) => ({ movements: [movement(number, { type: "payout" })], entries: [] }),
  unknown_kind: (number) => ({ movements: [movement(number, { type: "something_new" })], entries: [] }),
};
/** Clean rows of the large test: 100,000 for the large size. */
const ROWS = Number(process.env["ROWS"] ?? 20_000);
const together = (sides: readonly BothSides[]): BothSides => ({
  movements: sides.flatMap(({ movements }) => movements),
  entries: sides.flatMap(({ entries }) => entries),
});

describe("a reconciliation", () => {
  test.each(DifferenceKind.options)("names a planted %s, with its objects and what to do", (kind) => {
    const sides = together([clean(1), planted[kind](2), clean(3)]);
    const { status, differences, differenceCount } = reconcile(sides, DAY, at);
    expect({ status, differenceCount, kinds: differences.map((one) => one.kind) }).toEqual({
      status: "differs",
      differenceCount: 1,
      kinds: [kind],
    });
    const [found] = differences;
    expect([...(found?.processorIds ?? []), ...(found?.entryKeys ?? [])].join(" ")).toMatch(/_2\b|:2\b/);
    expect(found?.action.length).toBeGreaterThan(10);
  });

  test("finds 1,000 planted differences of every kind among clean rows, and nothing else", () => {
    const kinds = DifferenceKind.options;
    const differing = Array.from({ length: 1_000 }, (_, nth) => {
      const kind = kinds[nth % kinds.length] ?? "not_booked";
      return planted[kind](1_000_000 + nth);
    });
    const rows = Array.from({ length: ROWS }, (_, nth) => clean(nth));
    const started = performance.now();
    const { differenceCount, totals } = reconcile(together([...rows, ...differing]), DAY, at);
    console.log(`1,000 differences among ${ROWS} rows: ${Math.round(performance.now() - started)} ms`);
    expect(differenceCount).toBe(1_000);
    expect(totals.find(({ currency }) => currency === "USD")?.matched).toBe(ROWS);
    expect(reconcile(together(rows), DAY, at)).toMatchObject({
      status: "matched",
      differenceCount: 0,
      differences: [],
    });
  });

  test("joins what was booked on another day than it moved, and judges each movement on its own day", () => {
    const late: BothSides = {
      movements: [movement(1, { createdAt: `${DAY}T23:59:59.999Z` })],
      entries: [credit(1), feeOf(1)].map((one) => ({ ...one, postedAt: "2026-11-27T08:00:00.000Z" })),
    };
    expect(reconcile(late, DAY, at).status).toBe("matched");
    expect(reconcile(late, "2026-11-27", at).totals).toEqual([]);
    expect(reconcile({ movements: [], entries: [credit(1)] }, "2026-11-26", at).status).toBe("matched");
  });

  test("names what is dated far back on the day it was posted, but for the house's own, which is that day's", () => {
    const backdated = { effectiveAt: "2026-11-01T12:00:00.000Z" };
    const [foreign, house] = [
      entry(1, { ...credit(1), ...backdated }),
      entry(1, { ...credit(1), ...backdated, key: "house:txn_1" }),
    ];
    expect(reconcile({ movements: [], entries: [foreign] }, DAY, at).differences).toMatchObject([
      { kind: "not_at_processor", entryKeys: [foreign.key] },
    ]);
    expect(reconcile({ movements: [], entries: [house] }, DAY, at).status).toBe("matched");
  });

  test("takes a refund of part of a charge with the charge it belongs to", () => {
    const back: BothSides = {
      movements: [
        movement(5, { id: "txn_r", type: "refund", amountMinor: -400, feeMinor: 0, objectIds: ["re_1", "pi_5"] }),
      ],
      entries: [
        entry(9, {
          key: "refund:re_1",
          type: "refund",
          processorIds: ["re_1"],
          lines: [
            { account: walletAccount(BRAND_ID, "inFlight"), amount: -400 },
            { account: platformAccount("stripe_balance"), amount: 400 },
          ],
        }),
      ],
    };
    expect(reconcile(together([clean(5), back]), DAY, at).status).toBe("matched");
  });

  test("leaves alone what is between ourselves", () => {
    const own = entry(1, {
      lines: [
        { account: walletAccount(BRAND_ID, "available"), amount: -5 },
        { account: walletAccount(BRAND_ID, "pending"), amount: 5 },
      ],
    });
    expect(reconcile({ movements: [], entries: [own] }, DAY, at)).toMatchObject({ status: "matched", totals: [] });
  });
});
