/** What must hold of campaigns' money, for the auditor. */
import { setAside } from "../../campaigns/budget.ts";
import type { Budget } from "../../campaigns/campaign.ts";
import { isUnsettled, type Participant } from "../../invitations/participant.ts";
import { checks, type Invariant } from "./invariant.ts";
import type { JournalEntry } from "../journal-entry.ts";
import { budgetDeltas, budgetFigures, noBudgetFigures } from "../figures.ts";
import type { Books } from "./books.ts";

export function budgetsAreTheirEntries(budgets: readonly Budget[], entries: readonly JournalEntry[]): Invariant {
  const sums = new Map<string, Record<(typeof budgetFigures)[number], number>>();
  for (const [campaignId, delta] of entries.flatMap((journal) => [...budgetDeltas(journal.lines)])) {
    const sum = sums.get(campaignId) ?? { ...noBudgetFigures };
    for (const figure of budgetFigures) sum[figure] += delta[figure];
    sums.set(campaignId, sum);
  }
  return checks("M11a", "A campaign's figures are the sum of its lines", budgets, ({ equal }, budget) => {
    for (const figure of budgetFigures)
      equal(`campaign ${budget.campaignId} ${figure}`, sums.get(budget.campaignId)?.[figure] ?? 0, budget[figure]);
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

/** Judges brands of whose budgets none moved or came while the books were read. */
export function reservedIsSetAside({ before, after, transactions, fundings }: Books): Invariant {
  const [then, now] = [byBrand(before.budgets), byBrand(after.budgets)];
  const still = [...now].filter(([brandId, budgets]) => versionsOf(budgets) === versionsOf(then.get(brandId) ?? []));
  return checks(
    "M11b",
    "What a brand has reserved is what its campaigns hold, and each of them is found",
    still,
    ({ equal }, [brandId, budgets]) => {
      const effects = (transactions.get(brandId) ?? []).map((transaction) => transaction.effects.reserved);
      equal(
        `brand ${brandId}`,
        setAside(budgets),
        effects.reduce((sum, effect) => sum + effect, 0),
      );
      const found = new Set(fundings.get(brandId));
      for (const budget of budgets)
        equal(`campaign ${budget.campaignId} found`, true, setAside([budget]) === 0 || found.has(budget.campaignId));
    },
  );
}

function byBrand(budgets: readonly Budget[]): Map<string, Budget[]> {
  const brands = new Map<string, Budget[]>();
  for (const budget of budgets) brands.set(budget.brandId, [...(brands.get(budget.brandId) ?? []), budget]);
  return brands;
}

const versionsOf = (budgets: readonly Budget[]): string =>
  JSON.stringify(budgets.map(({ campaignId, version }) => [campaignId, version]).sort());
