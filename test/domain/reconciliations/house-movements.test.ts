/** The house's own movements in a day's comparison: named until somebody books them, whenever that is. */
import { describe, expect, test } from "@jest/globals";
import { bookHouseMovement } from "#shared/domain/ledger/house-movement";
import type { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { houseAccountOf, kindOf } from "#shared/domain/processor/movement-kinds";
import type { BothSides } from "#shared/domain/reconciliations/groups";
import { bookedLater } from "#shared/domain/reconciliations/judge";
import { reconcile } from "#shared/domain/reconciliations/reconcile";
import { aHouseMovement } from "../../support/house-movements.ts";
import { admin, sequentialIds } from "../../support/stage.ts";

const DAY = "2026-11-20";
const at = `${DAY}T12:00:00.000Z`;
const payout = aHouseMovement({
  id: "txn_po",
  amountMinor: -9_000,
  createdAt: at,
  objectIds: ["po_1"],
  type: "payout",
});
const failure = { ...payout, id: "txn_pf", amountMinor: 9_000, type: "payout_failure" };

function booked(movement = payout, postedAt = at): JournalEntry {
  const occasion = { actor: admin(), now: postedAt, newId: sequentialIds() };
  const { change } = bookHouseMovement({ movement, booked: [] }, "r", occasion);
  const [entry] = change.entries ?? [];
  if (entry === undefined) throw new Error("nothing is booked");
  return { ...entry, postedAt, commitId: occasion.newId("commit") };
}
const kindsOf = (sides: BothSides, date = DAY) => reconcile(sides, date, at).differences.map(({ kind }) => kind);

describe("a movement of the house's own money", () => {
  test("is named by its balance transaction, with the command that books it, until it is booked", () => {
    const [found] = reconcile({ movements: [payout], entries: [] }, DAY, at).differences;
    expect(found).toMatchObject({ kind: "unconfirmed", processorIds: ["txn_po", "po_1"], processorMinor: -9_000 });
    expect(found?.action).toContain("POST /v1/admin/ledger/house-movements");
    expect(kindsOf({ movements: [payout], entries: [booked()] })).toEqual([]);
  });

  test("stays named beside another one of the same object that is booked", () => {
    const movements = [payout, failure];
    expect(kindsOf({ movements, entries: [] })).toEqual(["unconfirmed"]);
    expect(kindsOf({ movements, entries: [booked()] })).toEqual(["unconfirmed"]);
    expect(kindsOf({ movements, entries: [booked(), booked(failure)] })).toEqual([]);
  });

  test.each([
    ["a fee, with its tax", { type: "stripe_fee", category: "fee", amountMinor: -1_290, feeMinor: 85 }],
    ["a tax on fees", { type: "tax_fee", category: "tax", amountMinor: -85 }],
    ["an instant payout, with its fee", { type: "payout", amountMinor: -9_000, feeMinor: 90 }],
    ["a fee that is given back", { type: "adjustment", category: "fee", amountMinor: 40 }],
  ])("agrees once it is booked: %s", (_what, parts) => {
    const movement = aHouseMovement({ createdAt: at, ...parts });
    expect(kindsOf({ movements: [movement], entries: [booked(movement)] })).toEqual([]);
    const twice = { ...booked(movement), key: "again" };
    expect(kindsOf({ movements: [movement], entries: [booked(movement), twice] })).toHaveLength(1);
  });

  test("booked weeks later is asked for by its key, and is no riddle on the day of its booking", () => {
    const later = booked(payout, "2026-12-08T09:00:00.000Z");
    expect(bookedLater({ movements: [payout], entries: [] })).toEqual([later.key]);
    expect(bookedLater({ movements: [payout], entries: [later] })).toEqual([]);
    expect(kindsOf({ movements: [payout], entries: [later] })).toEqual([]);
    expect(kindsOf({ movements: [payout], entries: [later] }, "2026-12-08")).toEqual([]);
    expect(kindsOf({ movements: [], entries: [later] }, "2026-12-08")).toEqual(["not_at_processor"]);
  });
});

test("adjustments are of many kinds, and only what belongs to nobody is the house's", () => {
  const adjustment = (category: string) => aHouseMovement({ type: "adjustment", category });
  const accounts = ["fee", "other_adjustment", "dispute", "dispute_reversal", "refund_failure", "x"].map((category) =>
    houseAccountOf(adjustment(category)),
  );
  expect(accounts).toEqual(["stripe_fees", "stripe_fees", undefined, undefined, undefined, undefined]);
  expect(kindOf(adjustment("fee"))).toBe("adjustment fee");
  expect(kindOf(aHouseMovement({ type: "topup", category: "topup" }))).toBe("topup");
});
