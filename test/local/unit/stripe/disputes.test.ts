import { describe, expect, test } from "@jest/globals";
import { available, fund, typesOf } from "./connect.ts";
import { control, refusalOf, startStage, until } from "./stage.ts";

const paid = { amount: 5000, currency: "usd", confirm: true } as const;

async function startDisputed(payment_method: string) {
  const stage = await startStage();
  await stage.stripe.paymentIntents.create({ ...paid, payment_method });
  await until(async () => (await stage.stripe.disputes.list()).data.length === 1);
  const [dispute] = (await stage.stripe.disputes.list()).data;
  if (!dispute) throw new Error("no dispute");
  return { ...stage, dispute };
}

const disputeTypes = async (stage: Awaited<ReturnType<typeof startStage>>) =>
  (await typesOf(stage.stripe)).filter((type) => type.startsWith("charge.dispute."));

// https://docs.stripe.com/testing#disputes, https://docs.stripe.com/disputes/how-disputes-work
describe("a dispute", () => {
  test("of a test card withdraws the payment and a fee, and is won by evidence", async () => {
    await using stage = await startDisputed("pm_card_createDispute");
    const { stripe, dispute } = stage;
    expect(dispute).toMatchObject({
      object: "dispute",
      amount: 5000,
      reason: "fraudulent",
      status: "needs_response",
      is_charge_refundable: false,
      balance_transactions: [
        { type: "adjustment", amount: -5000, fee: 1500, net: -6500, reporting_category: "dispute" },
      ],
      evidence: { uncategorized_text: null },
      evidence_details: { has_evidence: false, submission_count: 0 },
    });
    expect(await available(stripe)).toBe(-1500);
    expect(await stripe.charges.retrieve(String(dispute.charge))).toMatchObject({ disputed: true });
    const staged = await stripe.disputes.update(dispute.id, { evidence: { customer_name: "B" }, submit: false });
    expect(staged).toMatchObject({ status: "needs_response", evidence_details: { has_evidence: true } });
    const answered = await stripe.disputes.update(dispute.id, {
      evidence: { uncategorized_text: "winning_evidence" },
      metadata: { caseId: "1" },
    });
    expect(answered).toMatchObject({
      status: "under_review",
      metadata: { caseId: "1" },
      evidence: { customer_name: "B", uncategorized_text: "winning_evidence" },
      evidence_details: { submission_count: 1 },
    });
    await until(async () => (await stripe.disputes.retrieve(dispute.id)).status === "won");
    expect((await stripe.disputes.retrieve(dispute.id)).balance_transactions).toMatchObject([
      { amount: -5000 },
      { type: "adjustment", amount: 5000, fee: 0, reporting_category: "dispute_reversal" },
    ]);
    expect(await available(stripe)).toBe(5000 - 1500);
    expect(await disputeTypes(stage)).toEqual([
      "charge.dispute.created",
      "charge.dispute.funds_withdrawn",
      "charge.dispute.updated",
      "charge.dispute.updated",
      "charge.dispute.funds_reinstated",
      "charge.dispute.closed",
    ]);
    expect(await refusalOf(stripe.disputes.close(dispute.id))).toMatchObject({ statusCode: 400 });
  });

  test("is lost by evidence, and by giving up", async () => {
    await using stage = await startDisputed("pm_card_createDisputeProductNotReceived");
    const { fake, stripe, dispute } = stage;
    expect(dispute.reason).toBe("product_not_received");
    await stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: "losing_evidence" } });
    await until(async () => (await stripe.disputes.retrieve(dispute.id)).status === "lost");
    const other = await fund(stripe, 900);
    const opened = await control(fake, "POST", `/_charges/${other.id}/disputes`, { reason: "duplicate", amount: 400 });
    const { id } = opened as { id: string };
    expect(await stripe.disputes.close(id)).toMatchObject({ status: "lost", amount: 400, reason: "duplicate" });
    expect(await available(stripe)).toBe(-1500 + 900 - 400 - 1500);
    expect((await stripe.disputes.list({ charge: other.id })).data.map((found) => found.id)).toEqual([id]);
    expect((await disputeTypes(stage)).at(-1)).toBe("charge.dispute.closed");
  });

  // https://docs.stripe.com/error-codes#charge-disputed
  test("is decided by the bank, and its charge is not refundable meanwhile", async () => {
    await using stage = await startDisputed("pm_card_createDispute");
    const { fake, stripe, dispute } = stage;
    const charge = String(dispute.charge);
    expect(await refusalOf(stripe.refunds.create({ charge }))).toMatchObject({ code: "charge_disputed" });
    await control(fake, "POST", `/_disputes/${dispute.id}`, { outcome: "won" });
    expect(await stripe.refunds.create({ charge })).toMatchObject({ amount: 5000 });
    expect(await refusalOf(stripe.disputes.retrieve("dp_none"))).toMatchObject({ statusCode: 404 });
    expect(await control(fake, "POST", "/_charges/ch_none/disputes", {})).toMatchObject({
      message: "No such charge: 'ch_none'",
    });
  });

  // https://docs.stripe.com/disputes/how-disputes-work#inquiries
  test("that is an inquiry moves no money", async () => {
    await using stage = await startDisputed("pm_card_createDisputeInquiry");
    const { fake, stripe, dispute } = stage;
    expect(dispute).toMatchObject({ status: "warning_needs_response", is_charge_refundable: true });
    expect(dispute.balance_transactions).toEqual([]);
    expect(await stripe.disputes.update(dispute.id, { evidence: { receipt: "file_1" } })).toMatchObject({
      status: "warning_under_review",
    });
    await control(fake, "POST", `/_disputes/${dispute.id}`, { outcome: "won" });
    expect(await stripe.disputes.retrieve(dispute.id)).toMatchObject({ status: "warning_closed" });
    expect(await available(stripe)).toBe(5000);
  });

  test("that is an inquiry is closed by refunding everything", async () => {
    await using stage = await startDisputed("pm_card_createDisputeInquiry");
    const { stripe, dispute } = stage;
    const charge = String(dispute.charge);
    await stripe.refunds.create({ charge, amount: 4999 });
    expect(await stripe.disputes.retrieve(dispute.id)).toMatchObject({ status: "warning_needs_response" });
    await stripe.refunds.create({ charge });
    expect(await stripe.disputes.retrieve(dispute.id)).toMatchObject({ status: "warning_closed" });
  });
});
