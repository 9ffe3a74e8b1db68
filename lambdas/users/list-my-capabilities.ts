import { dynamodb } from "#shared/adapters/dynamodb/index";
import { configuredFeatures } from "#shared/adapters/settings/stage-features";
import { campaignActions, generalActions } from "#shared/contracts/callable";
import { listMyCapabilities } from "#shared/contracts/users";
import { visibleTo } from "#shared/domain/campaigns/access";
import { campaignReasons } from "#shared/domain/capabilities/campaign-capabilities";
import { campaignIn, capabilitiesOf, thereOn } from "#shared/domain/capabilities/capability";
import { implement } from "#shared/runtime/implement";

const adapters = { ...dynamodb, stageFeatures: configuredFeatures };
export const handler = implement(listMyCapabilities, adapters, async (call, { campaigns, wallets, stageFeatures }) => {
  const { actor, query } = call;
  if (query.resource === undefined)
    return {
      resource: null,
      actions: [...capabilitiesOf(actor, thereOn(stageFeatures.all, generalActions), () => undefined)],
    };

  const seen = visibleTo(actor, await campaigns.seenBy(campaignIn(query.resource), actor.userId));
  const [deliverables, brandWallet, wallet, profile] = await Promise.all([
    campaigns.deliverables(seen.campaign.id),
    wallets.get(seen.campaign.brandId),
    wallets.get(actor.userId),
    wallets.profile(actor.userId),
  ]);
  const reasons = campaignReasons({ ...seen, deliverables, brandWallet, wallet, profile }, call);

  return {
    resource: query.resource,
    actions: [...capabilitiesOf(actor, thereOn(stageFeatures.all, campaignActions), reasons)],
  };
});
