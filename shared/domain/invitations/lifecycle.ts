import type { Lifecycle, Transition } from "../kernel/lifecycle.ts";
import type { Instant } from "../kernel/time.ts";
import { acceptable, hasExpired, timeIsLeft, timeIsUp } from "./guards.ts";
import type { Invitation } from "./invitation.ts";
import { invitationRefusals } from "./refusals.ts";

/** Whether the clock or the job was first, whoever answers too late is told the same. */
const unanswerable = {
  otherwise: invitationRefusals.notPending,
  exactly: { expired: invitationRefusals.expired },
} as const;

/** Every way an invitation's status may change. */
export const invitationLifecycle = {
  accept: {
    from: ["pending"],
    to: "accepted",
    who: ["creator", "admin"],
    guard: acceptable,
    effect: "secures the price, makes the creator a participant",
    ...unanswerable,
    detail: (status: string) => `The invitation is ${status}`,
  },
  decline: { from: ["pending"], to: "declined", who: ["creator", "admin"], guard: timeIsLeft, ...unanswerable },
  /** Written down by a job; until then it turns out when somebody answers, withdraws or sends again. */
  expire: { from: ["pending"], to: "expired", who: ["system"], guard: timeIsUp, otherwise: invitationRefusals.exists },
  withdraw: { from: ["pending"], to: "withdrawn", who: ["brand", "admin"], otherwise: invitationRefusals.notPending },
  revoke: {
    from: ["accepted"],
    to: "withdrawn",
    who: ["brand", "admin"],
    effect: "with the creator's removal",
    otherwise: invitationRefusals.notPending,
  },
  renew: {
    from: ["declined", "expired", "withdrawn"],
    to: "pending",
    who: ["brand", "admin"],
    effect: "offers the creator what is asked for now",
    otherwise: invitationRefusals.exists,
    detail: () => invitationRefusals.exists.title,
  },
} as const satisfies Lifecycle<Invitation["status"]>;

/** The invitation as it stands: one whose time is up has expired, also while nothing has written that down yet. */
export function lapsed(invitation: Invitation, now: Instant): Invitation {
  const { from, to }: Transition<Invitation["status"]> = invitationLifecycle.expire;
  const isOver = from.includes(invitation.status) && hasExpired(invitation, now);
  return isOver ? { ...invitation, status: to, updatedAt: now } : invitation;
}
