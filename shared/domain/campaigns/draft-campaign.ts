import { type Change, created } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Budget, Campaign } from "./campaign.ts";
import type { NewCampaign } from "./input.ts";
import { campaignRefusals } from "./refusals.ts";

/** A draft and its empty budget. Its brand is whoever makes it. */
export function draftCampaign(
  { budget, ...brief }: NewCampaign,
  { actor, now, newId }: Occasion,
): { readonly change: Change; readonly campaign: Campaign; readonly budget: Budget } {
  if (brief.timeline.end <= now) throw refuse(campaignRefusals.endNotFuture);
  const stamps = { createdAt: now, updatedAt: now };
  const draft = created("campaign", {
    id: newId("campaign"),
    brandId: actor.userId,
    ...brief,
    description: brief.description ?? null,
    brandGuidelines: brief.brandGuidelines ?? null,
    plannedBudget: budget,
    status: "draft",
    ...stamps,
  });
  const campaign = draft.next;
  const empty = created("budget", {
    campaignId: campaign.id,
    brandId: campaign.brandId,
    currency: budget.currency,
    total: 0,
    unassigned: 0,
    secured: 0,
    spent: 0,
    ...stamps,
  });
  const change: Change = {
    entities: [draft, empty],
    audit: { action: "campaign.created", resource: { type: "campaign", id: campaign.id } },
  };
  return { change, campaign, budget: empty.next };
}
