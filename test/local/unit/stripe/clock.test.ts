import { expect, test } from "@jest/globals";
import { control, eventOf, raw, startStage, startWebhook, until } from "./stage.ts";

const noon = 1_790_078_400;
const WEEK = 7 * 86_400;
const paid = { amount: 1_000, currency: "usd", confirm: true, payment_method: "pm_card_visa" } as const;

test("objects, events and funds are dated by the clock that was moved; signatures and keys by the machine's", async () => {
  await using webhook = await startWebhook();
  const settings = { fundsDelaySeconds: WEEK };
  await using stage = await startStage({ webhookUrl: webhook.url, now: () => noon * 1000, settings });
  const { fake, stripe } = stage;
  const first = await stripe.paymentIntents.create(paid, { idempotencyKey: "one" });
  expect((await stripe.balance.retrieve()).available).toMatchObject([{ amount: 0 }]);

  expect(await control(fake, "PUT", "/_clock", { offsetSeconds: WEEK })).toEqual({
    now: new Date((noon + WEEK) * 1000).toISOString(),
    offsetSeconds: WEEK,
  });
  expect((await stripe.balance.retrieve()).available).toMatchObject([{ amount: 1_000 }]);
  expect(await stripe.paymentIntents.create(paid, { idempotencyKey: "one" })).toEqual(first);
  const { created } = await stripe.paymentIntents.create(paid);
  expect(created).toBe(noon + WEEK);
  const { data } = await stripe.balanceTransactions.list({ created: { gte: noon + WEEK } });
  expect(data).toHaveLength(1);
  await until(() => webhook.received.map((one) => eventOf(one, noon)).some((event) => event.created === noon + WEEK));
});

test("the clock does not go back", async () => {
  await using stage = await startStage();
  await control(stage.fake, "PUT", "/_clock", { offsetSeconds: 60 });
  expect((await raw(stage.fake, "PUT", "/_clock", { body: `{"offsetSeconds":59}` })).status).toBe(409);
  expect((await raw(stage.fake, "PUT", "/_clock", { body: `{"offsetSeconds":60}` })).status).toBe(200);
});

test("money can be moved that nobody asked for", async () => {
  await using stage = await startStage();
  await control(stage.fake, "POST", "/_balance_transactions", { amount: -700, currency: "usd" });
  const { data } = await stage.stripe.balanceTransactions.list();
  expect(data).toMatchObject([{ amount: -700, net: -700, fee: 0, type: "adjustment", source: null }]);
  expect((await stage.stripe.balance.retrieve()).available).toMatchObject([{ amount: -700, currency: "usd" }]);
});
