import type { Campaign } from "#shared/domain/campaigns/campaign";
import type { Instant } from "#shared/domain/kernel/time";
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
  now: Instant,
): Promise<CreatorFacts> {
  const [account, own, days, results] = await Promise.all([
    accounts.get(userId),
    socialAccounts.ofPerson(userId),
    socialDays.ofPerson(userId, flaggedSpan(now)),
    pastResults.ofCreator(userId),
  ]);
  return { account, socialAccounts: own, socialDays: days, results };
}

/** What a campaign looks for, and what of it a creator is now. */
export async function fitOf(
  campaign: Campaign,
  creatorId: string,
  { campaigns, ...sources }: CreatorSources & { readonly campaigns: Pick<Campaigns, "deliverables"> },
  now: Instant,
) {
  const brief = briefOf(campaign, await campaigns.deliverables(campaign.id));
  return { brief, ...shownCreator(await factsOf(creatorId, sources, now)) };
}
