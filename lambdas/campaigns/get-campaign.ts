import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getCampaign } from "#shared/contracts/campaigns";
import { visibleTo } from "#shared/domain/campaigns/access";
import { campaignView } from "#shared/domain/campaigns/view";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  getCampaign,
  dynamodb,
  async ({ actor, path: { campaignId } }, { campaigns, invitations, participants }) => {
    const [campaign, invitation, participant, budget] = await Promise.all([
      campaigns.get(campaignId),
      invitations.get(campaignId, actor.userId),
      participants.get(campaignId, actor.userId),
      campaigns.budget(campaignId),
    ]);

    const seen = visibleTo(actor, campaign && budget && { campaign, budget, invitation, participant });

    return campaignView(seen.campaign, seen.budget);
  },
);
