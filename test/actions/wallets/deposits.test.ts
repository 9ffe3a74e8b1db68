import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as confirmDeposit } from "#lambdas/wallets/confirm-deposit";
import { handler as depositFunds } from "#lambdas/wallets/deposit-funds";
import { handler as openWallet } from "#lambdas/wallets/open-wallet";
import { handler as receiveWebhook } from "#lambdas/wallets/receive-stripe-webhook";
import { systemActor } from "#shared/domain/kernel/actor";
import type { Money } from "#shared/domain/kernel/money";
import { auditLedger } from "#shared/domain/wallets/auditor";
import { anAccount, aWallet, ADMIN_ID, BRAND_ID } from "../../support/builders.ts";
import { interrupted } from "../campaigns/launched.ts";
import { admin, brand, testStage, type TestStage } from "../../support/stage.ts";

const OTHER_ID = "00000000-0000-4000-8000-0000000000b2";
const usd = (amount: number): Money => ({ amount, currency: "USD" });
const refused = (code: string) => expect.objectContaining({ refusal: expect.objectContaining({ code }) });

let stage: TestStage;
beforeEach(async () => {
  stage = testStage();
  for (const [id, role] of [
    [BRAND_ID, "brand"],
    [OTHER_ID, "brand"],
    [ADMIN_ID, "admin"],
  ] as const) {
    await stage.given("account", anAccount({ id, roles: [role], email: `${id}@example.com` }));
    await stage.given("wallet", aWallet({ userId: id }));
  }
});

const begin = (amount = usd(5_000), idempotencyDigest = "key-1", actor = brand()) =>
  stage.run(depositFunds, { actor, body: amount, idempotencyDigest });
const confirm = (depositId: string, actor = brand()) => stage.run(confirmDeposit, { actor, path: { depositId } });
const deliver = ({ rawBody, signature }: { rawBody: string; signature: string | undefined }) =>
  stage.run(receiveWebhook, {
    actor: systemActor("webhook"),
    rawBody,
    headers: { ...(signature !== undefined && { "stripe-signature": signature }) },
  });
const available = async (userId = BRAND_ID) => (await stage.ports.wallets.get(userId))?.available;
const credits = () => stage.stored("journal").filter((item) => item["type"] === "deposit");

