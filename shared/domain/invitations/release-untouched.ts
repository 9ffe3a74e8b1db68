import type { RunningState } from "../campaigns/guards.ts";
import { hasEnded } from "../campaigns/lifecycle.ts";
import { type Change, changed } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { giveBack, withSettled } from "../settlements/settle.ts";
import { type Participant, untouchedUnits } from "./participant.ts";

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
  const reason = { referenceId: campaign.id, description: `Unspent budget of “${campaign.name}” returned` };
  const settlement = giveBack({ campaign, budget, participant }, released, reason, occasion);
  return {
    ...settlement,
    entities: [
      changed("participant", participant, withSettled(participant, released, "released", occasion)),
      ...settlement.entities,
    ],
    audit: {
      action: "participant.units_released",
      resource: { type: "campaign", id: campaign.id },
      changes: [{ field: participant.creatorId, before: released.length, after: 0 }],
    },
  };
}
