/** How an offer ends without an answer: its brand takes it back, or its time is up. */
import { type Change, changed } from "../change.ts";
import { requireVersion } from "../kernel/if-match.ts";
import { dueStep, transition } from "../kernel/lifecycle.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { found } from "../kernel/refusal.ts";
import type { Invitation } from "./invitation.ts";
import { invitationLifecycle, lapsed } from "./lifecycle.ts";
import { invitationRefusals } from "./refusals.ts";

const { expire, withdraw } = invitationLifecycle;

/** Takes back an offer that nobody has answered. @returns undefined when it was taken back before */
export function withdrawInvitation(stored: Invitation | undefined, occasion: Occasion): Change | undefined {
  const invitation = found(stored, invitationRefusals.notFound);
  if (invitation.status === "withdrawn") return undefined;
  requireVersion(invitation, occasion);
  const withdrawn = transition(lapsed(invitation, occasion.now), withdraw, occasion);
  return ending(invitation, withdrawn, "invitation.withdrawn", occasion);
}

/** Says of an offer that its time is up. @returns undefined while it is not, and of one that is no longer open */
export function expireInvitation(invitation: Invitation, occasion: Occasion): Change | undefined {
  if (dueStep(invitation, [expire], occasion, invitation) === undefined) return undefined;
  return ending(invitation, transition(invitation, expire, occasion, invitation), "invitation.expired", occasion);
}

function ending(
  was: Invitation,
  next: Invitation,
  type: "invitation.withdrawn" | "invitation.expired",
  { actor }: Occasion,
): Change {
  const { campaignId, campaignName, brandId, creatorId } = was;
  return {
    entities: [changed("invitation", was, next)],
    events: [{ type, detail: { campaignId, campaignName, brandId, creatorId } }],
    audit: {
      action: type,
      resource: { type: "campaign", id: campaignId },
      changes: [{ field: `invitation:${creatorId}`, before: was.status, after: next.status }],
      ...actingFor(actor, brandId),
    },
  };
}
