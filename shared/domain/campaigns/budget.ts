import { type Change, created, type EntityChange, removed, type Written } from "../change.ts";
import { addFigures, type BudgetDelta, budgetDeltas } from "../wallets/ledger.ts";
import type { Budget, Campaign } from "./campaign.ts";
import { ENDED_STATUSES } from "./lifecycle.ts";

/** A budget as it is once a change is written: for replies, which are given with the change. */
export function budgetAfter(budget: Budget, { journals = [] }: Change): Budget {
  return journals.reduce((current, journal) => {
    const delta = budgetDeltas(journal).get(budget.campaignId);
    if (delta === undefined) return current;
    const { total, unassigned, secured, spent } = current;
    return { ...current, ...addFigures<BudgetDelta>({ total, unassigned, secured, spent }, delta) };
  }, budget);
}

/** What a brand has set aside for its campaigns, of the budgets that hold money of theirs. */
export const setAside = (budgets: readonly Budget[]): number =>
  budgets.reduce((sum, { unassigned, secured }) => sum + unassigned + secured, 0);

/** From now on a campaign may hold money of its brand. Written once, removed once. */
export const funded = ({ id: campaignId, brandId }: Campaign): Written<"funding"> =>
  created("funding", { brandId, campaignId });

/**
 * A campaign that has ended and gives up the last of its money holds none any more. Of several who take the last of it at
 * once none may know: then it goes on being asked for what it holds, which is nothing.
 */
export const closedWhenEmpty = (campaign: Campaign, budget: Budget, leaving: number): EntityChange[] =>
  ENDED_STATUSES.includes(campaign.status) && setAside([budget]) === leaving
    ? [removed("funding", funded(campaign).next)]
    : [];
