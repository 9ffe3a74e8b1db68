import { type CampaignSeen, visibleTo } from "../campaigns/access.ts";
import type { Campaign } from "../campaigns/campaign.ts";
import { campaignRefusals } from "../campaigns/refusals.ts";
import type { Actor } from "../kernel/actor.ts";
import { refuse } from "../kernel/refusal.ts";

/** A campaign that a creator sees, for themselves and nobody else: what another is scored by is between them and the brand. */
export function ownCampaign(actor: Actor, creatorId: string, seen: CampaignSeen | undefined): Campaign {
  if (actor.userId !== creatorId) throw refuse(campaignRefusals.notFound);
  // Whatever other roles they hold: it is what they are invited to as a creator.
  return visibleTo({ ...actor, roles: ["creator"] }, seen).campaign;
}
