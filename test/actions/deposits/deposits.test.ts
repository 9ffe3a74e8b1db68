import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { handler as depositFunds } from "#lambdas/deposits/deposit-funds";
import { handler as openWallet } from "#lambdas/wallets/open-wallet";
import { sink } from "#shared/runtime/log";
import { ADMIN_ID, anAccount, BRAND_ID } from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
import { admin, brand } from "../../support/stage.ts";
import { brokenInvariants, interrupted } from "../../support/launched.ts";
import { type Depositing, depositing, OTHER_ID, refused, usd } from "./depositing.ts";

afterEach(() => void jest.restoreAllMocks());

let stage: Depositing["stage"];
let begin: Depositing["begin"];
let confirm: Depositing["confirm"];
let deliver: Depositing["deliver"];
let available: Depositing["available"];
let credits: Depositing["credits"];
let expectNothingSaved: Depositing["expectNothingSaved"];
beforeEach(async () => {
  ({ stage, begin, confirm, deliver, available, credits, expectNothingSaved } = await depositing());
});

describe("beginning a deposit", () => {
  test("makes a payment that says whose it is; nothing is credited yet", async () => {
    const begun = await begin();
    expect(begun).toMatchObject({
      paymentIntentId: "pi_1",
      clientSecret: "pi_1_secret",
      amount: usd(5_000),
      status: "pending",
      createdAt: stage.clock.now,
    });
    expect(await stage.payments.retrievePayment("pi_1")).toMatchObject({
      customerId: "cus_1",
      metadata: { depositId: begun.id, userId: BRAND_ID },
    });
    expect(await stage.ports.wallets.get(BRAND_ID)).toMatchObject({ available: 0, version: 1 });
    expect(await stage.ports.wallets.profile(BRAND_ID)).toMatchObject({
      stripeCustomerId: "cus_1",
      currencyFixed: true,
    });
    expect(credits()).toEqual([]);
  });

  test("tried again under its key after a crash before the write, is the same deposit and payment", async () => {
    const before = stage.table.all();
    const crashing = interrupted(depositFunds, () => Promise.reject(new Error("the process died")));
    const call = { actor: brand(), body: usd(5_000), idempotencyDigest: "key-1" };
    await expect(stage.run(crashing, call)).rejects.toThrow("died");
    expect(stage.table.all()).toEqual(before);
    expect((await begin()).paymentIntentId).toBe("pi_1");
  });

  test("of a customer who is gone at the processor is another's from then on, however many begin at once", async () => {
    const { paymentIntentId } = await begin();
    stage.payments.deleteCustomer("cus_1");
    const begun = await Promise.all(["key-2", "key-3"].map((key) => begin(usd(5_000), key)));
    expect(await stage.ports.wallets.profile(BRAND_ID)).toMatchObject({ stripeCustomerId: "cus_2" });
    const payers = [paymentIntentId, ...begun.map((one) => one.paymentIntentId)].map(async (id) => {
      stage.payments.pay(id);
      return (await stage.payments.retrievePayment(id)).customerId;
    });
    expect(await Promise.all(payers)).toEqual(["cus_1", "cus_2", "cus_2"]);
    for (const { id } of begun) expect(await confirm(id)).toMatchObject({ status: "completed" });
    expect(await available()).toBe(10_000);
  });

  test("under another key, or for another amount, is another", async () => {
    const all = [await begin(), await begin(usd(5_000), "key-2"), await begin(usd(5_001), "key-1")];
    expect(new Set(all.map(({ id }) => id)).size).toBe(3);
    expect(new Set(all.map(({ paymentIntentId }) => paymentIntentId)).size).toBe(3);
  });

  test("ten at once all begin, with one customer", async () => {
    const all = await Promise.all(Array.from({ length: 10 }, (_, at) => begin(usd(100 + at), `key-${at}`)));
    expect(new Set(all.map(({ paymentIntentId }) => paymentIntentId)).size).toBe(10);
    expect(await stage.ports.wallets.profile(BRAND_ID)).toMatchObject({ stripeCustomerId: "cus_1" });
  });

  test("is refused without a wallet, in another currency, and for what cannot be charged", async () => {
    await expectNothingSaved("wallet.currency_mismatch", () => begin({ amount: 5_000, currency: "EUR" }));
    await expectNothingSaved("deposit.below_minimum", () => begin(usd(49)));
    const stranger = "00000000-0000-4000-8000-0000000000b9";
    await stage.given("account", anAccount({ id: stranger }));
    await expectNothingSaved("wallet.not_found", () => begin(usd(5_000), "key-1", brand(stranger)));
    expect(() => stage.payments.retrievePayment("pi_1")).toThrow("no such payment");
  });

  test("is refused to somebody who is suspended, also when that happens between the decision and the write", async () => {
    const suspend = () => stage.given("wallet", aWallet({ ownerStatus: "suspended" }));
    const call = { actor: brand(), body: usd(5_000), idempotencyDigest: "key-1" };
    await expect(stage.run(interrupted(depositFunds, suspend), call)).rejects.toEqual(refused("account.suspended"));
    expect(stage.stored("deposit")).toEqual([]);
    await expectNothingSaved("account.suspended", () => begin());
  });

  test("fixes the currency, also against a change of it at the same moment", async () => {
    const change = () => stage.run(openWallet, { actor: brand(), body: { currency: "EUR" } });
    const [deposited, opened] = await Promise.allSettled([begin(), change()]);
    const loser = deposited.status === "rejected" ? deposited : opened;
    expect([deposited.status, opened.status].sort()).toEqual(["fulfilled", "rejected"]);
    expect(loser).toMatchObject({ reason: refused("wallet.currency_mismatch") });
    if (deposited.status === "fulfilled") {
      await expectNothingSaved("wallet.currency_mismatch", change);
      stage.payments.pay(deposited.value.paymentIntentId);
      expect((await confirm(deposited.value.id)).status).toBe("completed");
    }
  });

  test("a wallet with a deposit under way keeps its currency, so that the money finds a wallet", async () => {
    const { id, paymentIntentId } = await begin();
    await expectNothingSaved("wallet.currency_mismatch", () =>
      stage.run(openWallet, { actor: brand(), body: { currency: "EUR" } }),
    );
    stage.payments.pay(paymentIntentId);
    expect(await confirm(id)).toMatchObject({ status: "completed" });
    expect(await available()).toBe(5_000);
  });
});

