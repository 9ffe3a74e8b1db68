import { type Change, created } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import { noBudgetFigures } from "../ledger/figures.ts";
import type { NewCampaign } from "./input.ts";
import { campaignRefusals } from "./refusals.ts";
import { type CampaignView, campaignView } from "./view.ts";

/** A draft and its empty budget. Its brand is whoever makes it. */
export function draftCampaign(
  { budget, ...brief }: NewCampaign,
  { actor, now, newId }: Occasion,
): { readonly change: Change; readonly campaign: CampaignView } {
  if (brief.timeline.end <= now) throw refuse(campaignRefusals.endNotFuture);
  const stamps = { createdAt: now, updatedAt: now };
  const draft = created("campaign", {
    id: newId("campaign"),
    brandId: actor.userId,
    ...brief,
    description: brief.description ?? null,
    brandGuidelines: brief.brandGuidelines ?? null,
    weightsRevision: 0,
    plannedBudget: budget,
    status: "draft",
    ...stamps,
  });
  const empty = created("budget", {
    campaignId: draft.next.id,
    brandId: actor.userId,
    status: draft.next.status,
    currency: budget.currency,
    ...noBudgetFigures,
    commits: 0,
    ...stamps,
  });
  const change: Change = {
    entities: [draft, empty],
    audit: { action: "campaign.created", resource: { type: "campaign", id: draft.next.id } },
  };
  return { change, campaign: campaignView(draft.next, empty.next) };
}
