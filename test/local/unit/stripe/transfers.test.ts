import { describe, expect, test } from "@jest/globals";
import { available, fund, openAccount, startConnect, typesOf } from "./connect.ts";
import { control, refusalOf } from "./stage.ts";

// https://docs.stripe.com/api/transfers/create
describe("a transfer", () => {
  test("moves money from the platform to an account", async () => {
    await using stage = await startConnect();
    const { stripe, creator, as } = stage;
    const transfer = await stripe.transfers.create({
      amount: 4000,
      currency: "usd",
      destination: creator.id,
      transfer_group: "payout_1",
      metadata: { payoutId: "payout_1" },
      expand: ["balance_transaction", "destination_payment"],
    });
    expect(transfer).toMatchObject({
      object: "transfer",
      amount_reversed: 0,
      reversed: false,
      source_transaction: null,
      transfer_group: "payout_1",
      balance_transaction: { type: "transfer", amount: -4000, fee: 0, source: transfer.id },
      destination_payment: { object: "charge", amount: 4000, source_transfer: transfer.id },
    });
    expect([await available(stripe), await available(stripe, as)]).toEqual([6000, 4000]);
    const [arrived] = (await stripe.balanceTransactions.list({}, as)).data;
    expect(arrived).toMatchObject({ type: "payment", amount: 4000, reporting_category: "charge" });
    expect(await typesOf(stripe)).toContain("transfer.created");
    expect(await typesOf(stripe, as)).toEqual(["account.updated", "payment.created"]);
  });

  test("is found by its group, destination and time, and keeps metadata", async () => {
    await using stage = await startConnect();
    const { stripe, creator } = stage;
    const to = { currency: "usd", destination: creator.id };
    const first = await stripe.transfers.create({ ...to, amount: 100, transfer_group: "a", metadata: { one: "1" } });
    await stripe.transfers.create({ ...to, amount: 200, transfer_group: "b" });
    await stripe.transfers.update(first.id, { metadata: { two: "2" } });
    const found = await stripe.transfers.list({ transfer_group: "a", destination: creator.id });
    expect(found.data).toMatchObject([{ id: first.id, metadata: { one: "1", two: "2" } }]);
    expect((await stripe.transfers.list({ created: { lt: first.created } })).data).toEqual([]);
    expect((await stripe.transfers.list({ destination: "acct_other" })).data).toEqual([]);
    expect(await typesOf(stripe)).toContain("transfer.updated");
  });

  // https://docs.stripe.com/error-codes#balance-insufficient, #insufficient-capabilities-for-transfer
  test("is refused without money, capability or destination, and nothing moves", async () => {
    await using stage = await startConnect();
    const { stripe, creator } = stage;
    const usd = { currency: "usd", amount: 10_001 };
    const fresh = await openAccount(stripe);
    const create = stripe.transfers.create.bind(stripe.transfers);
    expect(await refusalOf(create({ ...usd, destination: creator.id }))).toMatchObject({
      statusCode: 400,
      code: "balance_insufficient",
      rawType: "invalid_request_error",
    });
    expect(await refusalOf(create({ currency: "eur", amount: 1, destination: creator.id }))).toMatchObject({
      code: "balance_insufficient",
    });
    expect(await refusalOf(create({ ...usd, amount: 1, destination: fresh.id }))).toMatchObject({
      code: "insufficient_capabilities_for_transfer",
      message: expect.stringContaining("Your destination account needs to have at least one of the following"),
    });
    expect(await refusalOf(create({ ...usd, destination: "acct_none" }))).toMatchObject({
      code: "resource_missing",
      param: "destination",
      message: "No such destination: 'acct_none'",
    });
    expect(await refusalOf(create({ currency: "usd", destination: creator.id }))).toMatchObject({ param: "amount" });
    expect(await refusalOf(stripe.transfers.retrieve("tr_none"))).toMatchObject({ statusCode: 404 });
    expect((await stripe.transfers.list()).data).toEqual([]);
    expect(await available(stripe)).toBe(10_000);
  });

  // https://docs.stripe.com/connect/separate-charges-and-transfers#transfer-availability
  test("of a charge needs no balance, waits with its funds and never exceeds it", async () => {
    const clock = { nowMs: 1_790_000_000_000 };
    await using stage = await startConnect({ now: () => clock.nowMs, settings: { fundsDelaySeconds: 60 } });
    const { stripe, creator, as } = stage;
    const intent = await stripe.paymentIntents.create({
      amount: 20_000,
      currency: "usd",
      confirm: true,
      payment_method: "pm_card_visa",
    });
    const to = { currency: "usd", destination: creator.id, source_transaction: String(intent.latest_charge) };
    const transfer = await stripe.transfers.create({ ...to, amount: 15_000 });
    expect(transfer.transfer_group).toBe(`group_${intent.id}`);
    expect(await stripe.charges.retrieve(to.source_transaction)).toMatchObject({
      transfer_group: `group_${intent.id}`,
    });
    expect([await available(stripe), await available(stripe, as)]).toEqual([10_000, 0]);
    clock.nowMs += 60_000;
    expect([await available(stripe), await available(stripe, as)]).toEqual([15_000, 15_000]);
    expect(await refusalOf(stripe.transfers.create({ ...to, amount: 5001 }))).toMatchObject({
      param: "source_transaction",
    });
    expect(await refusalOf(stripe.transfers.create({ ...to, amount: 1, currency: "eur" }))).toMatchObject({
      param: "currency",
    });
    expect(await refusalOf(stripe.transfers.create({ ...to, source_transaction: "ch_none" }))).toMatchObject({
      code: "resource_missing",
    });
    const other = await fund(stripe, 700);
    expect(await stripe.transfers.create({ ...to, source_transaction: other.id })).toMatchObject({ amount: 700 });
  });
});

