/** Every figure is the sum of one account's lines. What an entry is called changes none of them. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  accountName,
  campaignAccount,
  type LedgerAccount,
  normalSideOf,
  platformAccount,
  PlatformAccount,
  walletAccount,
} from "#shared/domain/ledger/account";
import {
  addFigures,
  amountOf,
  budgetDeltas,
  budgetFigures,
  noBudgetFigures,
  noWalletDelta,
  visibleFigures,
  walletDeltas,
  walletFigures,
} from "#shared/domain/ledger/figures";
import { EntryType, type Line } from "#shared/domain/ledger/journal-entry";
import { movementsOf } from "#shared/table/repositories/plan-entries";
import { BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";

const campaign = { campaignId: CAMPAIGN_ID, brandId: BRAND_ID };
const [unassigned, secured, spent] = budgetFigures.map((account) => campaignAccount(campaign, account)) as [
  LedgerAccount,
  LedgerAccount,
  LedgerAccount,
];
const brands = walletAccount(BRAND_ID, "available");
const creators = walletAccount(CREATOR_ID, "payable");
const compensation = platformAccount("creator_compensation");
const line = (account: LedgerAccount, amount: number): Line => ({ account, amount });
const wallets = (...lines: Line[]) => Object.fromEntries(walletDeltas(lines));
const budgets = (...lines: Line[]) => Object.fromEntries(budgetDeltas(lines));

/** A unit of 100 of which `share` is the creator's, the rest for `rest`. */
const settlement = (share: number, rest: LedgerAccount): Line[] => [
  line(secured, -100),
  line(rest, 100 - share),
  line(spent, share),
  line(compensation, -share),
  line(creators, share),
];
const reversed = (lines: readonly Line[]): Line[] => lines.map(({ account, amount }) => line(account, -amount));

describe("what lines do", () => {
  test("setting aside moves a wallet's money into its reserve, and into the budget", () => {
    const aside = [line(brands, -5), line(unassigned, 5)];
    expect(wallets(...aside)).toEqual({ [BRAND_ID]: { ...noWalletDelta, available: -5, reserved: 5 } });
    expect(budgets(...aside)).toEqual({ [CAMPAIGN_ID]: { unassigned: 5, secured: 0, spent: 0 } });
  });

  test("securing touches no wallet", () => {
    const securing = [line(unassigned, -5), line(secured, 5)];
    expect(wallets(...securing)).toEqual({});
    expect(budgets(...securing)).toEqual({ [CAMPAIGN_ID]: { unassigned: -5, secured: 5, spent: 0 } });
  });

  test("a settlement is spent, once: what it was for moves no wallet", () => {
    expect(wallets(...settlement(100, unassigned))).toEqual({
      [BRAND_ID]: { ...noWalletDelta, reserved: -100 },
      [CREATOR_ID]: { ...noWalletDelta, payable: 100 },
    });
    expect(budgets(...settlement(100, unassigned))).toEqual({
      [CAMPAIGN_ID]: { unassigned: 0, secured: -100, spent: 100 },
    });
  });

  test("a split of 60 to 40 books 60 as spent, whether the rest stays in the campaign or goes home after its end", () => {
    expect(budgets(...settlement(60, unassigned))).toEqual({
      [CAMPAIGN_ID]: { unassigned: 40, secured: -100, spent: 60 },
    });
    expect(budgets(...settlement(60, brands))).toEqual({ [CAMPAIGN_ID]: { unassigned: 0, secured: -100, spent: 60 } });
    expect(wallets(...settlement(60, brands))[BRAND_ID]).toEqual({ ...noWalletDelta, available: 40, reserved: -100 });
    expect(wallets(...settlement(60, unassigned))[BRAND_ID]).toEqual({ ...noWalletDelta, reserved: -60 });
  });

  test("a release spends nothing", () => {
    const release = [line(secured, -5), line(brands, 5)];
    expect(budgets(...release)).toEqual({ [CAMPAIGN_ID]: { unassigned: 0, secured: -5, spent: 0 } });
  });

  test("taking a settlement back makes less of what was spent, and leaves nothing of it", () => {
    const paid = settlement(60, brands);
    expect(budgets(...reversed(paid))).toEqual({ [CAMPAIGN_ID]: { unassigned: 0, secured: 100, spent: -60 } });
    expect(budgets(...paid, ...reversed(paid))).toEqual({ [CAMPAIGN_ID]: noBudgetFigures });
    expect(wallets(...paid, ...reversed(paid))).toEqual({});
  });

  test("a brand owes more by a debit", () => {
    const owed = walletAccount(BRAND_ID, "disputesReceivable");
    const dispute = [line(owed, -7), line(platformAccount("stripe_balance"), 7)];
    expect(wallets(...dispute)).toEqual({ [BRAND_ID]: { ...noWalletDelta, disputesReceivable: 7 } });
    expect(wallets(...reversed(dispute))).toEqual({ [BRAND_ID]: { ...noWalletDelta, disputesReceivable: -7 } });
  });

  test("the house's own accounts are nobody's wallet and no budget", () => {
    const lines = PlatformAccount.options.map((name, at) => line(platformAccount(name), at + 1));
    expect([wallets(...lines), budgets(...lines)]).toEqual([{}, {}]);
  });
});

