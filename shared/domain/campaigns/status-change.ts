import { type AuditNote, type Change, changed } from "../change.ts";
import type { Budget, Campaign } from "./campaign.ts";
import type { RunningState } from "./guards.ts";

/** The next status of a campaign, in both places that say it: its own item, and the budget under which money moves. */
export function withStatus(was: RunningState, next: Campaign) {
  const { status, updatedAt } = next;
  const budget: Budget = { ...was.budget, status, updatedAt };
  return [changed("campaign", was.campaign, next), changed("budget", was.budget, budget)] as const;
}

/** Moves a campaign that is up to its next status, on the budget as it is when it is written, and says so. */
export function statusChange(
  state: RunningState,
  next: Campaign,
  note: Pick<AuditNote, "action" | "onBehalfOf">,
): { readonly change: Change; readonly campaign: Campaign } {
  const { id: campaignId, name: campaignName, brandId, status: from } = state.campaign;
  // Why it was paused ends with the pause.
  const { pausedForBan, ...other } = next;
  const isNew = pausedForBan && !state.campaign.pausedForBan;
  const [campaign, budget] = withStatus(state, isNew ? next : other);
  const change: Change = {
    entities: [campaign, budget],
    events: [{ type: "campaign.status_changed", detail: { campaignId, campaignName, brandId, from, to: next.status } }],
    audit: {
      resource: { type: "campaign", id: campaignId },
      changes: [{ field: "status", before: from, after: next.status }],
      ...note,
    },
  };
  return { change, campaign: campaign.next };
}
