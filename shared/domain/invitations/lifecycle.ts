import type { Lifecycle } from "../kernel/lifecycle.ts";
import type { Invitation } from "./invitation.ts";
import { invitationRefusals } from "./refusals.ts";

/** Every way an invitation's status may change. */
export const invitationLifecycle = {
  accept: {
    from: ["pending"], to: "accepted", who: ["creator", "admin"], guard: "not expired, the budget covers the price",
    otherwise: invitationRefusals.notPending,
  },
  decline: { from: ["pending"], to: "declined", who: ["creator", "admin"], otherwise: invitationRefusals.notPending },
  renew: {
    from: ["declined", "expired", "withdrawn"], to: "pending", who: ["brand", "admin"], guard: "sent again",
    otherwise: invitationRefusals.exists,
  },
} as const satisfies Lifecycle<Invitation["status"]>; // prettier-ignore
