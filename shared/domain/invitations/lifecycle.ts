import { type Lifecycle, transition } from "../kernel/lifecycle.ts";
import type { Instant } from "../kernel/time.ts";
import type { Invitation } from "./invitation.ts";
import { invitationRefusals } from "./refusals.ts";

/** Every way an invitation's status may change. */
export const invitationLifecycle = {
  accept: {
    from: ["pending"],
    to: "accepted",
    who: ["creator", "admin"],
    guard: "not expired, the budget covers the price",
    otherwise: invitationRefusals.notPending,
  },
  decline: { from: ["pending"], to: "declined", who: ["creator", "admin"], otherwise: invitationRefusals.notPending },
  expire: {
    from: ["pending"],
    to: "expired",
    who: ["system"],
    guard: "its time is up",
    otherwise: invitationRefusals.notPending,
  },
  renew: {
    from: ["declined", "expired", "withdrawn"],
    to: "pending",
    who: ["brand", "admin"],
    guard: "sent again",
    otherwise: invitationRefusals.exists,
  },
} as const satisfies Lifecycle<Invitation["status"]>;

/** The invitation as it stands: one whose time is up has expired, also while nothing has written that down yet. */
export const lapsed = (invitation: Invitation, now: Instant): Invitation =>
  invitation.status === "pending" && invitation.expiresAt <= now
    ? transition(invitation, invitationLifecycle.expire, now)
    : invitation;
