import { describe, expect, test } from "@jest/globals";
import { idOf } from "#shared/domain/kernel/ids";
import { Currency, type Money } from "#shared/domain/kernel/money";
import type { Deposit } from "#shared/domain/wallets/deposit";
import { beginDeposit, depositIdOf, depositableInto, settlePayment } from "#shared/domain/wallets/deposit-funds";
import { depositLifecycle } from "#shared/domain/wallets/lifecycle";
import type { Payment } from "#shared/domain/wallets/payment";
import { requireChargeable } from "#shared/domain/wallets/require-chargeable";
import { transition } from "#shared/domain/kernel/lifecycle";
import { aWallet, aWalletProfile, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { brand, sequentialIds } from "../../support/stage.ts";

const now = "2026-11-25T12:00:00.000Z";
const occasion = () => ({ actor: brand(), now, newId: sequentialIds() });
const usd = (amount: number): Money => ({ amount, currency: "USD" });
const refusing = (code: string) => expect.objectContaining({ refusal: expect.objectContaining({ code }) });

const ID = "dep_00000000000000000000000001";
const deposit: Deposit = {
  id: ID,
  userId: BRAND_ID,
  paymentIntentId: "pi_1",
  clientSecret: "s",
  customerId: "cus_1",
  amount: usd(5_000),
  status: "pending",
  version: 1,
  createdAt: now,
  updatedAt: now,
};
const paid: Payment = {
  paymentIntentId: "pi_1",
  clientSecret: "s",
  customerId: "cus_1",
  status: "succeeded",
  amount: usd(5_000),
  received: usd(5_000),
  metadata: { depositId: ID, userId: BRAND_ID },
};

describe("what can be deposited", () => {
  test.each<[Money, string | undefined]>([
    [usd(50), undefined],
    [usd(49), "deposit.below_minimum"],
    [{ amount: 1_499, currency: "CZK" }, "deposit.below_minimum"],
    [{ amount: 50, currency: "JPY" }, undefined],
    [{ amount: 49, currency: "JPY" }, "deposit.below_minimum"],
    [{ amount: 17_499, currency: "HUF" }, "deposit.below_minimum"],
    [{ amount: 1_230, currency: "KWD" }, undefined],
    [{ amount: 1_235, currency: "KWD" }, "deposit.not_chargeable"],
    [{ amount: 1, currency: "VND" }, undefined],
  ])("%j: %s", (amount, code) => {
    if (code === undefined) expect(() => requireChargeable(amount)).not.toThrow();
    else expect(() => requireChargeable(amount)).toThrow(refusing(code));
  });

  test("nothing of nothing, in any currency", () => {
    for (const currency of Currency.options)
      expect(() => requireChargeable({ amount: 0, currency })).toThrow(refusing("deposit.below_minimum"));
  });

  test("only the wallet's own currency, and that is said first", () => {
    expect(() => depositableInto(aWallet(), { amount: 1, currency: "EUR" })).toThrow(
      refusing("wallet.currency_mismatch"),
    );
    expect(() => depositableInto(aWallet(), usd(1))).toThrow(refusing("deposit.below_minimum"));
  });

  test("nothing for somebody who is suspended, which is said before anything about the money", () => {
    const wallet = aWallet({ ownerStatus: "suspended" });
    expect(() => depositableInto(wallet, usd(5_000))).toThrow(refusing("account.suspended"));
    expect(() => depositableInto(wallet, { amount: 1, currency: "EUR" })).toThrow(refusing("account.suspended"));
  });
});

describe("a deposit's id", () => {
  test("follows from the key and the amount, and from nothing else", () => {
    const id = depositIdOf("digest", usd(100));
    expect(idOf("deposit").parse(id)).toBe(depositIdOf("digest", usd(100)));
    const others = [
      depositIdOf("other", usd(100)),
      depositIdOf("digest", usd(101)),
      depositIdOf("digest", { amount: 100, currency: "EUR" }),
    ];
    expect(new Set([id, ...others]).size).toBe(4);
  });

  test("is not made without a key", () => {
    expect(() => depositIdOf(undefined, usd(100))).toThrow("Idempotency-Key");
  });
});

describe("beginning a deposit", () => {
  const wallet = aWallet({ version: 4 });
  const begin = (profile: ReturnType<typeof aWalletProfile>) =>
    beginDeposit(
      { id: ID, wallet, profile, amount: usd(5_000), payment: { ...paid, status: "pending" }, customerId: "cus_1" },
      now,
    );

  test("notes the payment and fixes the wallet's currency and customer; its balances are not written, no money moves", () => {
    const profile = aWalletProfile({ version: 4 });
    const { change } = begin(profile);
    expect(change.entries ?? []).toEqual([]);
    expect(change.entities).toEqual([
      { entity: "deposit", next: deposit },
      {
        entity: "walletProfile",
        was: profile,
        next: { ...profile, version: 5, stripeCustomerId: "cus_1", currencyFixed: true, updatedAt: now },
      },
    ]);
  });

  test("leaves a profile alone that has both already, so that deposits do not wait for each other", () => {
    const { change } = begin(aWalletProfile({ stripeCustomerId: "cus_1", currencyFixed: true }));
    expect(change.entities.map(({ entity }) => entity)).toEqual(["deposit"]);
  });

  test.each([
    ["has another customer", { stripeCustomerId: "cus_0", currencyFixed: true }],
    ["was promised nothing yet", { stripeCustomerId: "cus_1" }],
  ])("completes a profile that %s", (_what, parts) => {
    expect(begin(aWalletProfile(parts)).change.entities[1]?.next).toMatchObject({
      stripeCustomerId: "cus_1",
      currencyFixed: true,
      version: 2,
    });
  });

  test("is written only while its owner is as active as they were", () => {
    const { change } = begin(aWalletProfile());
    expect(change.requires).toEqual([{ owner: { userId: BRAND_ID, ownerStatus: "active" } }]);
  });
});

describe("what the processor says", () => {
  test("paid: credited once for ever under the intent's key, as much as was received", () => {
    const { change, deposit: next } = settlePayment(deposit, paid, occasion());
    expect(next).toEqual({ ...deposit, status: "completed", version: 2, updatedAt: now });
    expect(change?.entities).toEqual([{ entity: "deposit", was: deposit, next }]);
    expect(change?.entries).toEqual([
      expect.objectContaining({
        key: "deposit:pi_1",
        type: "deposit",
        currency: "USD",
        referenceId: ID,
        processorIds: ["pi_1"],
        lines: [
          { account: { of: "platform", account: "stripe_balance" }, amount: -5_000 },
          { account: { of: "wallet", userId: BRAND_ID, account: "available" }, amount: 5_000 },
        ],
      }),
    ]);
    expect(change?.events).toEqual([
      { type: "deposit.completed", detail: { depositId: ID, userId: BRAND_ID, amount: usd(5_000) } },
    ]);
    expect(change?.audit).toMatchObject({ action: "deposit.completed", resource: { type: "deposit", id: ID } });
  });

  test.each([[4_999], [5_001], [1]])("%i cents received of 5,000: that is what is credited", (amount) => {
    const { change } = settlePayment(deposit, { ...paid, received: usd(amount) }, occasion());
    expect(change?.entries?.[0]?.lines.map((line) => line.amount)).toEqual([-amount, amount]);
    expect(change?.events?.[0]).toMatchObject({ detail: { amount: usd(amount) } });
  });

  test("cancelled: failed, without money or event", () => {
    const { change, deposit: next } = settlePayment(
      deposit,
      { ...paid, status: "canceled", received: usd(0) },
      occasion(),
    );
    expect(next.status).toBe("failed");
    expect([change?.entries, change?.events]).toEqual([[], []]);
  });

  test("not yet: nothing", () => {
    const said = { ...paid, status: "pending" as const, received: usd(0) };
    expect(settlePayment(deposit, said, occasion())).toEqual({ change: undefined, deposit });
  });

  test.each(["completed", "failed"] as const)("anything, late, about a %s deposit: nothing", (status) => {
    for (const said of ["succeeded", "canceled", "pending"] as const) {
      const settled = { ...deposit, status };
      expect(settlePayment(settled, { ...paid, status: said }, occasion())).toEqual({
        change: undefined,
        deposit: settled,
      });
    }
  });

  test.each<[string, Partial<Payment>]>([
    ["another intent", { paymentIntentId: "pi_2" }],
    ["another deposit", { metadata: { depositId: "dep_2", userId: BRAND_ID } }],
    ["another person", { metadata: { depositId: ID, userId: CREATOR_ID } }],
    ["no metadata", { metadata: {} }],
    ["another customer", { customerId: "cus_2" }],
    ["no customer", { customerId: undefined }],
    ["another currency", { received: { amount: 5_000, currency: "EUR" } }],
  ])("about %s: refused", (_what, parts) => {
    expect(() => settlePayment(deposit, { ...paid, ...parts }, occasion())).toThrow(
      refusing("deposit.not_the_same_payment"),
    );
  });

  test("a deposit leaves pending only", () => {
    const ended: readonly Deposit[] = [
      { ...deposit, status: "completed" },
      { ...deposit, status: "failed" },
    ];
    const said = { complete: paid, fail: { ...paid, status: "canceled", received: usd(0) } } as const;
    for (const name of ["complete", "fail"] as const) {
      const step = depositLifecycle[name];
      expect(transition(deposit, step, occasion(), said[name]).status).toBe(step.to);
      for (const one of ended)
        expect(() => transition(one, step, occasion(), said[name])).toThrow(refusing(step.otherwise.code));
    }
  });

  test("neither end comes on a word that is not the processor's for it", () => {
    const { complete, fail } = depositLifecycle;
    const waiting: Payment = { ...paid, status: "pending", received: usd(0) };
    const empty: Payment = { ...paid, received: usd(0) };
    for (const [step, said] of [
      [complete, waiting],
      [complete, empty],
      [fail, waiting],
      [fail, paid],
    ] as const)
      expect(() => transition(deposit, step, occasion(), said)).toThrow(refusing("transition.not_due"));
  });
});
