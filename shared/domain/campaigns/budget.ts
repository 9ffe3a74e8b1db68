import { type Change, created, type EntityChange, removed, type Written } from "../change.ts";
import { addFigures, type BudgetFigures, budgetDeltas } from "../ledger/figures.ts";
import type { Budget, Campaign } from "./campaign.ts";
import { ENDED_STATUSES } from "./lifecycle.ts";

/** A budget as it is once a change is written: for replies, which are given with the change. */
export function budgetAfter(budget: Budget, { entries = [] }: Change): Budget {
  const moved = budgetDeltas(entries.flatMap(({ lines }) => lines)).get(budget.campaignId);
  const { unassigned, secured, spent } = budget;
  return moved ? { ...budget, ...addFigures<BudgetFigures>({ unassigned, secured, spent }, moved) } : budget;
}

/** All that was set aside for a campaign and not returned. */
export const totalOf = ({ unassigned, secured, spent }: Budget): number => unassigned + secured + spent;

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
