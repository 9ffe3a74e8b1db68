import { dynamodb } from "#shared/adapters/dynamodb/index";
import { submitContent } from "#shared/contracts/submissions";
import { visibleTo } from "#shared/domain/campaigns/access";
import { subjectOf, submitContent as decide } from "#shared/domain/submissions/submit-content";
import { implement } from "#shared/runtime/implement";

export const handler = implement(submitContent, dynamodb, async (call, { campaigns, commit }) => {
  const creatorId = subjectOf(call.actor, call.body.creatorId);
  const seen = visibleTo(call.actor, await campaigns.seenBy(call.path.campaignId, creatorId));

  const { change, submission } = decide(seen, call.body, call);

  return commit(change, submission);
});
