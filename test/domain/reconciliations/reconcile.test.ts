/** Every planted difference is found and named; clean books raise no alarm (T9; `ROWS=100000` for the large size). */
import { describe, expect, test } from "@jest/globals";
import { walletAccount, platformAccount } from "#shared/domain/ledger/account";
import { plusDays } from "#shared/domain/kernel/time";
import { daysAround } from "#shared/domain/reconciliations/days";
import type { BothSides } from "#shared/domain/reconciliations/groups";
import { reconcile } from "#shared/domain/reconciliations/reconcile";
import { DifferenceKind } from "#shared/domain/reconciliations/reconciliation";
import { wholeSides } from "#shared/domain/reconciliations/whole";
import { BRAND_ID } from "../../support/builders.ts";
import { at, clean, credit, DAY, elsewhereOf, entry, feeOf, movement, planted, together } from "./sides.ts";

/** Clean rows of the large test: 100,000 for the large size. */
const ROWS = Number(process.env["ROWS"] ?? 20_000);
/** Rows of other days that were booked on this one. */
const EARLIER = 600;
/** How late something may be booked. */
const LATEST_DAYS = 30;

/** One in four is booked late, or its fee is: up to thirty days. */
const booked = (number: number) => {
  const late = plusDays(at, number % (LATEST_DAYS + 1));
  return clean(
    number,
    number % 4 > 0 ? {} : number % 8 > 0 ? { feeBookedAt: late } : { creditedAt: late, feeBookedAt: late },
  );
};
/** Moved on a day before, and booked on this one. */
const earlier = (nth: number) => clean(2_000_000 + nth, { movedAt: plusDays(at, -(nth % (LATEST_DAYS + 1))) });

/** What a run reads of it all: the days around. */
function around({ movements, entries }: BothSides): BothSides {
  const days = new Set(daysAround(DAY));
  const isRead = (instant: string) => days.has(instant.slice(0, DAY.length));
  return {
    movements: movements.filter(({ createdAt }) => isRead(createdAt)),
    entries: entries.filter(({ postedAt }) => isRead(postedAt)),
  };
}
const compared = async (all: BothSides) => reconcile(await wholeSides(around(all), DAY, 0, elsewhereOf(all)), DAY, at);

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

  test("finds 1,000 planted differences of every kind among clean rows, however late these were booked, and nothing else", async () => {
    const kinds = DifferenceKind.options;
    const differing = Array.from({ length: 1_000 }, (_, nth) => {
      const kind = kinds[nth % kinds.length] ?? "not_booked";
      return planted[kind](1_000_000 + nth);
    });
    const rows = Array.from({ length: ROWS }, (_, nth) => booked(nth));
    const before = Array.from({ length: EARLIER }, (_, nth) => earlier(nth));
    const onTheDay = before.filter(({ movements }) => movements[0]?.createdAt === at).length;
    const started = performance.now();
    const { differenceCount, notJudgedCount, totals } = await compared(together([...rows, ...before, ...differing]));
    const late = rows.filter(({ entries }) => entries.some(({ postedAt }) => postedAt !== at)).length;
    const took = Math.round(performance.now() - started);
    console.log(`1,000 differences among ${ROWS} rows, ${late} booked late, and ${EARLIER} of days before: ${took} ms`);
    expect([differenceCount, notJudgedCount]).toEqual([1_000, undefined]);
    expect(totals.find(({ currency }) => currency === "USD")?.matched).toBe(ROWS + onTheDay);
    const clear = await compared(together([...rows, ...before]));
    expect(clear).toMatchObject({ status: "matched", differenceCount: 0, differences: [] });
    expect(clear.notJudgedCount).toBeUndefined();
  }, 300_000);

  test("joins what was booked on another day than it moved, and judges each movement on its own day", () => {
    const late: BothSides = {
      movements: [movement(1, { createdAt: `${DAY}T23:59:59.999Z` })],
      entries: [credit(1), feeOf(1)].map((one) => ({ ...one, postedAt: "2026-11-27T08:00:00.000Z" })),
    };
    expect(reconcile(late, DAY, at).status).toBe("matched");
    expect(reconcile(late, "2026-11-27", at).totals).toEqual([]);
    expect(reconcile({ movements: [], entries: [credit(1)] }, "2026-11-26", at).status).toBe("matched");
    const part = { ...late, entries: late.entries.slice(0, 1) };
    for (const date of [DAY, "2026-11-27"])
      expect(reconcile(part, date, at).differences.map(({ kind }) => kind)).toEqual(["fee_not_booked"]);
    expect(reconcile(part, "2026-11-26", at).status).toBe("matched");
  });

  test("names what is dated far back on the day it was posted, whatever its key says", () => {
    const backdated = { ...credit(1), effectiveAt: "2026-11-01T12:00:00.000Z" };
    for (const one of [backdated, { ...backdated, key: "house:txn_1" }])
      expect(reconcile({ movements: [], entries: [one] }, DAY, at).differences).toMatchObject([
        { kind: "not_at_processor", entryKeys: [one.key] },
      ]);
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
