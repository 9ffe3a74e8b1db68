import { type Change, changed, type EntityChange } from "../change.ts";
import type { Campaign } from "../campaigns/campaign.ts";
import { transition } from "../kernel/lifecycle.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { later, plusDays } from "../kernel/time.ts";
import { type Appeal, DECISION_DAYS, type Dispute } from "./dispute.ts";
import type { AppealState } from "./guards.ts";
import type { NewAppeal } from "./input.ts";
import { disputeLifecycle } from "./lifecycle.ts";
import { sidesOf } from "./open-dispute.ts";

/** A side does not accept the decision. What the creator got by it stays on hold until an admin decides once more. */
export function appealDispute(
  state: AppealState & { readonly campaign: Campaign },
  { reason }: NewAppeal,
  occasion: Occasion,
): { readonly change: Change; readonly dispute: Dispute } {
  const { dispute } = state;
  const { actor, now } = occasion;
  const moved = transition(dispute, disputeLifecycle.appeal, occasion, state);
  const appeal: Appeal = { by: actor.userId, at: now, reason, dueAt: plusDays(now, DECISION_DAYS) };
  const appealed = changed("dispute", dispute, { ...moved, appeal });
  const change: Change = {
    entities: [appealed, ...heldLonger(state, appeal, occasion)],
    events: [{ type: "dispute.appealed", detail: { ...sidesOf(state, dispute), appealedBy: actor.userId, reason } }],
    audit: {
      action: "dispute.appealed",
      resource: { type: "dispute", id: dispute.id },
      changes: [{ field: "status", before: dispute.status, after: moved.status }],
    },
  };
  return { change, dispute: appealed.next };
}

function heldLonger({ earning }: AppealState, { dueAt }: Appeal, { now }: Occasion): EntityChange[] {
  if (earning === undefined) return [];
  return [changed("earning", earning, { ...earning, availableAt: later(earning.availableAt, dueAt), updatedAt: now })];
}
