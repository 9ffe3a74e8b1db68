import { totalOf } from "./budget.ts";
import type { Budget, Campaign } from "./campaign.ts";

/** A campaign's money as people see it: `remaining` = total − reserved − spent. A draft's is what was asked for. */
export interface BudgetView {
  readonly currency: Budget["currency"];
  readonly total: number;
  readonly reserved: number;
  readonly spent: number;
  readonly remaining: number;
}

/** A campaign with its budget, as every reply about campaigns shows it. */
export type CampaignView = Campaign & { readonly budget: BudgetView };

export function campaignView(campaign: Campaign, budget: Budget | undefined): CampaignView {
  if (campaign.status === "draft" || budget === undefined) {
    const { amount, currency } = campaign.plannedBudget;
    return { ...campaign, budget: { currency, total: amount, reserved: 0, spent: 0, remaining: amount } };
  }
  const { currency, secured, spent, unassigned } = budget;
  return { ...campaign, budget: { currency, total: totalOf(budget), reserved: secured, spent, remaining: unassigned } };
}

/** A list of campaigns with their budgets, in the campaigns' order. */
export function campaignViews(campaigns: readonly Campaign[], budgets: readonly Budget[]) {
  const byCampaign = new Map(budgets.map((budget) => [budget.campaignId, budget]));
  return campaigns.map((campaign) => campaignView(campaign, byCampaign.get(campaign.id)));
}
