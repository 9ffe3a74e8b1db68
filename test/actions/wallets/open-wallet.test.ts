import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as acceptInvitation } from "#lambdas/invitations/accept-invitation";
import { handler as openWallet } from "#lambdas/wallets/open-wallet";
import {
  aBudget,
  aCampaign,
  aDeliverable,
  anAccount,
  anInvitation,
  BRAND_ID,
  CAMPAIGN_ID,
  CREATOR_ID,
} from "../../support/builders.ts";
import { aWallet, aWalletProfile } from "../../support/money-builders.ts";
import { brand, creator, testStage, type TestStage } from "../../support/stage.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = testStage();
  await stage.given("account", anAccount());
  await stage.given("account", anAccount({ id: CREATOR_ID, roles: ["creator"], email: "c@example.com" }));
});
const open = (currency?: "USD" | "JPY", actor = creator()) =>
  stage.run(openWallet, { actor, body: currency ? { currency } : {} });

describe("opening a wallet", () => {
  test("makes it once, with its customer, in the wished currency", async () => {
    const [first] = await Promise.all([open("JPY"), open("JPY"), open()]);
    expect(first).toMatchObject({ userId: CREATOR_ID, available: 0 });
    expect(await stage.ports.wallets.get(CREATOR_ID)).toMatchObject({ currency: "JPY", ownerStatus: "active" });
    const profile = await stage.ports.wallets.profile(CREATOR_ID);
    expect(profile).toMatchObject({ stripeCustomerId: "cus_1", currencyFixed: false, version: 1 });
  });

  test("says nothing new the second time", async () => {
    await open("USD");
    const before = stage.table.all();
    await open("USD");
    await open();
    expect(stage.table.all()).toEqual(before);
  });

  test("changes the currency of a wallet that was never used", async () => {
    await stage.given("wallet", aWallet({ userId: CREATOR_ID }));
    await stage.given("walletProfile", aWalletProfile({ userId: CREATOR_ID }));
    expect(await open("JPY")).toMatchObject({ currency: "JPY" });
  });

  test("does not change it once money moved", async () => {
    await stage.given("wallet", aWallet({ userId: BRAND_ID, available: 1 }));
    await stage.given("walletProfile", aWalletProfile({ userId: BRAND_ID }));
    await expect(open("JPY", brand())).rejects.toMatchObject({ refusal: { code: "wallet.currency_mismatch" } });
  });

  test("does not change it once money is promised, also when both happen at once", async () => {
    await stage.given("wallet", aWallet({ userId: CREATOR_ID }));
    await stage.given("walletProfile", aWalletProfile({ userId: CREATOR_ID, stripeCustomerId: "cus_c" }));
    await stage.given("campaign", aCampaign({ status: "active" }));
    await stage.given("budget", aBudget({ unassigned: 100_000 }));
    await stage.given("deliverable", aDeliverable());
    await stage.given("invitation", anInvitation());
    const accept = stage.run(acceptInvitation, {
      actor: creator(),
      path: { campaignId: CAMPAIGN_ID, creatorId: CREATOR_ID },
    });
    const outcomes = await Promise.allSettled([accept, open("JPY")]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const wallet = await stage.ports.wallets.get(CREATOR_ID);
    const joined = await stage.ports.participants.get(CAMPAIGN_ID, CREATOR_ID);
    const profile = await stage.ports.wallets.profile(CREATOR_ID);
    expect([wallet?.currency, profile?.currencyFixed]).toEqual(joined === undefined ? ["JPY", false] : ["USD", true]);
    if (joined) await expect(open("JPY")).rejects.toMatchObject({ refusal: { code: "wallet.currency_mismatch" } });
  });
});
