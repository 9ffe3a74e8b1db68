import type { Actor } from "../kernel/actor.ts";
import { isAdmin } from "../kernel/actor.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Payout } from "./payout.ts";
import { payoutRefusals } from "./refusals.ts";

/** A payout for its creator and for admins; for everybody else there is none. */
export function readablePayout(actor: Actor, payout: Payout | undefined): Payout {
  if (payout !== undefined && (payout.creatorId === actor.userId || isAdmin(actor))) return payout;
  throw refuse(payoutRefusals.notFound);
}
