import { dynamodb } from "#shared/adapters/dynamodb/index";
import { addEvidence } from "#shared/contracts/disputes";
import { disputableBy, namedDispute } from "#shared/domain/disputes/access";
import { addEvidence as decide } from "#shared/domain/disputes/add-evidence";
import { implement } from "#shared/runtime/implement";

export const handler = implement(addEvidence, dynamodb, async (call, { campaigns, submissions, disputes, commit }) => {
  const { campaignId, submissionId, disputeId } = call.path;
  const campaign = await campaigns.get(campaignId);
  const submission = await submissions.get(campaignId, submissionId);
  disputableBy(call.actor, { campaign, submission });
  const stored = namedDispute(await disputes.get(campaignId, submissionId), disputeId);

  const { change, dispute } = decide(stored, call.body, call);

  return commit(change, dispute);
});
