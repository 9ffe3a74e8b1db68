import { dynamodb } from "#shared/adapters/dynamodb/index";
import { remindCreators } from "#shared/contracts/submissions";
import { knownCampaign } from "#shared/domain/campaigns/access";
import { owing, remindCreators as decide, remindedUntil } from "#shared/domain/submissions/remind-creators";
import { implementJob } from "#shared/runtime/implement-job";

export const handler = implementJob(
  remindCreators,
  dynamodb,
  async (invocation, { campaigns, participants, commit }, each) => {
    const { now } = invocation;
    await each(
      campaigns.deliverablesDue(remindedUntil(now)),
      ({ id }) => id,
      async ({ campaignId, id }) => {
        const campaign = knownCampaign(await campaigns.get(campaignId));
        const deliverable = (await campaigns.deliverables(campaignId)).find((one) => one.id === id);
        const creatorIds = await owing(id, participants.each(campaignId));

        const { changes, outcome } = decide({ campaign, deliverable, creatorIds }, now);

        for (const change of changes) await commit(change);
        return outcome;
      },
    );
  },
);
