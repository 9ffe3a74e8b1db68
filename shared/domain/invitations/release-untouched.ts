import { closedWhenEmpty } from "../campaigns/budget.ts";
import type { RunningState } from "../campaigns/guards.ts";
import { hasEnded } from "../campaigns/lifecycle.ts";
import { returnToBrand } from "../campaigns/return-to-brand.ts";
import { type Change, changed } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { isUnsettled, type Participant, untouchedUnits } from "./participant.ts";

/**
 * Releases a participant's untouched units of a campaign that has ended: their price goes back to the brand. Units with
 * a submission stay secured and reviewable. Undefined when there is nothing to release.
 */
export function releaseUntouched(
  { campaign, budget }: RunningState,
  participant: Participant,
  occasion: Occasion,
): Change | undefined {
  const released = untouchedUnits(participant);
  if (released.length === 0 || !hasEnded(campaign, occasion.now)) return undefined;
  const amount = released.reduce((sum, { priceMinor }) => sum + priceMinor, 0);
  const units = participant.units.map((unit) =>
    released.includes(unit) ? { ...unit, state: "released" as const } : unit,
  );
  const open = units.some(isUnsettled);
  const status = open || participant.status === "inactive" ? participant.status : "completed";
  const next: Participant = { ...participant, units, status, updatedAt: occasion.now };
  const key = `release:${campaign.id}:${participant.creatorId}:${participant.version}`;
  return {
    entities: [changed("participant", participant, next), ...closedWhenEmpty(campaign, budget, amount)],
    journals: [returnToBrand(campaign, amount, "secured", key, occasion)],
    audit: {
      action: "participant.units_released",
      resource: { type: "campaign", id: campaign.id },
      changes: [{ field: participant.creatorId, before: released.length, after: 0 }],
    },
  };
}
