import { describe, expect, test } from "@jest/globals";
import { available, typesOf } from "./connect.ts";
import { control, refusalOf, startStage, until } from "./stage.ts";
import { publishedFee } from "#infra/local/stripe/fees";

const deposit = { amount: 5000, currency: "usd", confirm: true } as const;

async function startPaid(payment_method = "pm_card_visa") {
  const stage = await startStage({ settings: { chargeFee: publishedFee } });
  const intent = await stage.stripe.paymentIntents.create({ ...deposit, payment_method });
  return { ...stage, intent, charge: String(intent.latest_charge) };
}

// https://docs.stripe.com/api/refunds/create, https://docs.stripe.com/refunds
describe("a refund", () => {
  // https://docs.stripe.com/currencies#three-decimal
  test("of a three-decimal currency ends with 0, as its payment does", async () => {
    await using stage = await startStage();
    const { stripe } = stage;
    const { latest_charge } = await stripe.paymentIntents.create({
      ...{ amount: 12_340, currency: "kwd", confirm: true, payment_method: "pm_card_visa" },
    });
    const charge = String(latest_charge);
    expect(await refusalOf(stripe.refunds.create({ charge, amount: 1_235 }))).toMatchObject({ param: "amount" });
    expect(await stripe.refunds.create({ charge, amount: 1_230 })).toMatchObject({ amount: 1_230 });
  });

  test("returns a payment in parts, and its fee never", async () => {
    await using stage = await startPaid();
    const { stripe, intent, charge } = stage;
    const part = await stripe.refunds.create({
      payment_intent: intent.id,
      amount: 1200,
      reason: "requested_by_customer",
      metadata: { campaignId: "cam_1" },
      expand: ["balance_transaction"],
    });
    expect(part).toMatchObject({
      object: "refund",
      status: "succeeded",
      amount: 1200,
      charge,
      payment_intent: intent.id,
      reason: "requested_by_customer",
      metadata: { campaignId: "cam_1" },
      balance_transaction: { type: "refund", amount: -1200, fee: 0, net: -1200, reporting_category: "refund" },
    });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 1200, refunded: false });
    const rest = await stripe.refunds.create({ charge });
    expect(rest.amount).toBe(3800);
    expect(await stripe.charges.retrieve(charge, { expand: ["refunds"] })).toMatchObject({
      amount_refunded: 5000,
      refunded: true,
      refunds: { object: "list", data: [{ id: rest.id }, { id: part.id }] },
    });
    expect(await available(stripe)).toBe(-175);
    expect((await stripe.refunds.list({ payment_intent: intent.id })).data.map(({ id }) => id)).toEqual([
      rest.id,
      part.id,
    ]);
    expect((await stripe.refunds.list({ charge: "ch_none" })).data).toEqual([]);
    expect(await stripe.refunds.update(part.id, { metadata: { a: "b" } })).toMatchObject({ metadata: { a: "b" } });
    expect((await typesOf(stripe)).slice(3)).toEqual([
      "refund.created",
      "charge.refunded",
      "refund.created",
      "charge.refunded",
      "refund.updated",
    ]);
  });

  // https://docs.stripe.com/error-codes#charge-already-refunded
  test("is refused beyond the charge, and without one", async () => {
    await using stage = await startPaid();
    const { stripe, charge } = stage;
    expect(await refusalOf(stripe.refunds.create({ charge, amount: 5001 }))).toMatchObject({
      statusCode: 400,
      param: "amount",
      message: "Refund amount ($50.01) is greater than unrefunded amount on charge ($50.00)",
    });
    await stripe.refunds.create({ charge });
    expect(await refusalOf(stripe.refunds.create({ charge }))).toMatchObject({ code: "charge_already_refunded" });
    expect(await refusalOf(stripe.refunds.create({}))).toMatchObject({ statusCode: 400 });
    expect(await refusalOf(stripe.refunds.create({ charge: "ch_none" }))).toMatchObject({ code: "resource_missing" });
    expect(await refusalOf(stripe.refunds.create({ payment_intent: "pi_none" }))).toMatchObject({
      code: "resource_missing",
    });
    const unpaid = await stripe.paymentIntents.create({ amount: 5000, currency: "usd" });
    expect(await refusalOf(stripe.refunds.create({ payment_intent: unpaid.id }))).toMatchObject({
      message: expect.stringContaining("does not have a successful charge to refund"),
    });
    expect(await refusalOf(stripe.refunds.retrieve("re_none"))).toMatchObject({ statusCode: 404 });
  });

  // https://docs.stripe.com/testing#refunds
  test("of one test card is pending before it succeeds", async () => {
    await using stage = await startPaid("pm_card_pendingRefund");
    const { stripe, charge } = stage;
    const refund = await stripe.refunds.create({ charge });
    expect(refund.status).toBe("pending");
    await until(async () => (await stripe.refunds.retrieve(refund.id)).status === "succeeded");
    expect((await typesOf(stripe)).at(-1)).toBe("refund.updated");
  });

  // https://docs.stripe.com/refunds#failed-refunds
  test("of another fails later, as any does when the bank says so, and the money is back", async () => {
    await using stage = await startPaid("pm_card_refundFail");
    const { fake, stripe, charge } = stage;
    const first = await stripe.refunds.create({ charge, amount: 1000 });
    expect(first.status).toBe("succeeded");
    await until(async () => (await stripe.refunds.retrieve(first.id)).status === "failed");
    const visa = await stripe.paymentIntents.create({ ...deposit, payment_method: "pm_card_visa" });
    const second = await stripe.refunds.create({ payment_intent: visa.id });
    await control(fake, "POST", `/_refunds/${second.id}`, { status: "failed" });
    expect(await stripe.refunds.retrieve(second.id, { expand: ["failure_balance_transaction"] })).toMatchObject({
      status: "failed",
      failure_reason: "lost_or_stolen_card",
      failure_balance_transaction: { type: "refund_failure", amount: 5000 },
    });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 0, refunded: false });
    expect(await available(stripe)).toBe(2 * (5000 - 175));
    expect((await typesOf(stripe)).slice(-2)).toEqual(["refund.updated", "refund.failed"]);
  });
});
