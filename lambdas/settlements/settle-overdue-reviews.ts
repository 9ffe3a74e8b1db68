import { dynamodb } from "#shared/adapters/dynamodb/index";
import { configuredFees } from "#shared/adapters/settings/platform-fees";
import { settleOverdueReviews } from "#shared/contracts/settlements";
import { knownBudget, knownCampaign } from "#shared/domain/campaigns/access";
import type { Dispute } from "#shared/domain/disputes/dispute";
import { upholdDecision } from "#shared/domain/disputes/uphold-decision";
import { overdueName, overdueUnits, settleOverdue } from "#shared/domain/settlements/settle-overdue";
import { knownParticipant } from "#shared/domain/submissions/access";
import { brandsWallet, ownWallet } from "#shared/domain/wallets/wallet";
import { implementJob } from "#shared/runtime/implement-job";

export const handler = implementJob(
  settleOverdueReviews,
  { ...dynamodb, platformFees: configuredFees },
  async (invocation, { participants, campaigns, submissions, disputes, wallets, platformFees, commit }, each) => {
    const { now } = invocation;
    await each(overdueUnits(participants.due(now), now), overdueName, async (one) => {
      const { campaignId, creatorId, submissionId } = one;
      const campaign = knownCampaign(await campaigns.get(campaignId));
      const budget = knownBudget(await campaigns.budget(campaignId));
      const brandWallet = brandsWallet(await wallets.get(campaign.brandId));
      const submission = submissionId === undefined ? undefined : await submissions.get(campaignId, submissionId);
      const dispute = submissionId === undefined ? undefined : await disputes.get(campaignId, submissionId);
      const payee = { wallet: ownWallet(await wallets.get(creatorId)), fees: platformFees.schedule };
      const participant = knownParticipant(await participants.get(campaignId, creatorId));

      const state = { campaign, budget, brandWallet, participant, payee, submission, dispute };
      const settled = settleOverdue(state, one, invocation);

      return settled && commit(settled.change, settled.outcome);
    });

    const uphold = async ({ campaignId, submissionId }: Pick<Dispute, "campaignId" | "submissionId">) => {
      const change = upholdDecision(await disputes.get(campaignId, submissionId), invocation);
      return change && commit(change, "upheld");
    };
    await each(disputes.due(now), ({ id }) => id, uphold);
  },
);
