import { dynamodb } from "#shared/adapters/dynamodb/index";
import { followPastResult } from "#shared/contracts/creators";
import { knownCampaign } from "#shared/domain/campaigns/access";
import { followPieces } from "#shared/domain/matching/follow-result";
import { everyItem } from "#shared/ports/page";
import { implementConsumer } from "#shared/runtime/implement-consumer";

export const handler = implementConsumer(
  followPastResult,
  dynamodb,
  async (
    { now },
    { detail: { campaignId, creatorId } },
    { campaigns, participants, submissions, pastResults, commit },
  ) => {
    const stored = await pastResults.get(creatorId, campaignId);
    const campaign = knownCampaign(await campaigns.get(campaignId));
    const participant = await participants.get(campaignId, creatorId);
    const own = await everyItem((page) => submissions.ofCampaign(campaignId, { creatorId }, page));

    const change = followPieces({ campaign, participant, submissions: own, stored }, creatorId, now);

    if (change) await commit(change);
  },
);
