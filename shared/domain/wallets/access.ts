import type { Actor } from "../kernel/actor.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Deposit } from "./deposit.ts";
import { depositRefusals } from "./refusals.ts";

/** A deposit for who made it; for everybody else there is none. */
export function ownDeposit(actor: Actor, deposit: Deposit | undefined): Deposit {
  if (deposit?.userId !== actor.userId) throw refuse(depositRefusals.notFound);
  return deposit;
}

/** The deposit a payment event is about: one of ours carries its id; anything else is not for us. */
export const depositOfEvent = (
  event:
    | { readonly kind: "payment"; readonly payment: { readonly metadata: Readonly<Record<string, string>> } }
    | { readonly kind: "ignored" },
): string | undefined => (event.kind === "payment" ? event.payment.metadata["depositId"] : undefined);
