import { dynamodb } from "#shared/adapters/dynamodb/index";
import { releaseUntouchedUnits } from "#shared/contracts/campaigns";
import { knownBudget, knownCampaign } from "#shared/domain/campaigns/access";
import { releaseUntouched } from "#shared/domain/invitations/release-untouched";
import { knownParticipant } from "#shared/domain/submissions/access";
import { brandsWallet } from "#shared/domain/wallets/wallet";
import { implementConsumer } from "#shared/runtime/implement-consumer";
import { untilEachDecided } from "#shared/runtime/until-each-decided";

export const handler = implementConsumer(
  releaseUntouchedUnits,
  dynamodb,
  async (invocation, { detail: { campaignId } }, { campaigns, participants, wallets, commit }) => {
    const campaign = knownCampaign(await campaigns.get(campaignId));

    // One commit for each participant: an event that comes again goes on where the last delivery stopped.
    await untilEachDecided(participants.named(campaignId), async ({ creatorId }) => {
      const participant = knownParticipant(await participants.get(campaignId, creatorId));
      const budget = knownBudget(await campaigns.budget(campaignId));
      const brandWallet = brandsWallet(await wallets.get(campaign.brandId));
      const change = releaseUntouched({ campaign, budget, brandWallet }, participant, invocation);
      if (change) await commit(change);
    });
  },
);
