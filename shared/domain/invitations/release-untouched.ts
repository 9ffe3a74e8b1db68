import type { RunningState } from "../campaigns/guards.ts";
import { hasEnded } from "../campaigns/lifecycle.ts";
import { type Change, changed } from "../change.ts";
import { money } from "../kernel/money.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { giveBack, noSettlement, type SettlementState, withSettled } from "../settlements/settle.ts";
import { type Participant, type Unit, untouchedUnits } from "./participant.ts";

/**
 * Releases a participant's untouched units of a campaign that has ended: their price goes back to the brand. Units with
 * a submission stay secured and reviewable. The creator is told, once, and of a cancellation also when nothing is released.
 * Undefined when there is nothing to do.
 */
export function releaseUntouched(
  state: Omit<SettlementState, "participant">,
  participant: Participant,
  occasion: Occasion,
): Change | undefined {
  const { campaign } = state;
  const released = untouchedUnits(participant);
  if (!hasEnded(campaign, occasion.now) || (released.length === 0 && !isToTell(state, participant))) return undefined;
  const reason = { referenceId: campaign.id, description: `Unspent budget of “${campaign.name}” returned` };
  const settlement =
    released.length > 0 ? giveBack({ ...state, participant }, released, reason, occasion) : noSettlement;
  const told = { ...withSettled(participant, released, "released", occasion), toldOfEndAt: occasion.now };
  return {
    ...settlement,
    entities: [changed("participant", participant, told), ...settlement.entities],
    events: [{ type: "participation.ended", detail: endingOf(state, participant, released) }],
    audit: {
      action: "participant.units_released",
      resource: { type: "campaign", id: campaign.id },
      changes: [{ field: participant.creatorId, before: released.length, after: 0 }],
    },
  };
}

/** Who still has something to lose or to win hears that the campaign was cancelled. */
const isToTell = ({ campaign }: RunningState, { status, toldOfEndAt }: Participant): boolean =>
  campaign.status === "cancelled" && status === "active" && toldOfEndAt === undefined;

const endingOf = ({ campaign }: RunningState, { creatorId }: Participant, released: readonly Unit[]) => ({
  campaignId: campaign.id,
  campaignName: campaign.name,
  brandId: campaign.brandId,
  creatorId,
  campaignStatus: campaign.status,
  released: money(
    released.reduce((sum, { priceMinor }) => sum + priceMinor, 0),
    campaign.plannedBudget.currency,
  ),
});
