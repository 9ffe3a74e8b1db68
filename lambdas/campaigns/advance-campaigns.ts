import { dynamodb } from "#shared/adapters/dynamodb/index";
import { advanceCampaigns } from "#shared/contracts/campaigns";
import { knownBudget, knownCampaign } from "#shared/domain/campaigns/access";
import { advanceCampaign, transitionDue } from "#shared/domain/campaigns/advance-campaign";
import { hasEnded } from "#shared/domain/campaigns/lifecycle";
import { brandsWallet } from "#shared/domain/wallets/wallet";
import { implementJob } from "#shared/runtime/implement-job";

const idOf = ({ id }: { readonly id: string }): string => id;

export const handler = implementJob(
  advanceCampaigns,
  dynamodb,
  async (invocation, { campaigns, wallets, commit }, each) => {
    // A campaign that slept through its start and its end takes both, each in a commit of its own.
    const advance = async ({ id }: { readonly id: string }): Promise<string | undefined> => {
      const campaign = knownCampaign(await campaigns.get(id));
      const budget = knownBudget(await campaigns.budget(id));
      const brandWallet = brandsWallet(await wallets.get(campaign.brandId));
      const step = transitionDue(campaign, budget, invocation);
      const taken =
        step && (await commit(advanceCampaign({ campaign, budget, brandWallet }, step, invocation), step.to));
      return taken && ((await advance({ id })) ?? taken);
    };

    await each(campaigns.due(invocation.now), idOf, advance);
    // What is past its end was due, and has had its turn.
    await each(campaigns.spent(), idOf, async (campaign) =>
      hasEnded(campaign, invocation.now) ? undefined : advance(campaign),
    );
  },
);
