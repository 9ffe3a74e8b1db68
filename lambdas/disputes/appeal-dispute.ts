import { dynamodb } from "#shared/adapters/dynamodb/index";
import { appealDispute } from "#shared/contracts/disputes";
import { disputableBy, namedDispute } from "#shared/domain/disputes/access";
import { appealDispute as decide } from "#shared/domain/disputes/appeal-dispute";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  appealDispute,
  dynamodb,
  async (call, { campaigns, submissions, disputes, earnings, commit }) => {
    const { campaignId, submissionId, disputeId } = call.path;
    const submission = await submissions.get(campaignId, submissionId);
    const { campaign } = disputableBy(call.actor, { campaign: await campaigns.get(campaignId), submission });
    const stored = namedDispute(await disputes.get(campaignId, submissionId), disputeId);
    const { creatorId, earningId } = stored;
    const [earning] = await earnings.some(
      creatorId,
      [earningId].flatMap((one) => one ?? []),
    );

    const { change, dispute } = decide({ campaign, dispute: stored, earning }, call.body, call);

    return commit(change, dispute);
  },
);
