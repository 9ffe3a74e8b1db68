import { expect, test } from "@jest/globals";
import { systemActor } from "#shared/domain/kernel/actor";
import { plusDays } from "#shared/domain/kernel/time";
import { followPayout } from "#shared/domain/payouts/follow-payout";
import { standsStill } from "#shared/domain/payouts/look-again";
import type { Payout } from "#shared/domain/payouts/payout";
import { aPayout } from "../../support/money-builders.ts";
import { sequentialIds } from "../../support/stage.ts";

/** The payout once the processor was asked on that day, and had nothing new to say. */
function asked(payout: Payout, day: number, is: "waiting" | "unknown"): Payout {
  const { step = "transfer" } = payout;
  const occasion = { actor: systemActor("test"), now: plusDays(payout.createdAt, day), newId: sequentialIds() };
  const change = followPayout({ payout, earnings: [] }, { step, payout, mayBegin: true }, { is }, occasion);
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
    expect(standsStill(payout, plusDays(payout.createdAt, longest))).toBe(false);
    expect(standsStill(payout, plusDays(payout.createdAt, longest + 0.1))).toBe(true);
  },
);

test("a payout that nobody answers about stands still once it has been unknown for too long", () => {
  let payout: Payout = aPayout();
  for (let day = 0; day <= 1; day += 0.5) payout = asked(payout, day, "unknown");
  expect(standsStill(payout, plusDays(payout.createdAt, 1.1))).toBe(true);
});
