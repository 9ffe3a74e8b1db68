/** What invitations and participations leave behind when the same creator is invited, and joins, again. */
import type { Instant } from "../kernel/time.ts";
import { type Invitation, MAX_EARLIER, type PastInvitation } from "./invitation.ts";
import { lapsed } from "./lifecycle.ts";
import type { Participant, PastParticipation, UnitState } from "./participant.ts";

/** With the invitation that is sent anew among those before it; nothing for the first. */
export function invitationsBefore(existing: Invitation | undefined, now: Instant): Pick<Invitation, "earlier"> {
  if (existing === undefined) return {};
  const { status, compensation, invitedBy, invitedAt, expiresAt } = existing;
  // One whose time was up ended then, whenever that was found out.
  const stands = lapsed(existing, now);
  const isLapsed = stands.status === "expired";
  const past: PastInvitation = {
    compensation,
    invitedBy,
    invitedAt,
    expiresAt,
    status: isLapsed ? stands.status : status,
    endedAt: isLapsed ? expiresAt : existing.updatedAt,
  };
  return { earlier: [...(existing.earlier ?? []), past].slice(-MAX_EARLIER) };
}

/** With the participation that ended among those before it; nothing for the first. */
export function participationsBefore(left: Participant | undefined): Pick<Participant, "earlier"> {
  if (left === undefined) return {};
  const { id, budgetAllocated, joinedAt, updatedAt: leftAt, units } = left;
  const ends = Object.groupBy(units, ({ state }) => state);
  const past: PastParticipation = {
    id,
    budgetAllocated,
    joinedAt,
    leftAt,
    units: Object.fromEntries(Object.entries(ends).map(([state, ended]) => [state, ended.length])) satisfies Partial<
      Record<UnitState, number>
    >,
  };
  return { earlier: [...(left.earlier ?? []), past].slice(-MAX_EARLIER) };
}
