import { describe, expect, test } from "@jest/globals";
import type Stripe from "stripe";
import { control, refusalOf, startStage } from "./stage.ts";
import { publishedFee } from "#infra/local/stripe/fees";
import type { Charge } from "#infra/local/stripe/resources/charge";
import type { Customer } from "#infra/local/stripe/resources/customers";
import type { BalanceTransaction } from "#infra/local/stripe/resources/balance-transactions";
import type { PaymentIntent } from "#infra/local/stripe/resources/payment-intent";
import type { StripeEvent } from "#infra/local/stripe/events";

type RequiredKeys<T> = { [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? never : K }[keyof T];
type Absent<Real, Fake> = Exclude<RequiredKeys<Real>, keyof Fake>;

// Compiles only while the fake's objects have every field that the client's types promise.
const absent: [
  Absent<Stripe.PaymentIntent, PaymentIntent>,
  Absent<Stripe.Charge, Charge>,
  Absent<Stripe.Customer, Customer>,
  Absent<Stripe.BalanceTransaction, BalanceTransaction>,
  Absent<Stripe.Event, StripeEvent>,
][] = [];

const deposit = { amount: 5000, currency: "usd", automatic_payment_methods: { enabled: true } } as const;

test("objects have every field of the client's types", () => {
  expect(absent).toEqual([]);
});

describe("creating a payment intent", () => {
  test("waits for a payment method", async () => {
    await using stage = await startStage();
    const { stripe } = stage;
    const customer = await stripe.customers.create({});
    const intent = await stripe.paymentIntents.create({
      ...deposit,
      currency: "USD",
      customer: customer.id,
      metadata: { depositId: "dep_1" },
      transfer_group: "group",
    });
    expect(intent).toMatchObject({
      object: "payment_intent",
      status: "requires_payment_method",
      amount: 5000,
      amount_received: 0,
      currency: "usd",
      customer: customer.id,
      latest_charge: null,
      metadata: { depositId: "dep_1" },
      automatic_payment_methods: { enabled: true, allow_redirects: "always" },
      livemode: false,
    });
    expect(intent.client_secret).toMatch(new RegExp(`^${intent.id}_secret_\\w{25}$`));
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ id: intent.id });
    const expanded = await stripe.paymentIntents.retrieve(intent.id, { expand: ["customer"] });
    expect(expanded.customer).toMatchObject({ id: customer.id, object: "customer" });
    expect((await stripe.paymentIntents.list({ customer: customer.id })).data).toHaveLength(1);
    expect((await stripe.paymentIntents.list({ customer: "cus_other" })).data).toHaveLength(0);
  });

  test("offers what the account has switched on, but for what is excluded", async () => {
    await using stage = await startStage();
    const offered = async (
      excluded_payment_method_types: Stripe.PaymentIntentCreateParams.ExcludedPaymentMethodType[],
    ) => (await stage.stripe.paymentIntents.create({ ...deposit, excluded_payment_method_types })).payment_method_types;
    expect(await offered(["us_bank_account"])).toEqual(["card"]);
    expect(await offered(["us_bank_account", "card"])).toEqual([]);
  });

  test.each([
    [{ currency: "usd" }, "parameter_missing", "amount", "Missing required param: amount."],
    [{ amount: 5000 }, "parameter_missing", "currency", "Missing required param: currency."],
    [{ ...deposit, colour: "red" }, "parameter_unknown", "colour", "Received unknown parameter: colour"],
    [
      { ...deposit, automatic_payment_methods: { enabled: true, x: 1 } },
      "parameter_unknown",
      "automatic_payment_methods[x]",
      "Received unknown parameter: automatic_payment_methods[x]",
    ],
    [{ ...deposit, amount: 12.5 }, "parameter_invalid_integer", "amount", "Invalid integer: 12.5"],
    [{ ...deposit, amount: 0 }, "parameter_invalid_integer", "amount", "greater than or equal to 1"],
    [{ ...deposit, amount: 49 }, "amount_too_small", "amount", "Amount must be at least $0.50 usd"],
    [{ ...deposit, amount: 49, currency: "jpy" }, "amount_too_small", "amount", "Amount must be at least ¥50 jpy"],
    [{ ...deposit, amount: 1e8 }, "amount_too_large", "amount", "Amount must be no more than $999,999.99"],
    [{ ...deposit, amount: 1005, currency: "kwd" }, undefined, "amount", "evenly divisible by 10"],
    [{ ...deposit, currency: "xyz" }, undefined, "currency", "Invalid currency: xyz. Stripe currently supports"],
    [{ ...deposit, customer: "cus_none" }, "resource_missing", "customer", "No such customer: 'cus_none'"],
    [{ ...deposit, customer: "" }, "parameter_invalid_empty", "customer", "You passed an empty string for 'customer'"],
    [{ ...deposit, payment_method: "pm_x" }, "resource_missing", "payment_method", "No such PaymentMethod: 'pm_x'"],
    [{ ...deposit, confirm: true }, "payment_intent_unexpected_state", undefined, "missing a payment method"],
    [
      { ...deposit, capture_method: "manual" },
      undefined,
      "capture_method",
      "must be one of automatic, or automatic_async",
    ],
    [{ ...deposit, confirm: "maybe" }, undefined, "confirm", "Invalid boolean: maybe"],
  ])("is refused for %j", async (params, code, param, message) => {
    await using stage = await startStage();
    const refusal = await refusalOf(stage.stripe.rawRequest("POST", "/v1/payment_intents", params));
    expect(refusal).toMatchObject({ statusCode: 400, rawType: "invalid_request_error" });
    expect([refusal.code, refusal.param]).toEqual([code, param]);
    expect(refusal.message).toContain(message);
    expect(await control(stage.fake, "GET", "/_state")).not.toHaveProperty("objects.payment_intent", 1);
  });
});