const accounts = [
  ...walletFigures.map((account) => walletAccount(BRAND_ID, account)),
  ...walletFigures.map((account) => walletAccount(CREATOR_ID, account)),
  ...budgetFigures.map((account) => campaignAccount(campaign, account)),
  ...budgetFigures.map((account) => campaignAccount({ ...campaign, campaignId: "cmp_other" }, account)),
  ...PlatformAccount.options.map(platformAccount),
];
const someLines = fc.array(
  fc.record({ account: fc.constantFrom(...accounts), amount: fc.integer({ min: -1_000, max: 1_000 }) }),
  { maxLength: 12 },
);
/** What an account's lines come to on its normal side, added up here by its name alone. */
const sumOf = (lines: readonly Line[], account: LedgerAccount): number =>
  lines
    .filter((one) => accountName(one.account) === accountName(account))
    .reduce((sum, { amount }) => sum + (normalSideOf(account) === "credit" ? amount : 0 - amount), 0);

describe("whatever the lines", () => {
  test("each figure is the sum of its account's lines, and what a brand has reserved is what its campaigns hold", () => {
    fc.assert(
      fc.property(someLines, (lines) => {
        const [people, campaigns] = [walletDeltas(lines), budgetDeltas(lines)];
        for (const account of accounts) {
          const sum = sumOf(lines, account);
          if (account.of === "wallet") expect((people.get(account.userId) ?? noWalletDelta)[account.account]).toBe(sum);
          if (account.of === "campaign")
            expect((campaigns.get(account.campaignId) ?? noBudgetFigures)[account.account]).toBe(sum);
        }
        const held = accounts.filter(({ of, account }) => of === "campaign" && account !== "spent");
        expect((people.get(BRAND_ID) ?? noWalletDelta).reserved).toBe(
          held.reduce((sum, account) => sum + sumOf(lines, account), 0),
        );
        for (const delta of people.values()) expect(Object.values(delta)).not.toEqual(Object.values(noWalletDelta));
      }),
      { numRuns: 300, seed: 8 },
    );
  });

  test("an entry's type moves nothing: the stored balances get the same from each", () => {
    fc.assert(
      fc.property(someLines, fc.constantFrom(...EntryType.options), (lines, type) => {
        const about = { id: "jrn_1", key: "k", currency: "USD", referenceId: "r", description: "d" } as const;
        const booked = { actorId: "a", effectiveAt: "", postedAt: "", commitId: "cmt_1", lines };
        const moved = (one: EntryType) => movementsOf([{ ...about, ...booked, type: one }], "cmt_1");
        expect(moved(type)).toEqual(moved("transfer"));
      }),
      { numRuns: 100, seed: 8 },
    );
  });
});

describe("a movement as a wallet's owner sees it", () => {
  test("shows what is payable as available, and nothing of what is owed for disputes", () => {
    const figures = { available: 1, payable: 2, pending: 4, inFlight: 8, reserved: 16, disputesReceivable: 32 };
    expect(visibleFigures(figures)).toEqual({ available: 3, reserved: 16, pending: 4, inFlight: 8 });
  });

  test("is as large as its largest effect, in either direction", () => {
    const none = visibleFigures(noWalletDelta);
    expect(amountOf(none)).toBe(0);
    expect(amountOf({ ...none, available: -5, reserved: 4 })).toBe(5);
    expect(amountOf({ ...none, pending: -3, available: 3 })).toBe(3);
  });
});

test("figures add up, each with its own", () => {
  expect(addFigures({ unassigned: 1, secured: 2, spent: 3 }, { unassigned: 10, secured: -20, spent: 30 })).toEqual({
    unassigned: 11,
    secured: -18,
    spent: 33,
  });
});
