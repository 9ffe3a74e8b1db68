import { type Change, sameOwnerStatus } from "../change.ts";
import { closedWhenEmpty } from "../campaigns/budget.ts";
import { budgetAfter } from "../campaigns/budget.ts";
import type { FundingState } from "../campaigns/guards.ts";
import { campaignLifecycle } from "../campaigns/lifecycle.ts";
import { returnToBrand } from "../campaigns/return-to-brand.ts";
import { statusChange } from "../campaigns/status-change.ts";
import { type CampaignView, campaignView } from "../campaigns/view.ts";
import { transition } from "../kernel/lifecycle.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { entryKeys } from "../ledger/entry-keys.ts";
import { ownWallet } from "../wallets/wallet.ts";

/**
 * Ends a campaign before its time. What is promised to nobody goes home with it; what nobody has begun follows, creator by
 * creator (release-untouched-units); what was handed in stays secured until it is decided.
 */
export function cancelCampaign(
  state: FundingState,
  occasion: Occasion,
): { readonly change: Change; readonly campaign: CampaignView } {
  const { campaign, budget } = state;
  const next = transition(campaign, campaignLifecycle.cancel, occasion, state);
  const note = { action: "campaign.cancelled", ...actingFor(occasion.actor, campaign.brandId) };
  const moved = statusChange(state, next, note);
  const { unassigned } = budget;
  const wallet = ownWallet(state.wallet);
  const home = returnToBrand(campaign, wallet, unassigned, entryKeys.cancellation(campaign.id), occasion);
  const change: Change = {
    ...moved.change,
    entities: [...moved.change.entities, ...closedWhenEmpty(next, budget, unassigned)],
    entries: home.entries,
    requires: [sameOwnerStatus(wallet), ...home.requires],
  };
  return { change, campaign: campaignView(moved.campaign, budgetAfter(budget, change)) };
}
