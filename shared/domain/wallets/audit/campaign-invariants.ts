/** What must hold of campaigns' money, for the auditor. */
import type { Budget } from "../../campaigns/campaign.ts";
import { isUnsettled, type Participant } from "../../invitations/participant.ts";
import { checks, type Invariant } from "./invariant.ts";
import type { Journal } from "../journal.ts";
import { budgetDeltas } from "../ledger.ts";
import type { Wallet } from "../wallet.ts";

const budgetFigures = ["total", "unassigned", "secured", "spent"] as const;

export function budgetsAreTheirEntries(budgets: readonly Budget[], journals: readonly Journal[]): Invariant {
  const sums = new Map<string, Record<(typeof budgetFigures)[number], number>>();
  for (const [campaignId, delta] of journals.flatMap((journal) => [...budgetDeltas(journal)])) {
    const sum = sums.get(campaignId) ?? { total: 0, unassigned: 0, secured: 0, spent: 0 };
    for (const figure of budgetFigures) sum[figure] += delta[figure];
    sums.set(campaignId, sum);
  }
  return checks("M11a", "A campaign's figures are the sum of its entries", budgets, ({ equal }, budget) => {
    for (const figure of budgetFigures)
      equal(`campaign ${budget.campaignId} ${figure}`, sums.get(budget.campaignId)?.[figure] ?? 0, budget[figure]);
    equal(`campaign ${budget.campaignId} parts`, budget.total, budget.unassigned + budget.secured + budget.spent);
  });
}

export function securedIsOwed(budgets: readonly Budget[], participants: readonly Participant[]): Invariant {
  const owed = new Map<string, number>();
  for (const { campaignId, units } of participants) {
    const price = units.filter(isUnsettled).reduce((sum, { priceMinor }) => sum + priceMinor, 0);
    owed.set(campaignId, (owed.get(campaignId) ?? 0) + price);
  }
  return checks(
    "M6",
    "What a campaign has secured is the price of its unsettled units",
    budgets,
    ({ equal }, { campaignId, secured }) => equal(`campaign ${campaignId}`, owed.get(campaignId) ?? 0, secured),
  );
}

export function reservedIsSetAside(wallets: readonly Wallet[], budgets: readonly Budget[]): Invariant {
  const aside = new Map<string, number>();
  for (const { brandId, unassigned, secured } of budgets)
    aside.set(brandId, (aside.get(brandId) ?? 0) + unassigned + secured);
  return checks(
    "M11b",
    "What a brand has reserved is what its campaigns hold",
    wallets,
    ({ equal }, { userId, reserved }) => equal(`wallet ${userId}`, aside.get(userId) ?? 0, reserved),
  );
}
