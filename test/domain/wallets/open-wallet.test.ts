import { describe, expect, test } from "@jest/globals";
import { openWallet, walletView, type WalletState } from "#shared/domain/wallets/open-wallet";
import { newWallet } from "#shared/domain/wallets/wallet";
import { aBudget, aWallet, BRAND_ID } from "../../support/builders.ts";

const now = "2026-11-25T12:00:00.000Z";
const wallet = aWallet({ stripeCustomerId: "cus_1" });
const decide = (parts: Partial<WalletState>, wished?: "USD" | "EUR") =>
  openWallet({ userId: BRAND_ID, wallet, hasTransactions: false, customerId: "cus_1", ...parts }, wished, now);

describe("opening a wallet", () => {
  test.each([
    [undefined, "USD"],
    ["EUR", "EUR"],
  ] as const)("makes a missing one, asked for %s, in %s", (wished, currency) => {
    const opened = decide({ wallet: undefined }, wished);
    expect(opened.wallet).toEqual({ ...newWallet(BRAND_ID, currency, now), stripeCustomerId: "cus_1", version: 1 });
    expect(opened.change?.entities).toEqual([{ entity: "wallet", next: opened.wallet }]);
  });

  test("gives an existing one back as it is", () => {
    expect(decide({})).toEqual({ change: undefined, wallet });
    expect(decide({}, "USD")).toEqual({ change: undefined, wallet });
  });

  test("adds a missing customer, and never replaces one", () => {
    expect(decide({ wallet: aWallet() }).wallet).toMatchObject({ stripeCustomerId: "cus_1", version: 2 });
    expect(decide({ customerId: "cus_2" }).wallet.stripeCustomerId).toBe("cus_1");
  });

  test.each<[string, Partial<WalletState>]>([
    ["had a transaction", { hasTransactions: true }],
    ["was promised money", { wallet: { ...wallet, currencyFixed: true } }],
    ["holds money", { wallet: { ...wallet, available: 1 } }],
    ["has earnings on hold", { wallet: { ...wallet, pending: 1 } }],
    ["has payable earnings", { wallet: { ...wallet, payable: 1 } }],
    ["has money on its way", { wallet: { ...wallet, inFlight: 1 } }],
  ])("keeps the currency of one that %s", (_what, parts) => {
    expect(() => decide(parts, "EUR")).toThrow(
      expect.objectContaining({ refusal: expect.objectContaining({ code: "wallet.currency_mismatch" }) }),
    );
    expect(decide(parts, "USD").change).toBeUndefined();
  });

  test("changes the currency of one that was never used, under its version", () => {
    const { change, wallet: next } = decide({}, "EUR");
    expect(next).toEqual({ ...wallet, currency: "EUR", version: 2, updatedAt: now });
    expect(change?.entities).toEqual([{ entity: "wallet", was: wallet, next }]);
    expect(change?.audit?.changes).toEqual([{ field: "currency", before: "USD", after: "EUR" }]);
  });
});

test("a wallet's owner sees what funds campaigns and what is payable, what campaigns hold, and nothing of the processor", () => {
  expect(
    walletView(aWallet({ available: 1, payable: 2, pending: 4, inFlight: 5, stripeCustomerId: "c" }), [
      aBudget({ unassigned: 1, secured: 2, updatedAt: now }),
    ]),
  ).toEqual({
    userId: BRAND_ID,
    currency: "USD",
    available: 3,
    spendable: 1,
    payable: 2,
    reserved: 3,
    pending: 4,
    inFlight: 5,
    updatedAt: now,
  });
});
