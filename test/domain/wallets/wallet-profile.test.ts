import { describe, expect, test } from "@jest/globals";
import { fixedCurrency } from "#shared/domain/wallets/fix-currency";
import { knownProfile, newWalletProfile } from "#shared/domain/wallets/wallet-profile";
import { BRAND_ID } from "../../support/builders.ts";
import { aWalletProfile } from "../../support/money-builders.ts";

const now = "2026-11-25T12:00:00.000Z";

describe("a wallet's profile", () => {
  test("is new without a customer or a promise", () => {
    const created = { userId: BRAND_ID, currencyFixed: false, createdAt: now, updatedAt: now };
    expect(newWalletProfile(BRAND_ID, now)).toEqual(created);
  });

  test("is there wherever a wallet is: without it there is a defect, and no refusal", () => {
    const profile = aWalletProfile();
    expect(knownProfile(profile)).toBe(profile);
    expect(() => knownProfile(undefined)).toThrow(Error);
    expect(() => knownProfile(undefined)).not.toThrow(expect.objectContaining({ refusal: expect.anything() }));
  });

  test("fixes the currency once, under its version, and keeps all else", () => {
    const profile = aWalletProfile({ stripeCustomerId: "cus_1", version: 3 });
    const fixed = { ...profile, currencyFixed: true, version: 4, updatedAt: now };
    expect(fixedCurrency(profile, now)).toEqual([{ entity: "walletProfile", was: profile, next: fixed }]);
    expect(fixedCurrency(fixed, now)).toEqual([]);
  });
});