/** Refused, with the code, and the table as it was. */
async function expectNothingSaved(code: string, act: () => Promise<unknown>): Promise<void> {
  const before = stage.table.all();
  await expect(act()).rejects.toEqual(refused(code));
  expect(stage.table.all()).toEqual(before);
}

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
    expect(await stage.ports.wallets.get(BRAND_ID)).toMatchObject({
      available: 0,
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

  test("under another key, or for another amount, is another", async () => {
    const all = [await begin(), await begin(usd(5_000), "key-2"), await begin(usd(5_001), "key-1")];
    expect(new Set(all.map(({ id }) => id)).size).toBe(3);
    expect(new Set(all.map(({ paymentIntentId }) => paymentIntentId)).size).toBe(3);
  });

  test("ten at once all begin, with one customer", async () => {
    const all = await Promise.all(Array.from({ length: 10 }, (_, at) => begin(usd(100 + at), `key-${at}`)));
    expect(new Set(all.map(({ paymentIntentId }) => paymentIntentId)).size).toBe(10);
    expect(await stage.ports.wallets.get(BRAND_ID)).toMatchObject({ stripeCustomerId: "cus_1" });
  });

  test("is refused without a wallet, in another currency, and for what cannot be charged", async () => {
    await expectNothingSaved("wallet.currency_mismatch", () => begin({ amount: 5_000, currency: "EUR" }));
    await expectNothingSaved("deposit.below_minimum", () => begin(usd(49)));
    const stranger = "00000000-0000-4000-8000-0000000000b9";
    await stage.given("account", anAccount({ id: stranger }));
    await expectNothingSaved("wallet.not_found", () => begin(usd(5_000), "key-1", brand(stranger)));
    expect(() => stage.payments.retrievePayment("pi_1")).toThrow("no such payment");
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

  test("credits what was received, once, and tells of it once", async () => {
    const { id, paymentIntentId } = await begin();
    stage.payments.pay(paymentIntentId, 4_000);
    expect(await confirm(id)).toMatchObject({ id, status: "completed", amount: usd(5_000) });
    const before = stage.table.all();
    expect(await confirm(id)).toMatchObject({ status: "completed" });
    expect(stage.table.all()).toEqual(before);
    expect(await available()).toBe(4_000);
    expect(stage.outbox()).toEqual(["deposit.completed"]);
    const { items } = await stage.ports.wallets.transactions(BRAND_ID, {}, { limit: 10 });
    expect(items).toMatchObject([
      { type: "deposit", amount: usd(4_000), referenceId: id, effects: { available: 4_000 } },
    ]);
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

  test("is refused when the payment is another's", async () => {
    const mine = await begin();
    const theirs = await begin(usd(9_000), "key-1", brand(OTHER_ID));
    stage.payments.pay(theirs.paymentIntentId);
    const deposit = await stage.ports.deposits.get(mine.id);
    if (deposit === undefined) throw new Error("no deposit");
    await stage.given("deposit", { ...deposit, paymentIntentId: theirs.paymentIntentId });
    await expectNothingSaved("deposit.not_the_same_payment", () => confirm(mine.id));
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
    const broken = auditLedger(await stage.ports.ledger.books(stage.clock.now)).filter(({ passed }) => !passed);
    expect(broken).toEqual([]);
  });
});

describe("a webhook", () => {
  test("credits a paid deposit, however often and late it comes", async () => {
    const { paymentIntentId } = await begin();
    const early = stage.payments.webhook(paymentIntentId, "evt_early");
    expect(await deliver(early)).toEqual({ received: true });
    expect(await available()).toBe(0);
    stage.payments.pay(paymentIntentId);
    const late = stage.payments.webhook(paymentIntentId, "evt_late");
    // What is said of the payment by now is credited, though the event that asks tells of an earlier time.
    for (const webhook of [early, late, late, early]) expect(await deliver(webhook)).toEqual({ received: true });
    expect([await available(), credits().length]).toEqual([5_000, 1]);
  });

  test.each([
    ["a forged one", "forged"],
    ["an empty one", ""],
    ["none", undefined],
  ])("with %s for a signature is refused, and nothing is written", async (_what, signature) => {
    const { paymentIntentId } = await begin();
    stage.payments.pay(paymentIntentId);
    const { rawBody } = stage.payments.webhook(paymentIntentId);
    await expectNothingSaved("webhook.bad_signature", () => deliver({ rawBody, signature }));
  });

  test("about something else is taken note of, and that is all", async () => {
    const { signature } = stage.payments.webhook((await begin()).paymentIntentId);
    const payment = await stage.payments.retrievePayment("pi_1");
    const foreign = [
      { kind: "ignored", eventId: "evt_1", type: "charge.refunded" },
      {
        kind: "payment",
        eventId: "evt_2",
        payment: { ...payment, paymentIntentId: "pi_9", status: "succeeded", metadata: {} },
      },
      {
        kind: "payment",
        eventId: "evt_3",
        payment: { ...payment, status: "succeeded", metadata: { depositId: "dep_00000000000000000000000099" } },
      },
    ];
    const before = stage.table.all();
    for (const event of foreign)
      expect(await deliver({ rawBody: JSON.stringify(event), signature })).toEqual({ received: true });
    expect(stage.table.all()).toEqual(before);
  });

  test("is not believed about the payment itself: the processor is asked", async () => {
    const { paymentIntentId } = await begin();
    const { signature } = stage.payments.webhook(paymentIntentId);
    const payment = await stage.payments.retrievePayment(paymentIntentId);
    const told = {
      kind: "payment",
      eventId: "evt_1",
      payment: { ...payment, status: "succeeded", received: usd(999_999) },
    };
    expect(await deliver({ rawBody: JSON.stringify(told), signature })).toEqual({ received: true });
    expect(await available()).toBe(0);
  });
});
