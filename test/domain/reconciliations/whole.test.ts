/** What does not agree by the days around it is looked at whole, as long as there is time. */
import { describe, expect, test } from "@jest/globals";
import type { BothSides } from "#shared/domain/reconciliations/groups";
import { reconcile } from "#shared/domain/reconciliations/reconcile";
import { type Elsewhere, inTurn, MOST_LOOKS, wholeSides } from "#shared/domain/reconciliations/whole";
import { aHouseMovement } from "../../support/house-movements.ts";
import { at, clean, DAY, elsewhereOf, movement, planted, together } from "./sides.ts";

const NOTHING: BothSides = { movements: [], entries: [] };

async function compared(
  within: BothSides,
  all: BothSides,
  parts: Partial<Elsewhere> & { readonly turn?: number } = {},
) {
  const { turn = 0, ...given } = parts;
  return reconcile(await wholeSides(within, DAY, turn, { ...elsewhereOf(all), ...given }), DAY, at);
}
const kindsOf = ({ differences }: ReturnType<typeof reconcile>) => differences.map(({ kind }) => kind);
const counting = (all: BothSides) => {
  const asked: (readonly string[])[] = [];
  const { statements } = elsewhereOf(all);
  const about = (ids: readonly string[]) => {
    asked.push(ids);
    return statements.about(ids);
  };
  return { asked, statements: { about } };
};

describe("a second look", () => {
  test("is not taken where everything agrees, and does not ask the processor about what our own entries explain", async () => {
    const all = clean(1);
    const counted = counting(all);
    expect(kindsOf(await compared(all, all, counted))).toEqual([]);
    expect(kindsOf(await compared({ ...all, entries: [] }, all, counted))).toEqual([]);
    expect(counted.asked).toEqual([]);
  });

  test("finds the movement of what was booked later, and leaves it to the movement's day", async () => {
    const moved = clean(1, { movedAt: "2026-10-26T12:00:00.000Z" });
    const outcome = await compared({ ...moved, movements: [] }, moved);
    expect(outcome).toMatchObject({ status: "matched", totals: [], differenceCount: 0 });
  });

  test("names what was booked later and does not agree on both days", async () => {
    const moved = clean(1, { movedAt: "2026-10-26T12:00:00.000Z" });
    const [credit] = moved.entries;
    const sides = { movements: [], entries: credit ? [credit] : [] };
    expect(kindsOf(await compared(sides, { ...sides, movements: moved.movements }))).toEqual(["fee_not_booked"]);
    expect(kindsOf(reconcile({ ...sides, movements: moved.movements }, "2026-10-26", at))).toEqual(["fee_not_booked"]);
  });

  test("is needed by nothing that the processor's word alone decides", async () => {
    const sides = together([planted.unconfirmed(1), planted.unknown_kind(2), planted.currency_differs(3)]);
    const counted = counting(sides);
    const outcome = await compared(sides, sides, counted);
    expect(kindsOf(outcome).sort()).toEqual(["currency_differs", "unconfirmed", "unknown_kind"]);
    expect(counted.asked).toEqual([]);
  });

  test("of the house's own finds its entry by its key, also where no list has it", async () => {
    const payout = aHouseMovement({ type: "payout", createdAt: at, objectIds: ["po_1"] });
    const [credit] = clean(1).entries;
    if (credit === undefined) throw new Error("nothing is booked");
    const booked = { ...credit, key: "house:txn_1", processorIds: ["txn_1"] };
    const keys: (readonly string[])[] = [];
    const journal = {
      about: () => Promise.resolve([]),
      some: (asked: readonly string[]) => {
        keys.push(asked);
        return Promise.resolve(asked.includes(booked.key) ? [booked] : []);
      },
    };
    const whole = await wholeSides({ movements: [payout], entries: [] }, DAY, 0, { ...elsewhereOf(NOTHING), journal });
    expect(whole.entries).toEqual([booked]);
    expect(keys[0]).toEqual([booked.key]);
  });
});

