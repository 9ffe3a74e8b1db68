import { describe, expect, test } from "@jest/globals";
import { systemActor } from "#shared/domain/kernel/actor";
import { derivedId } from "#shared/domain/kernel/derived-id";
import { plusDays } from "#shared/domain/kernel/time";
import { followPayout } from "#shared/domain/payouts/follow-payout";
import { lookAgain, standsStill } from "#shared/domain/payouts/look-again";
import { nextLateLook } from "#shared/domain/payouts/late-look";
import type { Payout } from "#shared/domain/payouts/payout";
import { resumed } from "#shared/domain/payouts/resume";
import { aPayout } from "../../support/money-builders.ts";
import { sequentialIds } from "../../support/stage.ts";

const active = { ownerStatus: "active" } as const;
const suspended = { ownerStatus: "suspended" } as const;

/** The payout once the processor was asked on that day, and had nothing new to say. */
function asked(payout: Payout, day: number, is: "waiting" | "unknown"): Payout {
  const { step = "transfer" } = payout;
  const occasion = { actor: systemActor("test"), now: plusDays(payout.createdAt, day), newId: sequentialIds() };
  const change = followPayout({ payout, earnings: [], short: [] }, { step, payout, mayBegin: true }, { is }, occasion);
  return change.entities[0]?.next as Payout;
}

test.each([
  ["transfer", 1],
  ["payout", 1],
  ["reversal", 1],
  ["arrival", 10],
] as const)(
  "a payout that is at its %s for more than %i days stands still, whoever looked meanwhile",
  (step, longest) => {
    let payout: Payout = aPayout({ status: "in_transit", step });
    for (let day = 0; day < longest; day += 0.5) payout = asked(payout, day, "waiting");
    expect(standsStill(payout, active, plusDays(payout.createdAt, longest))).toBe(false);
    expect(standsStill(payout, active, plusDays(payout.createdAt, longest + 0.1))).toBe(true);
  },
);

test("a payout that nobody answers about stands still once it has been unknown for too long", () => {
  let payout: Payout = aPayout();
  for (let day = 0; day <= 1; day += 0.5) payout = asked(payout, day, "unknown");
  expect(standsStill(payout, active, plusDays(payout.createdAt, 1.1))).toBe(true);
});

test.each([
  ["transfer", false],
  ["payout", false],
  ["arrival", true],
  ["reversal", true],
] as const)("a payout of somebody who is suspended, at its %s: standing still is %s", (step, isStill) => {
  const payout = aPayout({ status: "submitted", step });
  expect(standsStill(payout, suspended, plusDays(payout.createdAt, 30))).toBe(isStill);
});

test.each([
  ["transfer", true],
  ["payout", true],
  ["arrival", false],
  ["reversal", false],
] as const)("after its creator's ban a payout at its %s goes on at once: %s", (step, goesOn) => {
  const payout = aPayout({ status: "submitted", step, attempts: 7 });
  const now = plusDays(payout.createdAt, 30);
  const change = resumed(payout, now);
  expect(change?.events).toEqual(goesOn ? [{ type: "payout.step_due", detail: { payoutId: payout.id } }] : undefined);
  const next = change?.entities[0]?.next as Payout | undefined;
  if (goesOn) expect(next && standsStill(next, active, plusDays(now, 1))).toBe(false);
});

describe("a payout that was paid", () => {
  const { step: _step, ...paid } = aPayout({ status: "paid", transferId: "tr_1", processorPayoutId: "po_1" });
  const dayAfter = (days: number) => plusDays(paid.updatedAt, days);
  const look = (payout: Payout, days: number) => lookAgain(payout, dayAfter(days));
  const asksBoth = [
    ["transfer", "tr_1", null],
    ["payout", "po_1", "acct_1"],
  ].map(([objectType, objectId, connectedAccountId]) => ({
    type: "processor.object_changed",
    detail: { objectType, objectId, connectedAccountId },
  }));

  test("has two late looks, at its transfer and at its bank's, and is then left alone", () => {
    const dueAt = nextLateLook(paid, paid.updatedAt, paid.updatedAt) ?? "";
    expect(dueAt >= dayAfter(7) && dueAt < dayAfter(8)).toBe(true);
    const due = { ...paid, dueAt };
    expect(look(due, 6.9)).toBeUndefined();
    const first = look(due, 8);
    expect(first?.events).toEqual(asksBoth);
    const waiting = first?.entities[0]?.next as Payout;
    expect(waiting).toMatchObject({ status: "paid", dueAt: plusDays(dueAt, 7), updatedAt: paid.updatedAt });
    const second = look(waiting, 15);
    expect(second?.events).toEqual(asksBoth);
    expect(second?.entities[0]?.next).not.toHaveProperty("dueAt");
  });

  test("is looked at in an hour of its own: of a thousand that were paid at once, no more than 80 in any", () => {
    const hours = Array.from({ length: 1_000 }, (_, at) => {
      const id = derivedId("payout", String(at), paid.updatedAt);
      const dueAt = nextLateLook({ ...paid, id }, paid.updatedAt, paid.updatedAt) ?? "";
      return dueAt.slice(0, "YYYY-MM-DDTHH".length);
    });
    const inEach = [...new Set(hours)].map((hour) => hours.filter((one) => one === hour).length);
    expect(inEach.length).toBeGreaterThanOrEqual(24);
    expect(Math.max(...inEach)).toBeLessThanOrEqual(80);
  });

  test("and that nobody looked at in time has one, however late", () => {
    expect(look({ ...paid, dueAt: dayAfter(7) }, 20)?.entities[0]?.next).not.toHaveProperty("dueAt");
  });

  test("before there were late looks stays as it is, and none of them stands still", () => {
    const { dueAt: _dueAt, ...stored } = paid;
    expect(look(stored, 20)).toBeUndefined();
    expect(standsStill({ ...paid, dueAt: dayAfter(7) }, active, dayAfter(30))).toBe(false);
  });
});
