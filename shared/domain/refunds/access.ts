import type { Actor } from "../kernel/actor.ts";
import { known, refuse } from "../kernel/refusal.ts";
import type { Refund } from "./refund.ts";
import { refundRefusals } from "./refusals.ts";

/** A refund for who asked for it; for everybody else there is none. */
export function ownRefund(actor: Actor, refund: Refund | undefined): Refund {
  if (refund?.userId !== actor.userId) throw refuse(refundRefusals.notFound);
  return refund;
}

/** Nothing removes refunds: that one is missing is a defect. */
export const knownRefund = (refund: Refund | undefined): Refund => known(refund, "refund");
