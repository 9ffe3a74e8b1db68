import type { Change } from "../change.ts";
import { budgetDeltas } from "../wallets/ledger.ts";
import type { Budget } from "./campaign.ts";

/** A budget as it is once a change is written: for replies, which are given with the change. */
export function budgetAfter(budget: Budget, { journals = [] }: Change): Budget {
  return journals.reduce((current, journal) => {
    const delta = budgetDeltas(journal).get(budget.campaignId);
    if (delta === undefined) return current;
    const { total, unassigned, secured, spent } = current;
    return {
      ...current,
      total: total + delta.total,
      unassigned: unassigned + delta.unassigned,
      secured: secured + delta.secured,
      spent: spent + delta.spent,
    };
  }, budget);
}