// https://docs.stripe.com/api/transfer_reversals/create
describe("a reversal", () => {
  test("takes money back, in parts, up to the transfer", async () => {
    await using stage = await startConnect();
    const { stripe, creator, as } = stage;
    const { id } = await stripe.transfers.create({ amount: 4000, currency: "usd", destination: creator.id });
    const reversal = await stripe.transfers.createReversal(id, { amount: 1500, metadata: { reason: "rejected" } });
    expect(reversal).toMatchObject({ object: "transfer_reversal", amount: 1500, transfer: id, source_refund: null });
    expect([await available(stripe), await available(stripe, as)]).toEqual([7500, 2500]);
    expect(await refusalOf(stripe.transfers.createReversal(id, { amount: 2501 }))).toMatchObject({ param: "amount" });
    // All of the transfer is more than is left of it.
    expect(await refusalOf(stripe.transfers.createReversal(id))).toMatchObject({ param: "amount" });
    await stripe.transfers.createReversal(id, { amount: 2500 });
    const reversed = await stripe.transfers.retrieve(id);
    expect(reversed).toMatchObject({ amount_reversed: 4000, reversed: true });
    expect(reversed.reversals.data).toMatchObject([{ amount: 2500 }, { amount: 1500 }]);
    expect(await refusalOf(stripe.transfers.createReversal(id))).toMatchObject({ statusCode: 400 });
    expect((await stripe.transfers.listReversals(id)).data).toHaveLength(2);
    expect(await stripe.transfers.retrieveReversal(id, reversal.id)).toEqual(reversal);
    expect(await refusalOf(stripe.transfers.retrieveReversal(id, "trr_none"))).toMatchObject({ statusCode: 404 });
    const moves = async (type: string, options = {}) =>
      (await stripe.balanceTransactions.list({ type }, options)).data.map(({ amount }) => amount);
    expect(await moves("transfer_refund")).toEqual([2500, 1500]);
    expect(await moves("payment_refund", as)).toEqual([-2500, -1500]);
    expect((await typesOf(stripe)).filter((type) => type === "transfer.reversed")).toHaveLength(2);
  });

  // https://docs.stripe.com/connect/separate-charges-and-transfers#reverse-transfers
  test("is refused once the account has spent the money, but Stripe can", async () => {
    await using stage = await startConnect();
    const { fake, stripe, creator, as } = stage;
    const { id } = await stripe.transfers.create({ amount: 4000, currency: "usd", destination: creator.id });
    await stripe.payouts.create({ amount: 3000, currency: "usd" }, as);
    expect(await refusalOf(stripe.transfers.createReversal(id, { amount: 1001 }))).toMatchObject({
      code: "balance_insufficient",
    });
    await control(fake, "POST", `/_transfers/${id}/reversals`, {});
    expect([await available(stripe), await available(stripe, as)]).toEqual([10_000, -3000]);
  });
});
