/** What a brand may still change about a campaign, and when. */
import { type Change, changed, differences } from "../change.ts";
import { givenOf } from "../kernel/given.ts";
import { requireVersion } from "../kernel/if-match.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Budget, Campaign } from "./campaign.ts";
import type { CampaignChanges } from "./input.ts";
import { ENDED_STATUSES } from "./lifecycle.ts";
import { campaignRefusals } from "./refusals.ts";
import { type CampaignView, campaignView } from "./view.ts";

/**
 * What finds a campaign its creators, or credits sales from then on, and promises nobody anything: it may change for as long as
 * the campaign is up. The rest is what creators are invited to and judged by (time, guidelines, rounds, windows, holds), and is fixed with the publication.
 */
const ALWAYS: readonly (keyof CampaignChanges)[] = [
  "name",
  "description",
  "category",
  "targetAudience",
  "matchWeights",
  "destinationHosts",
  "utm",
  "attribution",
];

/** Changes what was sent, and nothing else. */
export function updateCampaign(
  { campaign, budget }: { readonly campaign: Campaign; readonly budget: Budget },
  sent: CampaignChanges,
  occasion: Occasion,
): { readonly change: Change; readonly campaign: CampaignView } {
  const { actor, now } = occasion;
  requireVersion(campaign, occasion);
  const given = givenOf(sent);
  const fields = Object.keys(given) as (keyof CampaignChanges)[];
  refuseFixed(campaign, fields);
  const timeline = { ...campaign.timeline, ...givenOf(sent.timeline ?? {}) };
  if (sent.timeline) refuseUnfitTimeline(timeline, now);
  const attribution = { ...campaign.attribution, ...givenOf(sent.attribution ?? {}) };
  const weightsRevision = campaign.weightsRevision + (sent.matchWeights === undefined ? 0 : 1);
  const update = changed("campaign", campaign, {
    ...campaign,
    ...given,
    timeline,
    attribution,
    weightsRevision,
    updatedAt: now,
  });
  const change: Change = {
    entities: [update],
    audit: {
      action: "campaign.updated",
      resource: { type: "campaign", id: campaign.id },
      changes: differences(campaign, update.next, fields) ?? [],
      ...actingFor(actor, campaign.brandId),
    },
  };
  return { change, campaign: campaignView(update.next, budget) };
}

function refuseFixed({ status }: Campaign, fields: readonly (keyof CampaignChanges)[]): void {
  if (ENDED_STATUSES.includes(status)) {
    throw refuse(campaignRefusals.ended, `The campaign is ${status}`, { currentState: status });
  }
  const fixed = status === "draft" ? [] : fields.filter((field) => !ALWAYS.includes(field));
  if (fixed.length === 0) return;
  throw refuse(campaignRefusals.termsFixed, `Fixed since its publication: ${fixed.join(", ")}`, {
    currentState: status,
  });
}

function refuseUnfitTimeline({ start, end }: Campaign["timeline"], now: string): void {
  if (end <= start) throw refuse(campaignRefusals.endNotAfterStart, `It would start on ${start} and end on ${end}`);
  if (end <= now) throw refuse(campaignRefusals.endNotFuture);
}