describe("confirming a payment intent", () => {
  test("with pm_card_visa pays it, once", async () => {
    await using stage = await startStage({ settings: { chargeFee: publishedFee } });
    const { stripe } = stage;
    const intent = await stripe.paymentIntents.create({ ...deposit, description: "A deposit" });
    const paid = await stripe.paymentIntents.confirm(intent.id, {
      payment_method: "pm_card_visa",
      return_url: "https://example.com/back",
      expand: ["latest_charge.balance_transaction", "payment_method"],
    });
    expect(paid).toMatchObject({ status: "succeeded", amount_received: 5000, next_action: null });
    expect(paid.payment_method).toMatchObject({ object: "payment_method", card: { brand: "visa", last4: "4242" } });
    expect(paid.latest_charge).toMatchObject({
      object: "charge",
      paid: true,
      captured: true,
      amount_captured: 5000,
      payment_intent: intent.id,
      balance_transaction: { amount: 5000, fee: 175, net: 4825, type: "charge", description: "A deposit" },
    });
    const { latest_charge } = await stripe.paymentIntents.retrieve(intent.id);
    expect(await stripe.charges.retrieve(String(latest_charge))).toMatchObject({ status: "succeeded" });
    expect(await refusalOf(stripe.paymentIntents.confirm(intent.id))).toMatchObject({
      statusCode: 400,
      code: "payment_intent_unexpected_state",
      payment_intent: { id: intent.id, status: "succeeded" },
      message:
        "You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.",
    });
    expect((await stripe.balanceTransactions.list()).data).toHaveLength(1);
  });

  test("with pm_card_chargeDeclined is 402, and another card may follow", async () => {
    await using stage = await startStage();
    const { stripe } = stage;
    const intent = await stripe.paymentIntents.create(deposit);
    const refusal = await refusalOf(
      stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_chargeDeclined" }),
    );
    expect(refusal).toMatchObject({
      type: "StripeCardError",
      statusCode: 402,
      rawType: "card_error",
      code: "card_declined",
      decline_code: "generic_decline",
      message: "Your card was declined.",
      doc_url: "https://stripe.com/docs/error-codes/card-declined",
      payment_intent: { id: intent.id, status: "requires_payment_method", amount_received: 0, payment_method: null },
      payment_method: { card: { last4: "0002" } },
    });
    const declined = await stripe.paymentIntents.retrieve(intent.id);
    expect(declined.last_payment_error).toMatchObject({ code: "card_declined", charge: declined.latest_charge });
    expect(await stripe.charges.retrieve(String(declined.latest_charge))).toMatchObject({
      status: "failed",
      paid: false,
      failure_code: "card_declined",
      balance_transaction: null,
    });
    const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_mastercard" });
    expect(paid).toMatchObject({ status: "succeeded", last_payment_error: null });
    expect((await stripe.charges.list({ payment_intent: intent.id })).data).toHaveLength(2);
  });

  test("with pm_card_threeDSecure2Required asks for an action", async () => {
    await using stage = await startStage();
    const { stripe } = stage;
    const created = { ...deposit, confirm: true, payment_method: "pm_card_threeDSecure2Required" };
    const waiting = await stripe.paymentIntents.create({ ...created, return_url: "https://example.com/back" });
    expect(waiting).toMatchObject({ status: "requires_action", amount_received: 0, latest_charge: null });
    expect(waiting.next_action).toMatchObject({
      type: "redirect_to_url",
      redirect_to_url: { return_url: "https://example.com/back" },
    });
    expect((await stripe.paymentIntents.create(created)).next_action).toMatchObject({ type: "use_stripe_sdk" });
    expect(await refusalOf(stripe.paymentIntents.create({ ...created, off_session: true }))).toMatchObject({
      statusCode: 402,
      code: "authentication_required",
    });
  });

  test("is refused without a payment method, for an unknown intent and for a canceled one", async () => {
    await using stage = await startStage();
    const { stripe } = stage;
    const intent = await stripe.paymentIntents.create(deposit);
    expect(await refusalOf(stripe.paymentIntents.confirm(intent.id))).toMatchObject({
      code: "payment_intent_unexpected_state",
      payment_intent: { id: intent.id },
    });
    expect(await refusalOf(stripe.paymentIntents.confirm("pi_none"))).toMatchObject({
      statusCode: 404,
      code: "resource_missing",
      param: "intent",
      message: "No such payment_intent: 'pi_none'",
    });
    await stripe.paymentIntents.cancel(intent.id);
    const late = stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_visa" });
    expect((await refusalOf(late)).message).toContain("it has a status of canceled");
  });
});

describe("canceling a payment intent", () => {
  test("ends one that is not paid", async () => {
    await using stage = await startStage({ now: () => 1_790_000_000_000 });
    const { stripe } = stage;
    const intent = await stripe.paymentIntents.create({ ...deposit, payment_method: "pm_card_visa" });
    expect(intent.status).toBe("requires_confirmation");
    const canceled = await stripe.paymentIntents.cancel(intent.id, { cancellation_reason: "abandoned" });
    expect(canceled).toMatchObject({
      status: "canceled",
      canceled_at: 1_790_000_000,
      cancellation_reason: "abandoned",
    });
  });

  test("is refused for one that is paid", async () => {
    await using stage = await startStage();
    const { stripe } = stage;
    const paid = await stripe.paymentIntents.create({ ...deposit, confirm: true, payment_method: "pm_card_visa" });
    const refusal = await refusalOf(stripe.paymentIntents.cancel(paid.id));
    expect(refusal).toMatchObject({ statusCode: 400, code: "payment_intent_unexpected_state" });
    expect(refusal.message).toMatch(/^You cannot cancel this PaymentIntent because it has a status of succeeded\./);
  });
});
