import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedCampaigns } from "#shared/adapters/table/campaigns";
import { storedChanges } from "#shared/adapters/table/changes";
import { storedParticipants } from "#shared/adapters/table/invitations";
import { storedJobs } from "#shared/adapters/table/jobs";
import { advanceCampaigns } from "#shared/contracts/campaigns";
import { advanceCampaign, releaseUntouched, transitionDue } from "#shared/domain/campaigns/advance-campaign";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { found } from "#shared/domain/kernel/refusal";
import { everyItem, everyNested } from "#shared/ports/every";
import { implementJob } from "#shared/runtime/implement-job";

export const handler = implementJob(
  advanceCampaigns,
  {
    table: dynamoTable,
    changes: storedChanges,
    campaigns: storedCampaigns,
    participants: storedParticipants,
    jobs: storedJobs,
  },
  async (occasion, { campaigns, participants, commit }, each) => {
    const { now } = occasion;
    const advance = async (id: string) => {
      const campaign = found(await campaigns.get(id), campaignRefusals.notFound);
      const budget = found(await campaigns.budget(id), campaignRefusals.notFound);
      const step = transitionDue(campaign, budget, now);
      return step && commit(advanceCampaign(campaign, budget, step, occasion), step.to);
    };

    // Untouched units first: a run that dies halfway leaves the campaign due, and the next one goes on.
    const dueCampaigns = () => everyItem((page) => campaigns.due(now, page));
    const theirs = everyNested(dueCampaigns(), ({ id }) => everyItem((page) => participants.ofCampaign(id, {}, page)));
    await each(theirs, nameOf, async ({ campaignId, creatorId }) => {
      const campaign = found(await campaigns.get(campaignId), campaignRefusals.notFound);
      const participant = found(await participants.get(campaignId, creatorId), campaignRefusals.notFound);
      const change = releaseUntouched(campaign, participant, occasion);
      return change && commit(change, "released");
    });
    await each(
      dueCampaigns(),
      ({ id }) => id,
      ({ id }) => advance(id),
    );
    await each(
      everyItem((page) => campaigns.all({ status: "active" }, page)),
      ({ id }) => id,
      ({ id }) => advance(id),
    );
  },
);

const nameOf = (one: { readonly campaignId: string; readonly creatorId: string }): string =>
  `${one.campaignId} ${one.creatorId}`;
