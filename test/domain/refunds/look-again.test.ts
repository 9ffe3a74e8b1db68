import { expect, test } from "@jest/globals";
import { lookAgain, standsStill, stuckAs } from "#shared/domain/refunds/look-again";
import type { RefundPart } from "#shared/domain/refunds/refund";
import { aRefund } from "../../support/money-builders.ts";

const now = "2026-11-25T12:00:00.000Z";

test.each([
  ["requested", "2026-11-26T12:00:00.000Z", false],
  ["requested", "2026-11-26T12:00:00.001Z", true],
  ["submitted", "2026-12-10T12:00:00.000Z", false],
  ["submitted", "2026-12-10T12:00:00.001Z", true],
  ["succeeded", "2027-12-10T12:00:00.000Z", false],
  ["failed", "2027-12-10T12:00:00.000Z", false],
] as const)("a part that is %s at %s stands still: %s", (status, at, still) => {
  const [part] = aRefund().parts as [RefundPart];
  const refund = aRefund({ createdAt: now, parts: [{ ...part, status }] });
  expect(standsStill(refund, at)).toBe(still);
});

test("it is asked about again, later each time, as long as it is due", () => {
  const due = aRefund({ createdAt: now, dueAt: "2026-11-25T12:10:00.000Z" });
  expect(lookAgain(due, now)).toBeUndefined();
  expect(lookAgain(due, "2026-11-25T12:40:00.000Z")?.entities[0]?.next).toMatchObject({
    dueAt: "2026-11-25T13:20:00.000Z",
  });
});

test("it is named with the payments that it still goes back by", () => {
  const [part] = aRefund().parts as [RefundPart];
  const parts = (["requested", "submitted", "succeeded", "failed"] as const).map((status, at) => ({
    ...part,
    status,
    paymentIntentId: `pi_${at}`,
  }));
  const refund = aRefund({ parts });
  expect(stuckAs(refund)).toEqual({ refundId: refund.id, paymentIntentIds: ["pi_0", "pi_1"] });
});
