/**
 * What somebody may do about one campaign now. Each action is put to the rule that it is decided by, on what is there, and its
 * outcome is thrown away: there is no second list of who may do what.
 */
import { type CampaignSeen, ownSliceOf, sliceFor, steeredBy, visibleTo } from "../campaigns/access.ts";
import { deleteCampaign } from "../campaigns/delete-campaign.ts";
import type { Deliverable } from "../campaigns/deliverable.ts";
import { addDeliverable } from "../campaigns/edit-deliverables.ts";
import { pauseCampaign, resumeCampaign } from "../campaigns/pause-campaign.ts";
import { publishCampaign } from "../campaigns/publish-campaign.ts";
import { updateCampaign } from "../campaigns/update-campaign.ts";
import { acceptInvitation, answeredBy, declineInvitation } from "../invitations/answer-invitation.ts";
import { requireOpen } from "../invitations/send-invitation.ts";
import { requireParticipant } from "../inquiries/open-inquiry.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { known, Refusal } from "../kernel/refusal.ts";
import { requireLinkable } from "../links/create-link.ts";
import { requireNotEnded } from "../promo-codes/create-promo-code.ts";
import { cancelCampaign } from "../settlements/cancel-campaign.ts";
import { increaseBudget } from "../settlements/increase-budget.ts";
import { submitContent } from "../submissions/submit-content.ts";
import type { Wallet } from "../wallets/wallet.ts";
import type { WalletProfile } from "../wallets/wallet-profile.ts";

/** A campaign as one person sees it, with all that rules about it look at. */
export interface CampaignFacts extends CampaignSeen {
  readonly deliverables: readonly Deliverable[];
  readonly brandWallet: Wallet | undefined;
  /** The person's own. */
  readonly wallet: Wallet | undefined;
  readonly profile: WalletProfile | undefined;
}

/** Throws the refusal that stands in the way, or gives back whatever it decided. */
type Rule = (facts: CampaignFacts, occasion: Occasion) => unknown;

const seeing: Rule = (facts, { actor }) => visibleTo(actor, facts);
const steering: Rule = (facts, { actor }) => steeredBy(actor, facts);

/** A rule about what brand and admins steer. */
const steered =
  (rule: Rule): Rule =>
  (facts, occasion) => {
    steering(facts, occasion);
    return rule(facts, occasion);
  };

/** Such a rule whose wallet is the brand's. */
const funding = (rule: Rule): Rule =>
  steered((facts, occasion) => rule({ ...facts, wallet: facts.brandWallet }, occasion));

/** What of it the client chooses is the least there can be. */
const least = ({ campaign }: CampaignFacts) => ({ amount: 1, currency: campaign.plannedBudget.currency });

const adding: Rule = (facts, occasion) =>
  addDeliverable(facts, { type: "instagram_post", quantity: 1, compensation: least(facts) }, occasion);

/** For any of what they owe; of nothing at all, the rule says why. */
function submitting(facts: CampaignFacts, occasion: Occasion): unknown {
  visibleTo(occasion.actor, facts);
  const [first, ...others] = facts.deliverables.map(
    ({ id }) =>
      () =>
        submitContent(facts, { deliverableId: id, type: "text", text: "x" }, occasion),
  );
  return others.some((one) => reasonAgainst(one) === undefined) || first?.();
}

/** Every action whose path names a campaign, and nothing within it that has to be named as well; by its contract's name. */
const campaignRules: Readonly<Record<string, Rule>> = {
  getCampaign: seeing,
  updateCampaign: steered((facts, occasion) => updateCampaign(facts, { name: facts.campaign.name }, occasion)),
  deleteCampaign: steered(deleteCampaign),
  listCampaignBlockers: steering,
  publishCampaign: funding(publishCampaign),
  pauseCampaign: steered(pauseCampaign),
  resumeCampaign: funding(resumeCampaign),
  cancelCampaign: funding(cancelCampaign),
  increaseBudget: funding((facts, occasion) => increaseBudget(facts, least(facts), "none", occasion)),
  createDeliverable: steered(adding),
  listDeliverables: seeing,
  sendInvitation: steered(({ campaign }, { now }) => requireOpen(campaign, now)),
  listCampaignInvitations: steering,
  acceptInvitation: (facts, occasion) =>
    acceptInvitation({ ...facts, ...answeredBy(occasion.actor, occasion.actor.userId, facts) }, occasion),
  declineInvitation: (facts, occasion) =>
    declineInvitation(answeredBy(occasion.actor, occasion.actor.userId, facts).invitation, occasion),
  withdrawInvitation: steering,
  listParticipants: seeing,
  removeParticipant: steering,
  submitContent: submitting,
  listSubmissions: seeing,
  createLink: (facts, { actor }) => requireLinkable(visibleTo(actor, facts), ownSliceOf(actor, facts.campaign)),
  listLinks: seeing,
  createPromoCode: steered(({ campaign }) => requireNotEnded(campaign)),
  listPromoCodes: seeing,
  openInquiry: (facts, { actor }) => requireParticipant(actor, facts),
  listInquiries: seeing,
  listMatches: steering,
  explainMatch: steering,
  getCampaignAnalytics: seeing,
  getCreatorCampaignAnalytics: ({ campaign, participant }, { actor }) => sliceFor(actor, campaign, participant),
};

/** Of each action, what stands in the way; an action without a rule here is a defect. */
export const campaignReasons =
  (facts: CampaignFacts, occasion: Occasion) =>
  (action: string): string | undefined =>
    reasonAgainst(() => known(campaignRules[action], `rule of ${action}`)(facts, occasion));

/** Why somebody may not; undefined when they may. */
function reasonAgainst(rule: () => unknown): string | undefined {
  try {
    rule();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.refusal.code;
    throw error;
  }
}