describe("confirming a deposit", () => {
  test("says pending until it is paid, and writes nothing", async () => {
    const { id } = await begin();
    const before = stage.table.all();
    expect(await confirm(id)).toMatchObject({ id, status: "pending" });
    expect(stage.table.all()).toEqual(before);
  });

  test("credits it, once, and tells of it once", async () => {
    const { id, paymentIntentId } = await begin();
    stage.payments.pay(paymentIntentId);
    expect(await confirm(id)).toMatchObject({ id, status: "completed", amount: usd(5_000) });
    const before = stage.table.all();
    expect(await confirm(id)).toMatchObject({ status: "completed" });
    expect(stage.table.all()).toEqual(before);
    expect(await available()).toBe(5_000);
    expect(stage.outbox()).toEqual(["deposit.completed"]);
    const { items } = await stage.ports.wallets.transactions(BRAND_ID, {}, { limit: 10 });
    expect(items).toMatchObject([
      { type: "deposit", amount: usd(5_000), referenceId: id, effects: { available: 5_000 } },
    ]);
  });

  test.each([1, 4_999, 5_001])("credits nobody when %i of 5,000 were received, and notes it once", async (received) => {
    const written = jest.spyOn(sink, "write").mockImplementation(() => undefined);
    const { id, paymentIntentId } = await begin();
    stage.payments.pay(paymentIntentId, received);
    expect(await confirm(id)).toMatchObject({ id, status: "pending", mismatch: "amount" });
    const before = stage.table.all();
    expect(await confirm(id)).toMatchObject({ id, status: "pending", mismatch: "amount" });
    expect(stage.table.all()).toEqual(before);
    expect([await available(), credits(), stage.outbox()]).toEqual([0, [], []]);
    expect(stage.stored("auditEntry").map((row) => row["action"])).toContain("deposit.mismatched");
    const lines = written.mock.calls.map(([line]) => JSON.parse(line) as object);
    expect(lines).toEqual([expect.objectContaining({ level: "error", code: "deposit.mismatched", depositId: id })]);
  });

  test("fails a cancelled one", async () => {
    const { id, paymentIntentId } = await begin();
    stage.payments.cancel(paymentIntentId);
    expect(await confirm(id)).toMatchObject({ status: "failed" });
    expect([await available(), stage.outbox()]).toEqual([0, []]);
  });

  test("is for who made it: to everybody else, admins too, there is none", async () => {
    const { id, paymentIntentId } = await begin();
    stage.payments.pay(paymentIntentId);
    await expectNothingSaved("deposit.not_found", () => confirm(id, brand(OTHER_ID)));
    await expectNothingSaved("deposit.not_found", () => confirm(id, admin()));
    await expectNothingSaved("deposit.not_found", () => confirm("dep_00000000000000000000000099"));
  });

  test("an admin has deposits of their own", async () => {
    const { id, paymentIntentId } = await begin(usd(700), "key-1", admin());
    stage.payments.pay(paymentIntentId);
    expect(await confirm(id, admin())).toMatchObject({ status: "completed" });
    expect([await available(ADMIN_ID), await available()]).toEqual([700, 0]);
  });

  test("credits nobody when the payment is another's", async () => {
    const mine = await begin();
    const theirs = await begin(usd(5_000), "key-2", brand(OTHER_ID));
    stage.payments.pay(theirs.paymentIntentId);
    const deposit = await stage.ports.deposits.get(mine.id);
    if (deposit === undefined) throw new Error("no deposit");
    await stage.given("deposit", { ...deposit, paymentIntentId: theirs.paymentIntentId });
    expect(await confirm(mine.id)).toMatchObject({ status: "pending", mismatch: "foreign" });
    expect([await available(), credits()]).toEqual([0, []]);
  });

  test("of a hundred calls beside twenty webhooks credits once", async () => {
    const { id, paymentIntentId } = await begin();
    stage.payments.pay(paymentIntentId);
    const calls = Array.from({ length: 120 }, (_, at) =>
      at % 6 === 5 ? deliver(stage.payments.webhook(paymentIntentId, `evt_${at % 4}`)) : confirm(id),
    );
    const outcomes = await Promise.allSettled<unknown>(calls);
    expect(outcomes.filter(({ status }) => status === "rejected")).toEqual([]);
    expect(await available()).toBe(5_000);
    expect([credits().length, stage.outbox()]).toEqual([1, ["deposit.completed"]]);
    expect(await brokenInvariants(stage)).toEqual([]);
  });
});
