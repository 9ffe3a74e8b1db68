import { expect, test } from "@jest/globals";
import type { Topup } from "#infra/local/stripe/resources/topups";
import { control, refusalOf, startStage } from "./stage.ts";

const DAY_SECONDS = 86_400;

// https://docs.stripe.com/api/topups, https://docs.stripe.com/reports/balance-transaction-types
test("the house tops its balance up and pays itself out, and Stripe takes fees: each a movement of its own", async () => {
  await using stage = await startStage();
  const { fake, stripe } = stage;
  const topup = (await control(fake, "POST", "/_topups", { amount: 20_000, ageSeconds: DAY_SECONDS })) as Topup;
  expect(await stripe.topups.retrieve(topup.id)).toMatchObject({
    object: "topup",
    amount: 20_000,
    status: "succeeded",
  });
  await control(fake, "POST", "/_fees", { amount: 1_290, tax: 85 });
  const payout = await stripe.payouts.create({ amount: 9_000, currency: "usd" });
  await control(fake, "POST", `/_payouts/${payout.id}`, { status: "failed" });
  await control(fake, "POST", `/_topups/${topup.id}/reversal`);

  const { data } = await stripe.balanceTransactions.list({ expand: ["data.source"] });
  expect(data.map(({ type, reporting_category, net }) => [type, reporting_category, net])).toEqual([
    ["topup_reversal", "topup_reversal", -20_000],
    ["payout_failure", "payout_reversal", 9_000],
    ["payout", "payout", -9_000],
    ["stripe_fee", "fee", -1_375],
    ["topup", "topup", 20_000],
  ]);
  expect(data.at(-1)).toMatchObject({ source: { id: topup.id, status: "reversed" } });
  expect(data.at(-2)?.source).toBeNull();
  const [before, now] = [data.at(-1)?.created ?? 0, data[0]?.created ?? 0];
  expect(now - before).toBeGreaterThanOrEqual(DAY_SECONDS);
  expect((await stripe.balance.retrieve()).available).toMatchObject([{ amount: -1_375, currency: "usd" }]);
  expect((await stripe.events.list()).data.map(({ type }) => type)).toEqual(
    expect.arrayContaining(["topup.succeeded", "topup.reversed", "payout.failed"]),
  );
  expect(await refusalOf(stripe.topups.retrieve("tu_none"))).toMatchObject({ statusCode: 404 });
});
