import { type Change, removed } from "../change.ts";
import { requireVersion } from "../kernel/if-match.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Budget, Campaign } from "./campaign.ts";
import type { Deliverable } from "./deliverable.ts";
import { campaignRefusals } from "./refusals.ts";

/**
 * Takes away a draft with all that it asks for. Nobody was ever invited to it and no money was ever set aside for it, so
 * nothing else knows of it; what was published once is evidence, and stays.
 */
export function deleteCampaign(
  {
    campaign,
    budget,
    deliverables,
  }: {
    readonly campaign: Campaign;
    readonly budget: Budget;
    readonly deliverables: readonly Deliverable[];
  },
  occasion: Occasion,
): Change {
  const { id, brandId, status } = campaign;
  requireVersion(campaign, occasion);
  if (status !== "draft") {
    throw refuse(campaignRefusals.notDeletable, `The campaign is ${status}`, { currentState: status });
  }
  return {
    entities: [
      removed("campaign", campaign),
      removed("budget", budget),
      ...deliverables.map((deliverable) => removed("deliverable", deliverable)),
    ],
    audit: {
      action: "campaign.deleted",
      resource: { type: "campaign", id },
      changes: [{ field: "status", before: status, after: null }],
      ...actingFor(occasion.actor, brandId),
    },
  };
}
