import { type AuditNote, type Change, changed, unchanged } from "../change.ts";
import type { Campaign } from "./campaign.ts";
import type { RunningState } from "./guards.ts";

/** Moves a campaign that is up to its next status, on the budget as it is when it is written, and says so. */
export function statusChange(
  { campaign, budget }: RunningState,
  next: Campaign,
  note: Pick<AuditNote, "action" | "onBehalfOf">,
): { readonly change: Change; readonly campaign: Campaign } {
  const written = changed("campaign", campaign, next);
  const { id: campaignId, brandId, status: from } = campaign;
  const change: Change = {
    entities: [written],
    requires: [unchanged("budget", budget)],
    events: [{ type: "campaign.status_changed", detail: { campaignId, brandId, from, to: next.status } }],
    audit: {
      resource: { type: "campaign", id: campaignId },
      changes: [{ field: "status", before: from, after: next.status }],
      ...note,
    },
  };
  return { change, campaign: written.next };
}
