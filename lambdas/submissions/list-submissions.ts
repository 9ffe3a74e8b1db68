import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listSubmissions } from "#shared/contracts/submissions";
import { ownSliceOf, workSeenBy } from "#shared/domain/campaigns/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listSubmissions,
  dynamodb,
  async ({ actor, path, query, page }, { campaigns, submissions }) => {
    const { campaign } = workSeenBy(actor, await campaigns.seenBy(path.campaignId, actor.userId));

    return submissions.ofCampaign(campaign.id, { ...query, creatorId: ownSliceOf(actor, campaign) }, page);
  },
);
