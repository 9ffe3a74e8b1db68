import { describe, expect, test } from "@jest/globals";
import { systemActor } from "#shared/domain/kernel/actor";
import { factsOf, follow } from "#shared/domain/deposits/follow-payment";
import type { ProcessorDispute, ProcessorRefund } from "#shared/domain/processor/payment";
import { BRAND_ID, DEPOSIT_ID, REFUND_ID } from "../../support/builders.ts";
import { aDeposit, aRefund, aWallet } from "../../support/money-builders.ts";
import { sequentialIds } from "../../support/stage.ts";

const occasion = { actor: systemActor("test"), now: "2026-11-25T12:00:00.000Z", newId: sequentialIds(), adminIds: [] };
const amount = { amount: 2_000, currency: "USD" } as const;
const transaction = { id: "txn_9", amountMinor: -2_000, feeMinor: 0, currency: "USD" } as const;
const deposit = aDeposit({ status: "completed" });
const metadata = { depositId: DEPOSIT_ID, refundId: REFUND_ID, userId: BRAND_ID };
const refund: ProcessorRefund = { id: "re_1", status: "succeeded", amount, metadata, transaction };
const dispute: ProcessorDispute = {
  id: "dp_1",
  status: "needs_response",
  amount,
  reason: "fraudulent",
  evidenceDueAt: null,
  transactions: [transaction],
};

/** How many of the facts beside the payment change something. */
function changesOf(paymentIntentId: string): number {
  const payment = {
    paymentIntentId,
    clientSecret: "s",
    status: "succeeded" as const,
    amount,
    received: amount,
    customerId: "cus_1",
    metadata,
  };
  const [, ...facts] = factsOf({ payment, refunds: [refund], disputes: [dispute] });
  const ours = {
    deposit,
    wallet: aWallet({ available: 5_000, inFlight: 2_000 }),
    refund: aRefund(),
    dispute: undefined,
  };
  return facts.filter((fact) => follow(fact, ours, occasion).change !== undefined).length;
}

test("refunds and disputes count for the deposit whose payment they came of, whatever a payment says it is for", () => {
  expect(changesOf(deposit.paymentIntentId)).toBe(2);
  expect(changesOf("pi_foreign")).toBe(0);
});

describe("a refund that names none of ours", () => {
  const about = { depositId: DEPOSIT_ID, paymentIntentId: deposit.paymentIntentId };
  const paidIn = { ...about, clientSecret: "s", status: "succeeded", amount, received: amount, metadata } as const;
  const payment = { ...paidIn, customerId: "cus_1" };
  const factOf = (parts: Partial<ProcessorRefund>, others: readonly Partial<ProcessorRefund>[] = []) => {
    const refunds = [parts, ...others].map((one) => ({ ...refund, ...one }));
    const [, fact] = factsOf({ payment, refunds, disputes: [] });
    if (fact === undefined) throw new Error("no fact of the refund");
    return fact;
  };
  const entriesOf = (fact: ReturnType<typeof factOf>, refundedMinor = 0, bookedOthersMinor = 0) => {
    const isUnnamed = fact.about.unnamedRefundId !== undefined;
    const others = isUnnamed ? { bookedOthersMinor } : {};
    const ours = { deposit: { ...deposit, refundedMinor }, wallet: aWallet({ available: 5_000 }), ...others };
    return follow(fact, { ...ours, refund: undefined, dispute: undefined }, occasion).change?.entries?.map(
      ({ key }) => key,
    );
  };
  const byHand = { metadata: {} };

  test("was made by hand; one that names another is left alone", () => {
    const ifAnother = { refundId: expect.stringMatching(/^rfd_/), unnamedRefundId: "re_1", amountMinor: 2_000 };
    expect(factOf({}).about).toEqual({ ...about, refundId: REFUND_ID, ifAnother, unnamedOthers: [] });
    expect(factOf(byHand).about).toMatchObject({
      unnamedRefundId: "re_1",
      refundId: expect.stringMatching(/^rfd_/),
    });
    expect(factOf({ metadata: {}, id: undefined }).about).toMatchObject({ ...about, refundId: undefined });
    expect(entriesOf(factOf(byHand))).toEqual(["refund:re_1"]);
    expect(entriesOf(factOf({}))).toBeUndefined();
  });

  test.each<[string, boolean, Partial<ProcessorRefund>]>([
    ["has left, and nobody booked", false, byHand],
    ["says that it is ours, and waits", true, { transaction: undefined }],
    ["waits, and says nothing", false, { ...byHand, transaction: undefined }],
    ["has failed", false, { status: "failed" }],
  ])("is known to be by hand once what we promised is there: another that %s, %s", (_what, isKnown, other) => {
    const most = refund.amount.amount;
    const fact = factOf(byHand, [{ id: "re_2", ...other }]);
    if (isKnown) expect(entriesOf(fact, most)).toEqual(["refund:re_1"]);
    else expect(() => entriesOf(fact, most)).toThrow("re_1 may be one of ours");
    expect(() => entriesOf(fact, most + 1)).toThrow("re_1 may be one of ours");
    // One that an entry books has its part in it, whatever it says.
    expect(fact.about.unnamedOthers).toEqual(
      "refundId" in (other.metadata ?? metadata) ? [] : [{ id: "re_2", amountMinor: most }],
    );
    expect(entriesOf(fact, most, most)).toEqual(["refund:re_1"]);
    // What has not left is nothing yet, whosever it is.
    expect(entriesOf(factOf({ ...byHand, transaction: undefined }), most)).toBeUndefined();
  });
});

test.each(["dep_of_another_program", "🦊".repeat(400)])(
  "a payment that says it is for what is none of our names is nobody's, and nothing is looked for",
  (depositId) => {
    const payment = { paymentIntentId: "pi_9", clientSecret: "s", status: "succeeded" as const, amount };
    const said = { ...payment, received: amount, customerId: "cus_1", metadata: { depositId } };
    expect(factsOf({ payment: said, refunds: [refund], disputes: [dispute] })).toEqual([]);
    expect(factsOf({ payment: said, refunds: [], disputes: [] }, DEPOSIT_ID)).toHaveLength(1);
  },
);
