import type { Actor } from "../kernel/actor.ts";
import { found, refuse } from "../kernel/refusal.ts";
import type { Deposit } from "./deposit.ts";
import type { PaymentEvent } from "./payment.ts";
import { depositRefusals } from "./refusals.ts";

/** A deposit for who made it; for everybody else there is none. */
export function ownDeposit(actor: Actor, deposit: Deposit | undefined): Deposit {
  if (deposit?.userId !== actor.userId) throw refuse(depositRefusals.notFound);
  return deposit;
}

/** A webhook's event, when the processor has signed it. */
export const signedEvent = (event: PaymentEvent | undefined): PaymentEvent =>
  found(event, depositRefusals.badSignature);

/** The deposit a payment event is about: one of ours carries its id; anything else is not for us. */
export const depositOfEvent = (event: PaymentEvent): string | undefined =>
  event.kind === "payment" ? event.payment.metadata["depositId"] : undefined;
