import { dynamodb } from "#shared/adapters/dynamodb/index";
import { countPastClicks } from "#shared/contracts/creators";
import { knownCampaign } from "#shared/domain/campaigns/access";
import type { Participant } from "#shared/domain/invitations/participant";
import { countedDays, followClicks, withTime } from "#shared/domain/matching/follow-result";
import { implementConsumer } from "#shared/runtime/implement-consumer";
import { untilEachDecided } from "#shared/runtime/until-each-decided";

export const handler = implementConsumer(
  countPastClicks,
  dynamodb,
  async (
    { now },
    { detail: { campaignId } },
    { campaigns, participants, hitCounts, creatorCards, pastResults, commit },
  ) => {
    const campaign = knownCampaign(await campaigns.get(campaignId));
    const days = countedDays(campaign, now);
    if (days === undefined) return;
    const buckets = await hitCounts.ofCampaign(campaignId, days.from, days.to);
    const counted = withTime(campaign, await participants.everybody(campaignId, {}));

    const count = async ({ creatorId }: Pick<Participant, "creatorId">) => {
      const stored = await pastResults.get(creatorId, campaignId);
      const card = await creatorCards.get(creatorId);
      const change = followClicks({ stored, campaignId, creatorId }, card, buckets, now);
      if (change) await commit(change);
    };
    await untilEachDecided(counted, count, { atOnce: 16 });
  },
);
