/** The chart of accounts, said once more: it is what everything in the books means. */
import { describe, expect, test } from "@jest/globals";
import {
  type AccountClass,
  accountName,
  campaignAccount,
  campaignAccounts,
  classOf,
  LedgerAccount,
  normalSideOf,
  onNormalSide,
  platformAccount,
  platformAccounts,
  type Side,
  walletAccount,
  walletAccounts,
} from "#shared/domain/ledger/account";
import { BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";

const campaign = { campaignId: CAMPAIGN_ID, brandId: BRAND_ID };
const chart: readonly [LedgerAccount, AccountClass, Side][] = [
  [platformAccount("stripe_balance"), "asset", "debit"],
  [platformAccount("connected_balance"), "asset", "debit"],
  [platformAccount("stripe_fees"), "expense", "debit"],
  [platformAccount("platform_fees"), "revenue", "credit"],
  [platformAccount("creator_compensation"), "expense", "debit"],
  [platformAccount("house_capital"), "equity", "credit"],
  [walletAccount(BRAND_ID, "available"), "liability", "credit"],
  [walletAccount(BRAND_ID, "pending"), "liability", "credit"],
  [walletAccount(BRAND_ID, "payable"), "liability", "credit"],
  [walletAccount(BRAND_ID, "inFlight"), "liability", "credit"],
  [walletAccount(BRAND_ID, "disputesReceivable"), "asset", "debit"],
  [campaignAccount(campaign, "unassigned"), "liability", "credit"],
  [campaignAccount(campaign, "secured"), "liability", "credit"],
  [campaignAccount(campaign, "spent"), "revenue", "credit"],
];

describe("the chart of accounts", () => {
  test.each(chart.map(([account, ...is]) => [`${account.of}'s ${account.account}`, account, ...is] as const))(
    "has %s",
    (_name, account, accountClass, side) => {
      expect([classOf(account), normalSideOf(account)]).toEqual([accountClass, side]);
      // Credits are positive in a line; on its normal side an account counts what makes it grow as positive.
      expect(onNormalSide(account, 5)).toBe(side === "credit" ? 5 : -5);
      expect(onNormalSide(account, -5)).toBe(side === "credit" ? -5 : 5);
      expect(Object.is(onNormalSide(account, 0), 0)).toBe(true);
      expect(LedgerAccount.parse(account)).toEqual(account);
    },
  );

  test("has no account besides", () => {
    const named = [platformAccounts, walletAccounts, campaignAccounts].flatMap((accounts) => Object.keys(accounts));
    expect(chart.map(([{ account }]) => account)).toEqual(named);
  });
});

test("every account has a name of its own, and of another owner another", () => {
  const others = [walletAccount(CREATOR_ID, "available"), campaignAccount({ ...campaign, campaignId: "c" }, "spent")];
  const names = [...chart.map(([account]) => account), ...others].map(accountName);
  expect(new Set(names).size).toBe(chart.length + 2);
  expect(names.slice(0, 1)).toEqual(["platform:stripe_balance"]);
  expect(names).toContain(`wallet:${BRAND_ID}:disputesReceivable`);
  expect(names).toContain(`campaign:${CAMPAIGN_ID}:spent`);
});

test("a campaign's account says whose money it is, and nothing else of what names the campaign", () => {
  const seen = { ...campaign, name: "Autumn", status: "active" };
  expect(campaignAccount(seen, "secured")).toEqual({ of: "campaign", ...campaign, account: "secured" });
});
