import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { budgetAfter } from "#shared/domain/campaigns/budget";
import { priceOf } from "#shared/domain/campaigns/price";
import { campaignView, campaignViews } from "#shared/domain/campaigns/view";
import { campaignAccount, type LedgerAccount, platformAccount, walletAccount } from "#shared/domain/ledger/account";
import { entry, move } from "#shared/domain/ledger/posting";
import { aBudget, aCampaign, aDeliverable, BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";
import { brand, sequentialIds } from "../../support/stage.ts";

describe("a campaign's money as people see it", () => {
  test("is what was asked for, of a draft, whatever its budget item says", () => {
    for (const budget of [undefined, aBudget(), aBudget({ unassigned: 5 })]) {
      expect(campaignView(aCampaign(), budget).budget).toEqual({
        currency: "USD",
        total: 100_000,
        reserved: 0,
        spent: 0,
        remaining: 100_000,
      });
    }
  });

  test.each(["scheduled", "active", "paused", "completed", "cancelled"] as const)(
    "is the budget's, when %s",
    (status) => {
      const budget = aBudget({ unassigned: 10, secured: 20, spent: 30 });
      expect(campaignView(aCampaign({ status }), budget).budget).toEqual({
        currency: "USD",
        total: 60,
        reserved: 20,
        spent: 30,
        remaining: 10,
      });
    },
  );

  test("always adds up: remaining = total − reserved − spent", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (unassigned, secured, spent) => {
        const stored = aBudget({ unassigned, secured, spent });
        const { budget } = campaignView(aCampaign({ status: "active" }), stored);
        expect(budget.total).toBe(unassigned + secured + spent);
        expect(budget.remaining).toBe(budget.total - budget.reserved - budget.spent);
      }),
      { seed: 7 },
    );
  });

  test("of a list comes with the right campaign, whatever the order of the budgets", () => {
    const ids = [1, 2, 3].map((number) => `cmp_${String(number).padStart(26, "0")}`);
    const campaigns = ids.map((id) => aCampaign({ id, status: "active" }));
    const budgets = ids.map((campaignId, at) => aBudget({ campaignId, unassigned: at })).reverse();
    expect(campaignViews(campaigns, budgets).map(({ id, budget }) => [id, budget.total])).toEqual(
      ids.map((id, at) => [id, at]),
    );
  });
});

test("a budget after a change is what its own entries make of it", () => {
  const account = { campaignId: CAMPAIGN_ID, brandId: BRAND_ID };
  const other = { ...account, campaignId: CAMPAIGN_ID.replace(/1$/, "2") };
  const occasion = { actor: brand(), now: "2026-11-25T12:00:00.000Z", newId: sequentialIds() };
  const head = { key: "k", currency: "USD", referenceId: "r", description: "d" } as const;
  const wallet = walletAccount(BRAND_ID, "available");
  const [unassigned, secured, spent] = (["unassigned", "secured", "spent"] as const).map((name) =>
    campaignAccount(account, name),
  ) as [LedgerAccount, LedgerAccount, LedgerAccount];
  const entries = [
    move({ ...head, type: "reservation" }, 100, wallet, unassigned, occasion),
    move({ ...head, type: "reservation" }, 7, wallet, campaignAccount(other, "unassigned"), occasion),
    move({ ...head, type: "securing" }, 60, unassigned, secured, occasion),
    entry(
      { ...head, type: "transfer" },
      [
        { account: secured, amount: -20 },
        { account: spent, amount: 20 },
        { account: platformAccount("creator_compensation"), amount: -20 },
        { account: walletAccount(CREATOR_ID, "pending"), amount: 20 },
      ],
      occasion,
    ),
    move({ ...head, type: "release" }, 10, secured, wallet, occasion),
  ];
  expect(budgetAfter(aBudget(), { entities: [], entries })).toEqual(
    aBudget({ unassigned: 40, secured: 30, spent: 20 }),
  );
  expect(budgetAfter(aBudget({ spent: 5 }), { entities: [] })).toEqual(aBudget({ spent: 5 }));
});

test.each([
  [[], 0],
  [[[1, 5]], 5],
  [
    [
      [3, 5],
      [2, 10],
    ],
    35,
  ],
] as const)("the price of %p (units, each at) is %d", (deliverables, price) => {
  expect(
    priceOf(
      deliverables.map(([quantity, amount]) => aDeliverable({ quantity, compensation: { amount, currency: "USD" } })),
    ),
  ).toBe(price);
});