describe("what there is no time for", () => {
  test("is not judged, and no difference; what needs no look is judged all the same", async () => {
    const sides = together([planted.not_booked(1), planted.unconfirmed(2), planted.not_at_processor(3), clean(4)]);
    const outcome = await compared(sides, sides, { shareLeft: () => 0.19 });
    expect(outcome).toMatchObject({ status: "differs", differenceCount: 1, notJudgedCount: 2 });
    expect(kindsOf(outcome)).toEqual(["unconfirmed"]);
    const rest = together([planted.not_booked(1), clean(4)]);
    const unjudged = await compared(rest, rest, { shareLeft: () => 0 });
    expect(unjudged).toMatchObject({ status: "not_judged", differenceCount: 0, differences: [], notJudgedCount: 1 });
    expect(unjudged.totals).toMatchObject([{ matched: 1 }]);
    const judged = await compared(rest, rest);
    expect(judged).toMatchObject({ status: "differs", differenceCount: 1 });
    expect(judged.notJudgedCount).toBeUndefined();
  });

  test("ends with the time, between one look and the next", async () => {
    const sides = together(Array.from({ length: 20 }, (_, number) => planted.not_booked(number)));
    let share = 1;
    const counted = counting(sides);
    const about = (ids: readonly string[]) => {
      share -= 0.15;
      return counted.statements.about(ids);
    };
    const outcome = await compared(sides, sides, { statements: { about }, shareLeft: () => share });
    expect([outcome.differenceCount, outcome.notJudgedCount, counted.asked.length]).toEqual([6, 14, 6]);
  });

  test("has its turn in the comparisons after: none is left out for ever", async () => {
    const sides = together(Array.from({ length: MOST_LOOKS + 500 }, (_, number) => planted.not_at_processor(number)));
    const named = new Set<string>();
    for (const turn of [0, 1]) {
      const counted = counting(sides);
      const outcome = await compared(sides, sides, { ...counted, turn });
      expect(outcome).toMatchObject({ differenceCount: MOST_LOOKS, notJudgedCount: 500 });
      for (const [id = ""] of counted.asked) named.add(id);
    }
    expect(named.size).toBe(MOST_LOOKS + 500);
  });

  test("is no fault of the processor's: what it cannot answer fails the day", async () => {
    const sides = together(Array.from({ length: 20 }, (_, number) => planted.not_booked(number)));
    let asked = 0;
    const about = () => {
      asked += 1;
      return Promise.reject(new Error("unavailable"));
    };
    await expect(compared(sides, sides, { statements: { about } })).rejects.toThrow("unavailable");
    expect(asked).toBeLessThan(5);
  });
});

test("what waits for a person is stored first where more differs than is stored", async () => {
  const waiting = together([planted.unconfirmed(9_001), planted.unknown_kind(9_002)]);
  const sides = together([...Array.from({ length: 300 }, (_, number) => planted.not_booked(number)), waiting]);
  const outcome = await compared(sides, sides);
  expect([outcome.differenceCount, outcome.differences.length]).toEqual([302, 250]);
  expect(kindsOf(outcome).slice(0, 3)).toEqual(["unconfirmed", "unknown_kind", "not_booked"]);
});

test("two refunds of one payment that are alike are not one that was booked twice", () => {
  const [sent, back] = [clean(1), clean(1)];
  const refund = (number: number): BothSides => {
    const moved = { id: `txn_r${number}`, type: "refund", amountMinor: -400, feeMinor: 0 };
    const [credit] = back.entries;
    if (credit === undefined) throw new Error("nothing is booked");
    const lines = credit.lines.map(({ account, amount }) => ({ account, amount: (0 - Math.sign(amount)) * 400 }));
    return {
      movements: [movement(1, { ...moved, objectIds: [`re_${number}`, "pi_1"] })],
      entries: [{ ...credit, key: `refund:${number}`, type: "refund", processorIds: [`re_${number}`], lines }],
    };
  };
  const unbooked = { ...refund(3), entries: [] };
  const sides = together([sent, refund(1), refund(2), unbooked]);
  expect(kindsOf(reconcile(sides, DAY, at))).toEqual(["amount_differs"]);
});

test.each([400, 500, 999, 1_000, 2_000])(
  "of %d that differ each has its turn, though a run has time for a third",
  (count) => {
    const all = Array.from({ length: count }, (_, nth) => nth);
    const seen = new Set<number>();
    for (let turn = 0; turn < 8; turn += 1) for (const one of inTurn(all, turn).slice(0, count / 3)) seen.add(one);
    expect(seen.size).toBe(count);
  },
);

test("a payment that the bank refused days later, whole and without a fee, leaves nothing to book", () => {
  const submitted = aHouseMovement({
    id: "txn_1",
    type: "payment",
    category: "charge",
    amountMinor: 50_000,
    objectIds: ["py_1", "pi_1"],
    createdAt: at,
  });
  const refused = {
    ...submitted,
    id: "txn_2",
    type: "payment_failure_refund",
    amountMinor: -50_000,
    objectIds: ["pyr_1", "pi_1"],
  };
  expect(reconcile({ movements: [submitted, refused], entries: [] }, DAY, at)).toMatchObject({
    status: "matched",
  });
  expect(reconcile({ movements: [submitted], entries: [] }, DAY, at)).toMatchObject({ status: "differs" });
});
