import { describe, expect, test } from "@jest/globals";
import { idOf } from "#shared/domain/kernel/ids";
import { Currency, type Money } from "#shared/domain/kernel/money";
import type { Deposit } from "#shared/domain/deposits/deposit";
import { beginDeposit, depositIdOf, depositableInto } from "#shared/domain/deposits/deposit-funds";
import type { Payment } from "#shared/domain/processor/payment";
import { requireChargeable } from "#shared/domain/deposits/require-chargeable";
import { BRAND_ID } from "../../support/builders.ts";
import { aWallet, aWalletProfile } from "../../support/money-builders.ts";

const now = "2026-11-25T12:00:00.000Z";
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
  dueAt: "2026-11-25T12:10:00.000Z",
  refundedMinor: 0,
  disputedMinor: 0,
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
    beginDeposit({ id: ID, wallet, profile, amount: usd(5_000), payment: { ...paid, status: "pending" } }, now);

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
