import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listMatches } from "#shared/contracts/matching";
import { steeredBy } from "#shared/domain/campaigns/access";
import { briefOf } from "#shared/domain/matching/brief";
import { exposureOf, proposal } from "#shared/domain/matching/propose";
import { bestCandidates } from "#shared/application/matching/best-candidates";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listMatches,
  dynamodb,
  async ({ actor, path, query, now }, { campaigns, candidates, exposures }) => {
    const { campaign } = steeredBy(actor, await campaigns.seenBy(path.campaignId, actor.userId));
    const brief = briefOf(campaign, await campaigns.deliverables(campaign.id));
    const best = await bestCandidates(candidates, brief, query.limit, now);

    const proposed = proposal(campaign, brief, best, now);

    await exposures.note(exposureOf(brief, proposed.data, now));
    return proposed;
  },
);
