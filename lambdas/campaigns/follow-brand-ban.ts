import { dynamodb } from "#shared/adapters/dynamodb/index";
import { followBrandBan } from "#shared/contracts/campaigns";
import { knownBudget, knownCampaign } from "#shared/domain/campaigns/access";
import { followBan } from "#shared/domain/campaigns/follow-ban";
import { knownAccount } from "#shared/domain/users/access";
import { implementConsumer } from "#shared/runtime/implement-consumer";
import { untilEachDecided } from "#shared/runtime/until-each-decided";

export const handler = implementConsumer(
  followBrandBan,
  dynamodb,
  async (invocation, { detail }, { accounts, campaigns, commit }) => {
    const concerned = "campaignId" in detail ? [{ id: detail.campaignId }] : campaigns.eachOfBrand(detail.userId);

    // What is true now decides, whichever event came when: one that comes again or late finds nothing to do.
    await untilEachDecided(concerned, async ({ id }) => {
      const campaign = knownCampaign(await campaigns.get(id));
      const budget = knownBudget(await campaigns.budget(id));
      const account = knownAccount(await accounts.get(campaign.brandId));
      const change = followBan({ campaign, budget, account }, invocation);
      return change && commit(change);
    });
  },
);
