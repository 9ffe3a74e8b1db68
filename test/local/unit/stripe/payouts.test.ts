import { describe, expect, test } from "@jest/globals";
import { available, fund, startConnect, typesOf } from "./connect.ts";
import { control, eventOf, refusalOf, startWebhook, until } from "./stage.ts";

async function startPaid(options: Parameters<typeof startConnect>[0] = {}) {
  const stage = await startConnect(options);
  await stage.stripe.transfers.create({ amount: 5000, currency: "usd", destination: stage.creator.id });
  return stage;
}

const usd = { amount: 2000, currency: "usd" } as const;

// https://docs.stripe.com/api/payouts, https://docs.stripe.com/connect/manual-payouts
describe("a payout", () => {
  test("goes from pending over in transit to paid by itself", async () => {
    await using webhook = await startWebhook();
    await using stage = await startPaid({ webhookUrl: webhook.url, settings: { payoutDelayMs: 5 } });
    const { stripe, creator, as } = stage;
    const payout = await stripe.payouts.create({ ...usd, metadata: { payoutId: "p" } }, as);
    expect(payout).toMatchObject({
      object: "payout",
      status: "pending",
      automatic: false,
      method: "standard",
      destination: creator.external_accounts?.data[0]?.id,
      failure_code: null,
    });
    expect(await available(stripe, as)).toBe(3000);
    const ours = () => webhook.received.map((delivery) => eventOf(delivery)).filter(({ type }) => /^payout/.test(type));
    await until(() => ours().length === 3);
    expect(ours().map(({ account }) => account)).toEqual([creator.id, creator.id, creator.id]);
    expect((await typesOf(stripe, as)).slice(-3)).toEqual(["payout.created", "payout.updated", "payout.paid"]);
    expect(await stripe.payouts.retrieve(payout.id, {}, as)).toMatchObject({
      status: "paid",
      metadata: { payoutId: "p" },
    });
    expect(await refusalOf(stripe.payouts.retrieve(payout.id))).toMatchObject({ statusCode: 404 });
    expect((await stripe.payouts.list({ status: "paid" }, as)).data).toHaveLength(1);
    expect((await stripe.balanceTransactions.list({ payout: payout.id }, as)).data).toMatchObject([
      { type: "payout", amount: -2000, net: -2000, source: payout.id },
    ]);
  });

  test("is refused beyond the balance, and where payouts are disabled", async () => {
    await using stage = await startPaid();
    const { fake, stripe, creator, as } = stage;
    expect(await refusalOf(stripe.payouts.create({ ...usd, amount: 5001 }, as))).toMatchObject({
      code: "balance_insufficient",
    });
    expect(await refusalOf(stripe.payouts.create({ ...usd, destination: "ba_none" }, as))).toMatchObject({
      code: "resource_missing",
    });
    await control(fake, "POST", `/_accounts/${creator.id}`, { state: "restricted" });
    expect(await refusalOf(stripe.payouts.create(usd, as))).toMatchObject({ code: "payouts_not_allowed" });
    expect(await available(stripe, as)).toBe(5000);
  });

  // https://docs.stripe.com/currencies#special-cases
  test("is of whole forints", async () => {
    await using stage = await startConnect();
    const { stripe, creator, as } = stage;
    await fund(stripe, 20_045, "huf");
    await stripe.transfers.create({ amount: 20_045, currency: "huf", destination: creator.id });
    expect(await refusalOf(stripe.payouts.create({ amount: 20_045, currency: "huf" }, as))).toMatchObject({
      param: "amount",
    });
    expect(await stripe.payouts.create({ amount: 20_000, currency: "huf" }, as)).toMatchObject({ amount: 20_000 });
  });

  // https://docs.stripe.com/api/payouts/cancel
  test("is canceled only while pending, and the money is back", async () => {
    await using stage = await startPaid();
    const { fake, stripe, as } = stage;
    const first = await stripe.payouts.create(usd, as);
    expect(await stripe.payouts.cancel(first.id, {}, as)).toMatchObject({ status: "canceled" });
    expect(await available(stripe, as)).toBe(5000);
    expect((await stripe.balanceTransactions.list({ payout: first.id }, as)).data[0]).toMatchObject({
      type: "payout_cancel",
      amount: 2000,
    });
    const second = await stripe.payouts.create(usd, as);
    await control(fake, "POST", `/_payouts/${second.id}`, { status: "in_transit" });
    expect(await refusalOf(stripe.payouts.cancel(second.id, {}, as))).toMatchObject({ statusCode: 400 });
    await stripe.payouts.update(second.id, { metadata: { a: "1" } }, as);
    expect((await typesOf(stripe, as)).slice(-5)).toEqual([
      "payout.created",
      "payout.canceled",
      "payout.created",
      "payout.updated",
      "payout.updated",
    ]);
  });

  // https://docs.stripe.com/api/payouts/failures: even after it was paid; the money returns to the account.
  test("fails where the bank gives it back", async () => {
    await using stage = await startPaid();
    const { fake, stripe, creator, as } = stage;
    const first = await stripe.payouts.create(usd, as);
    await control(fake, "POST", `/_payouts/${first.id}`, { status: "paid" });
    await control(fake, "POST", `/_payouts/${first.id}`, { status: "failed", failure_code: "account_closed" });
    const failed = await stripe.payouts.retrieve(first.id, { expand: ["failure_balance_transaction"] }, as);
    expect(failed).toMatchObject({
      status: "failed",
      failure_code: "account_closed",
      failure_message: "The bank account has been closed.",
      failure_balance_transaction: { type: "payout_failure", amount: 2000 },
    });
    expect(await available(stripe, as)).toBe(5000);
    await control(fake, "POST", `/_accounts/${creator.id}/payouts`, { failure_code: "no_account" });
    await control(fake, "POST", "/_settings", { payoutDelayMs: 0 });
    const second = await stripe.payouts.create(usd, as);
    await until(async () => (await stripe.payouts.retrieve(second.id, {}, as)).status === "failed");
    await control(fake, "POST", `/_accounts/${creator.id}/payouts`, { failure_code: null });
    const third = await stripe.payouts.create(usd, as);
    await until(async () => (await stripe.payouts.retrieve(third.id, {}, as)).status === "paid");
    expect((await typesOf(stripe, as)).filter((type) => type === "payout.failed")).toHaveLength(2);
  });
});
