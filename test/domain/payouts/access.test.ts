import { expect, test } from "@jest/globals";
import { Refusal } from "#shared/domain/kernel/refusal";
import { readablePayout } from "#shared/domain/payouts/access";
import { aPayout } from "../../support/money-builders.ts";
import { OTHER_CREATOR_ID } from "../../support/launched.ts";
import { admin, brand, creator } from "../../support/stage.ts";

test("a payout is there for its creator and for admins", () => {
  const payout = aPayout();
  for (const actor of [creator(), admin()]) expect(readablePayout(actor, payout)).toBe(payout);
});

test.each([
  ["another creator", creator(OTHER_CREATOR_ID), aPayout()],
  ["a brand", brand(), aPayout()],
  ["an admin, when there is none", admin(), undefined],
  ["a creator, when there is none", creator(), undefined],
])("for %s there is none", (_, actor, payout) => {
  expect(() => readablePayout(actor, payout)).toThrow(Refusal);
  expect(() => readablePayout(actor, payout)).toThrow(
    expect.objectContaining({ refusal: expect.objectContaining({ code: "payout.not_found" }) }),
  );
});
