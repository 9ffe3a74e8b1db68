import { dynamodb } from "#shared/adapters/dynamodb/index";
import { configuredFees } from "#shared/adapters/settings/platform-fees";
import { settleOverdueReviews } from "#shared/contracts/settlements";
import { knownBudget, knownCampaign } from "#shared/domain/campaigns/access";
import { overdueName, overdueUnits, settleOverdue, stillOverdue } from "#shared/domain/settlements/settle-overdue";
import { knownParticipant } from "#shared/domain/submissions/access";
import { ownWallet } from "#shared/domain/wallets/wallet";
import { implementJob } from "#shared/runtime/implement-job";

export const handler = implementJob(
  settleOverdueReviews,
  { ...dynamodb, platformFees: configuredFees },
  async (
    invocation,
    { participants, campaigns, submissions, disputes, wallets, platformFees, commit },
    each,
  ) => {
    const overdue = overdueUnits(participants.due(invocation.now), invocation.now);
    await each(overdue, overdueName, async (one) => {
      const { campaignId, creatorId } = one;
      const participant = knownParticipant(await participants.get(campaignId, creatorId));
      const unit = stillOverdue(participant, one, invocation.now);
      if (unit === undefined) return undefined;

      const campaign = knownCampaign(await campaigns.get(campaignId));
      const budget = knownBudget(await campaigns.budget(campaignId));
      const { submissionId } = unit;
      const submission = submissionId && (await submissions.get(campaignId, submissionId));
      const dispute = submissionId && (await disputes.get(campaignId, submissionId));
      const payee = { wallet: ownWallet(await wallets.get(creatorId)), fees: platformFees.schedule };
      const state = { campaign, budget, participant, payee, submission: submission || undefined, dispute: dispute || undefined };

      const settled = settleOverdue(state, unit, invocation);

      return settled && commit(settled.change, settled.outcome);
    });
  },
);
