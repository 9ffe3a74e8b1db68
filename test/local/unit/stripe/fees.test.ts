import { describe, expect, test } from "@jest/globals";
import type Stripe from "stripe";
import { publishedFee } from "#infra/local/stripe/fees";
import { startStage, startWebhook, until } from "./stage.ts";

const paid = { amount: 5000, currency: "usd", confirm: true, payment_method: "pm_card_visa" } as const;
const expand = ["latest_charge.balance_transaction"];

// https://stripe.com/pricing and its pages per country.
describe("the published fee", () => {
  test.each([
    ["usd", 5000, 175],
    ["usd", 1, 1],
    ["usd", 50, 31],
    ["eur", 10_000, 175],
    ["gbp", 10_000, 170],
    ["jpy", 1000, 36],
    ["kwd", 10_000, 390],
    ["pln", 1000, 29],
  ])("in %s of %i", (currency, amount, fee) => {
    expect(publishedFee(amount, currency)).toBe(fee);
  });
});

test("a payment tells its fee with its charge's balance transaction", async () => {
  await using stage = await startStage({ settings: { chargeFee: publishedFee } });
  const intent = await stage.stripe.paymentIntents.create({ ...paid, expand });
  expect(intent.latest_charge).toMatchObject({
    object: "charge",
    balance_transaction: { amount: 5000, fee: 175, net: 4825, fee_details: [{ amount: 175, type: "stripe_fee" }] },
  });
  expect(await stage.stripe.paymentIntents.retrieve(intent.id, { expand })).toMatchObject({
    latest_charge: { balance_transaction: { fee: 175 } },
  });
});

// https://docs.stripe.com/payments/payment-intents/asynchronous-capture: the balance transaction of a charge is null
// until it is captured; `charge.updated` brings it.
test("a balance transaction may come after its charge", async () => {
  await using webhook = await startWebhook();
  await using stage = await startStage({ webhookUrl: webhook.url, settings: { asyncCaptureDelayMs: 10 } });
  const { stripe } = stage;
  const intent = await stripe.paymentIntents.create({ ...paid, expand });
  expect(intent.latest_charge).toMatchObject({ balance_transaction: null, captured: true, status: "succeeded" });
  await until(() => webhook.types().includes("charge.updated"));
  const [event] = (await stripe.events.list({ type: "charge.updated" })).data;
  const settled = await stripe.paymentIntents.retrieve(intent.id, { expand });
  const { balance_transaction } = settled.latest_charge as Stripe.Charge;
  expect(balance_transaction).toMatchObject({ object: "balance_transaction", amount: 5000 });
  expect(event?.data.object).toMatchObject({ balance_transaction: (balance_transaction as { id: string }).id });
  const atOnce = await stripe.paymentIntents.create({ ...paid, capture_method: "automatic", expand });
  expect(atOnce.latest_charge).toMatchObject({ balance_transaction: { amount: 5000 } });
});
