import type { Campaign } from "#shared/domain/campaigns/campaign";
import { briefOf } from "#shared/domain/matching/brief";
import { flaggedSpan } from "#shared/domain/social/days";
import { shownCreator } from "#shared/domain/matching/public-profile";
import type { CreatorFacts } from "#shared/domain/matching/follow-creator";
import type { Campaigns } from "#shared/ports/campaigns";
import type { CreatorSources } from "#shared/ports/creator-sources";

/** What holds of a creator now. */
export async function factsOf(
  userId: string,
  { accounts, socialAccounts, socialDays, pastResults }: CreatorSources,
): Promise<CreatorFacts> {
  const [account, own, results] = await Promise.all([
    accounts.get(userId),
    socialAccounts.ofPerson(userId),
    pastResults.ofCreator(userId),
  ]);
  // By when each was read last, not by now: figures that nothing newer takes the place of keep what is doubtful about them.
  const days = await Promise.all(
    own.map(({ platform, lastSyncedAt }) => socialDays.ofPerson(userId, { ...flaggedSpan(lastSyncedAt), platform })),
  );
  return { account, socialAccounts: own, socialDays: days.flat(), results };
}

/** What a campaign looks for, and what of it a creator is now. */
export async function fitOf(
  campaign: Campaign,
  creatorId: string,
  { campaigns, ...sources }: CreatorSources & { readonly campaigns: Pick<Campaigns, "deliverables"> },
) {
  const brief = briefOf(campaign, await campaigns.deliverables(campaign.id));
  return { brief, ...shownCreator(await factsOf(creatorId, sources)) };
}
