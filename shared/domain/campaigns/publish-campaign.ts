import { type Change, sameOwnerStatus } from "../change.ts";
import { type Stop, stopsOf, transition } from "../kernel/lifecycle.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { known } from "../kernel/refusal.ts";
import { campaignAccount, walletAccount } from "../ledger/account.ts";
import { entryKeys } from "../ledger/entry-keys.ts";
import { move } from "../ledger/posting.ts";
import { walletRefusals } from "../wallets/refusals.ts";
import { budgetAfter, funded } from "./budget.ts";
import type { Budget } from "./campaign.ts";
import type { PublicationState } from "./guards.ts";
import { publicationStep } from "./lifecycle.ts";
import { withStatus } from "./status-change.ts";
import { type CampaignView, campaignView } from "./view.ts";

/** Everything that stops publication now, states before rules before funds; empty when nothing does. */
export const publicationBlockers = (state: PublicationState, occasion: Occasion): readonly Stop[] => [
  ...stopsOf(state.campaign, publicationStep(state.campaign, occasion.now), occasion, state),
  ...otherCurrency(state),
];

/** Why a wallet with money in it does not fund the campaign. It never stands alone, so publication itself never says it. */
function otherCurrency({ campaign: { plannedBudget, status }, wallet }: PublicationState): readonly Stop[] {
  if (wallet === undefined || wallet.currency === plannedBudget.currency) return [];
  const detail = `The campaign is in ${plannedBudget.currency}, the wallet in ${wallet.currency}`;
  return [{ refusal: walletRefusals.currencyMismatch, detail, currentState: status }];
}

/** Sets the whole budget aside and puts the campaign up: `active` when its start has come, else `scheduled`. */
export function publishCampaign(
  state: PublicationState & { readonly budget: Budget },
  occasion: Occasion,
): { readonly change: Change; readonly campaign: CampaignView } {
  const { campaign } = state;
  const { actor, now } = occasion;
  const step = publicationStep(campaign, now);
  const [publication, standing] = withStatus(state, transition(campaign, step, occasion, state));
  const wallet = known(state.wallet, "wallet that covers a budget");
  const { id: campaignId, brandId, plannedBudget } = campaign;
  const reservation = move(
    {
      key: entryKeys.publication(campaignId),
      type: "reservation",
      currency: plannedBudget.currency,
      referenceId: campaignId,
      description: `Budget of “${campaign.name}” set aside`,
    },
    plannedBudget.amount,
    walletAccount(brandId, "available"),
    campaignAccount({ campaignId, brandId }, "unassigned"),
    occasion,
  );
  const change: Change = {
    entities: [publication, standing, funded(campaign)],
    requires: [sameOwnerStatus(wallet)],
    entries: [reservation],
    events: [{ type: "campaign.published", detail: { campaignId, brandId } }],
    audit: {
      action: "campaign.published",
      resource: { type: "campaign", id: campaignId },
      changes: [{ field: "status", before: campaign.status, after: step.to }],
      ...actingFor(actor, brandId),
    },
  };
  return { change, campaign: campaignView(publication.next, budgetAfter(standing.next, change)) };
}
