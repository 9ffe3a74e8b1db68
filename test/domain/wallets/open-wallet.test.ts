import { describe, expect, test } from "@jest/globals";
import { openWallet, walletView, type WalletState } from "#shared/domain/wallets/open-wallet";
import { newWallet } from "#shared/domain/wallets/wallet";
import { newWalletProfile } from "#shared/domain/wallets/wallet-profile";
import { aBudget, BRAND_ID } from "../../support/builders.ts";
import { aWallet, aWalletProfile } from "../../support/money-builders.ts";

const now = "2026-11-25T12:00:00.000Z";
const wallet = aWallet({ version: 6 });
const profile = aWalletProfile({ stripeCustomerId: "cus_1" });
const decide = (parts: Partial<WalletState>, wished?: "USD" | "EUR") =>
  openWallet({ userId: BRAND_ID, wallet, profile, customerId: "cus_1", ...parts }, wished, now);

describe("opening a wallet", () => {
  test.each([
    [undefined, "USD"],
    ["EUR", "EUR"],
  ] as const)("makes a missing one, asked for %s, in %s, and its profile beside it", (wished, currency) => {
    const opened = decide({ wallet: undefined, profile: undefined }, wished);
    expect(opened.wallet).toEqual({ ...newWallet(BRAND_ID, currency, now), version: 1 });
    expect(opened.change?.entities).toEqual([
      { entity: "wallet", next: opened.wallet },
      { entity: "walletProfile", next: { ...newWalletProfile(BRAND_ID, now), stripeCustomerId: "cus_1", version: 1 } },
    ]);
    expect(opened.change?.audit).toMatchObject({ action: "wallet.opened", resource: { type: "wallet", id: BRAND_ID } });
  });

  test("gives an existing one back as it is", () => {
    expect(decide({})).toEqual({ change: undefined, wallet });
    expect(decide({}, "USD")).toEqual({ change: undefined, wallet });
  });

  test("adds a missing customer to the profile and leaves the balances alone, and never replaces one", () => {
    const bare = aWalletProfile();
    const { change, wallet: same } = decide({ profile: bare });
    expect(same).toBe(wallet);
    expect(change?.entities).toEqual([
      {
        entity: "walletProfile",
        was: bare,
        next: { ...bare, stripeCustomerId: "cus_1", version: 2, updatedAt: now },
      },
    ]);
    expect(change?.audit?.changes).toEqual([{ field: "stripeCustomerId", before: null, after: "cus_1" }]);
    expect(decide({ customerId: "cus_2" }).change).toBeUndefined();
  });

  test("with a wallet and no profile is a defect, not a new profile", () => {
    expect(() => decide({ profile: undefined })).toThrow("wallet's profile");
  });

  test.each<[string, Partial<WalletState>]>([
    ["had money moved", { wallet: { ...wallet, commits: 1 } }],
    ["was promised money", { profile: { ...profile, currencyFixed: true } }],
    ["holds money", { wallet: { ...wallet, available: 1 } }],
    ["has earnings on hold", { wallet: { ...wallet, pending: 1 } }],
    ["has payable earnings", { wallet: { ...wallet, payable: 1 } }],
    ["has money on its way", { wallet: { ...wallet, inFlight: 1 } }],
    ["owes for a dispute", { wallet: { ...wallet, disputesReceivable: 1 } }],
  ])("keeps the currency of one that %s", (_what, parts) => {
    expect(() => decide(parts, "EUR")).toThrow(
      expect.objectContaining({ refusal: expect.objectContaining({ code: "wallet.currency_mismatch" }) }),
    );
    expect(decide(parts, "USD").change).toBeUndefined();
  });

  test("changes the currency of one that was never used, under its version and its profile's", () => {
    const { change, wallet: next } = decide({}, "EUR");
    expect(next).toEqual({ ...wallet, currency: "EUR", version: 7, updatedAt: now });
    // A promise of money writes the profile alone: it and this exclude each other by it.
    expect(change?.entities).toEqual([
      { entity: "wallet", was: wallet, next },
      { entity: "walletProfile", was: profile, next: { ...profile, version: 2, updatedAt: now } },
    ]);
    expect(change?.audit?.changes).toEqual([{ field: "currency", before: "USD", after: "EUR" }]);
  });
});

test("a wallet's owner sees what funds campaigns and what is payable, what campaigns hold, and nothing of the processor", () => {
  expect(
    walletView(aWallet({ available: 1, payable: 2, pending: 4, inFlight: 5, disputesReceivable: 6, commits: 7 }), [
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
