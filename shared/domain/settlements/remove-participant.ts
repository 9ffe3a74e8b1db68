import { type CampaignSeen, refuseBothSides } from "../campaigns/access.ts";
import type { FundingState } from "../campaigns/guards.ts";
import { type Change, changed } from "../change.ts";
import { invitationLifecycle } from "../invitations/lifecycle.ts";
import { isUnsettled, type Participant, type Unit } from "../invitations/participant.ts";
import { invitationRefusals } from "../invitations/refusals.ts";
import { requireVersion } from "../kernel/if-match.ts";
import { transition } from "../kernel/lifecycle.ts";
import { money } from "../kernel/money.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { found } from "../kernel/refusal.ts";
import { brandsWallet } from "../wallets/wallet.ts";
import { giveBack, noSettlement, withSettled } from "./settle.ts";

/**
 * Takes a creator out of a campaign. All that is not settled goes back in one settlement, but for what is disputed: that is
 * frozen for both sides, and an admin decides. The invitation is withdrawn with it, so that it can be sent again: whoever
 * comes back has a new participation, at the full price.
 *
 * @returns undefined when they were removed already
 */
export function removeParticipant(
  { campaign, budget, invitation, participant: stored, wallet }: CampaignSeen & Pick<FundingState, "wallet">,
  occasion: Occasion,
): Change | undefined {
  const participant = found(stored, invitationRefusals.noSuchParticipant);
  if (participant.status === "inactive") return undefined;
  requireVersion(participant, occasion);
  refuseBothSides(campaign, participant.creatorId, occasion.actor, "brand");
  const units = participant.units.filter((unit) => isUnsettled(unit) && unit.state !== "disputed");
  const reason = { referenceId: campaign.id, description: `Removed from “${campaign.name}”` };
  const state = { campaign, budget, participant, brandWallet: brandsWallet(wallet) };
  const settlement = units.length > 0 ? giveBack(state, units, reason, occasion) : noSettlement;
  const left: Participant = { ...withSettled(participant, units, "released", occasion), status: "inactive" };
  const revoked =
    invitation?.status === "accepted"
      ? [changed("invitation", invitation, transition(invitation, invitationLifecycle.revoke, occasion))]
      : [];
  return {
    ...settlement,
    entities: [changed("participant", participant, left), ...revoked, ...settlement.entities],
    events: [{ type: "participant.removed", detail: removalOf({ campaign, participant }, units) }],
    audit: {
      action: "participant.removed",
      resource: { type: "campaign", id: campaign.id },
      changes: [{ field: `participant:${participant.creatorId}`, before: participant.status, after: left.status }],
      ...actingFor(occasion.actor, campaign.brandId),
    },
  };
}

const removalOf = (
  { campaign, participant }: Pick<Required<CampaignSeen>, "campaign"> & { readonly participant: Participant },
  units: readonly Unit[],
) => ({
  campaignId: campaign.id,
  campaignName: campaign.name,
  brandId: campaign.brandId,
  creatorId: participant.creatorId,
  released: money(
    units.reduce((sum, { priceMinor }) => sum + priceMinor, 0),
    campaign.plannedBudget.currency,
  ),
  submissionIds: units.flatMap(({ submissionId }) => submissionId ?? []),
});
