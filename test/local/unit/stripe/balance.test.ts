import { describe, expect, test } from "@jest/globals";
import { refusalOf, startStage } from "./stage.ts";

const day = 86_400;
const monday = 1_790_035_200;

describe("the balance", () => {
  test("is pending until its funds become available", async () => {
    const clock = { nowMs: monday * 1000 };
    await using stage = await startStage({ now: () => clock.nowMs, settings: { fundsDelaySeconds: 2 * day } });
    const { stripe } = stage;
    const paid = { confirm: true, payment_method: "pm_card_visa" } as const;
    await stripe.paymentIntents.create({ ...paid, amount: 1000, currency: "usd" });
    await stripe.paymentIntents.create({ ...paid, amount: 700, currency: "eur" });
    await stripe.paymentIntents.create({
      ...paid,
      amount: 300,
      currency: "usd",
      payment_method: "pm_card_bypassPending",
    });
    const amounts = async () => {
      const { available, pending } = await stripe.balance.retrieve();
      const of = (entries: { amount: number; currency: string }[]) =>
        Object.fromEntries(entries.map(({ currency, amount }) => [currency, amount]));
      return { available: of(available), pending: of(pending) };
    };
    expect(await amounts()).toEqual({ available: { eur: 0, usd: 300 }, pending: { eur: 700, usd: 1000 } });
    expect((await stripe.balanceTransactions.list({ currency: "eur" })).data[0]?.status).toBe("pending");
    clock.nowMs += 2 * day * 1000;
    expect(await amounts()).toEqual({ available: { eur: 700, usd: 1300 }, pending: { eur: 0, usd: 0 } });
    expect((await stripe.balanceTransactions.list({ currency: "eur" })).data[0]?.status).toBe("available");
  });

  test("is nothing in the home currency at first", async () => {
    await using stage = await startStage();
    expect(await stage.stripe.balance.retrieve()).toMatchObject({
      object: "balance",
      available: [{ amount: 0, currency: "usd" }],
      pending: [{ amount: 0, currency: "usd" }],
    });
  });
});

describe("balance transactions", () => {
  test("are listed by the day they were made, by type and by source", async () => {
    const clock = { nowMs: monday * 1000 };
    await using stage = await startStage({ now: () => clock.nowMs });
    const { stripe } = stage;
    const charges: string[] = [];
    for (const offset of [-1, 0, day - 1, day]) {
      clock.nowMs = (monday + offset) * 1000;
      const paid = await stripe.paymentIntents.create({
        amount: 5000 + offset,
        currency: "usd",
        confirm: true,
        payment_method: "pm_card_visa",
      });
      charges.push(String(paid.latest_charge));
    }
    const ofDay = await stripe.balanceTransactions.list({ created: { gte: monday, lt: monday + day } });
    expect(ofDay.data.map(({ source }) => source)).toEqual([charges[2], charges[1]]);
    expect(ofDay.data[1]).toMatchObject({
      amount: 5000,
      fee: 0,
      net: 5000,
      fee_details: [],
      reporting_category: "charge",
    });
    expect((await stripe.balanceTransactions.list({ created: monday })).data).toHaveLength(1);
    expect((await stripe.balanceTransactions.list({ source: charges[0] ?? "" })).data).toHaveLength(1);
    expect((await stripe.balanceTransactions.list({ type: "refund" })).data).toHaveLength(0);
    const id = ofDay.data[0]?.id ?? "";
    expect(await stripe.balanceTransactions.retrieve(id, { expand: ["source"] })).toMatchObject({
      id,
      source: { object: "charge", id: charges[2] },
    });
    expect(await refusalOf(stripe.balanceTransactions.retrieve("txn_none"))).toMatchObject({ statusCode: 404 });
    expect(await refusalOf(stripe.charges.retrieve("ch_none"))).toMatchObject({
      statusCode: 404,
      message: "No such charge: 'ch_none'",
    });
    expect(await refusalOf(stripe.balanceTransactions.list({ expand: ["data.amount"] }))).toMatchObject({
      statusCode: 400,
      message: expect.stringContaining("This property cannot be expanded (data.amount)"),
    });
  });

  // https://docs.stripe.com/api/pagination/auto
  test("are walked through page by page", async () => {
    await using stage = await startStage();
    const { stripe } = stage;
    for (let count = 1; count <= 7; count += 1) {
      await stripe.paymentIntents.create({
        amount: 100 * count,
        currency: "usd",
        confirm: true,
        payment_method: "pm_card_visa",
      });
    }
    const amounts: number[] = [];
    for await (const { amount } of stripe.balanceTransactions.list({ limit: 3, type: "charge" })) amounts.push(amount);
    expect(amounts).toEqual([700, 600, 500, 400, 300, 200, 100]);
  });
});
