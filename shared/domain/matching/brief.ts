/** What a campaign looks for in a creator. */
import type { Campaign } from "../campaigns/campaign.ts";
import type { Deliverable } from "../campaigns/deliverable.ts";
import { type Money, money } from "../kernel/money.ts";
import { SocialPlatform } from "../social/platform.ts";
import { type Weights, weightsOf } from "./weights.ts";

export interface Brief {
  readonly campaignId: string;
  readonly brandId: string;
  readonly category: Campaign["category"];
  /** Where they may be; empty: anywhere. */
  readonly countries: readonly string[];
  /** One of these they must be on; empty: any. Those the brand names, or else those its deliverables are made for. */
  readonly platforms: readonly SocialPlatform[];
  readonly minFollowers: number;
  /** The most that is paid for one piece; none while nothing is asked for. */
  readonly offer: Money | undefined;
  readonly weights: Weights;
}

export function briefOf(campaign: Campaign, deliverables: readonly Deliverable[]): Brief {
  const { id, brandId, category, targetAudience, plannedBudget } = campaign;
  const { countries = [], platforms = [], minFollowers = 0 } = targetAudience;
  const most = Math.max(...deliverables.map(({ compensation }) => compensation.amount));
  return {
    campaignId: id,
    brandId,
    category,
    countries: [...new Set(countries)].sort(),
    platforms:
      platforms.length > 0
        ? SocialPlatform.options.filter((one) => platforms.includes(one))
        : platformsOf(deliverables),
    minFollowers,
    offer: deliverables.length > 0 ? money(most, plannedBudget.currency) : undefined,
    weights: weightsOf(campaign),
  };
}

/** A deliverable's type begins with the name of its network. */
const platformsOf = (deliverables: readonly Deliverable[]): SocialPlatform[] =>
  SocialPlatform.options.filter((platform) => deliverables.some(({ type }) => type.startsWith(`${platform}_`)));
