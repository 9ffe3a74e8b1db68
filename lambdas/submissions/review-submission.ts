import { dynamodb } from "#shared/adapters/dynamodb/index";
import { configuredFees } from "#shared/adapters/settings/platform-fees";
import { reviewSubmission } from "#shared/contracts/submissions";
import { knownBudget } from "#shared/domain/campaigns/access";
import { knownParticipant, reviewableBy } from "#shared/domain/submissions/access";
import { reviewSubmission as decide } from "#shared/domain/submissions/review-submission";
import { brandsWallet, ownWallet } from "#shared/domain/wallets/wallet";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  reviewSubmission,
  { ...dynamodb, platformFees: configuredFees },
  async (call, { campaigns, participants, submissions, wallets, platformFees, commit }) => {
    const { campaignId, submissionId } = call.path;
    const seen = await campaigns.seenBy(campaignId, call.actor.userId);
    const submission = await submissions.get(campaignId, submissionId);
    const reviewed = reviewableBy(call.actor, { campaign: seen?.campaign, submission });
    const budget = knownBudget(seen?.budget);
    const { creatorId } = reviewed.submission;
    const participant = knownParticipant(await participants.get(campaignId, creatorId));
    const brandWallet = brandsWallet(await wallets.get(reviewed.campaign.brandId));
    const payee = { wallet: ownWallet(await wallets.get(creatorId)), fees: platformFees.schedule };

    const { change, review } = decide({ ...reviewed, budget, brandWallet, participant, payee }, call.body, call);

    return commit(change, review);
  },
);
