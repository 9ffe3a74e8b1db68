import { type Change, created } from "../change.ts";
import { type Actor, isAdmin } from "../kernel/actor.ts";
import type { NewId } from "../kernel/ids.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import type { Budget, Campaign } from "./campaign.ts";
import type { NewCampaign } from "./input.ts";
import { campaignRefusals } from "./refusals.ts";

/** A draft and its empty budget. Its brand is whoever makes it. */
export function draftCampaign(
  { budget, ...brief }: NewCampaign,
  { actor, now, newId }: { readonly actor: Actor; readonly now: Instant; readonly newId: NewId },
): { readonly change: Change; readonly campaign: Campaign; readonly budget: Budget } {
  if (brief.timeline.end <= now) throw refuse(campaignRefusals.endNotFuture);
  const stamps = { version: 1, createdAt: now, updatedAt: now };
  const campaign: Campaign = {
    id: newId("campaign"),
    brandId: actor.userId,
    ...brief,
    description: brief.description ?? null,
    brandGuidelines: brief.brandGuidelines ?? null,
    plannedBudget: budget,
    status: "draft",
    ...stamps,
  };
  const empty: Budget = {
    campaignId: campaign.id,
    brandId: campaign.brandId,
    currency: budget.currency,
    total: 0,
    unassigned: 0,
    secured: 0,
    spent: 0,
    ...stamps,
  };
  const change: Change = {
    entities: [created("campaign", campaign), created("budget", empty)],
    audit: { action: "campaign.created", resource: { type: "campaign", id: campaign.id } },
  };
  return { change, campaign, budget: empty };
}

/** For whom an admin acts, for the audit; undefined when people act for themselves. */
export const actingFor = (actor: Actor, ownerId: string): { readonly onBehalfOf?: string } =>
  isAdmin(actor) && actor.userId !== ownerId ? { onBehalfOf: ownerId } : {};
