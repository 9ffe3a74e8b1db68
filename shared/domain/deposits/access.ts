import type { Actor } from "../kernel/actor.ts";
import { known, refuse } from "../kernel/refusal.ts";
import type { Deposit } from "./deposit.ts";
import { depositRefusals } from "./refusals.ts";

/** A deposit for who made it; for everybody else there is none. */
export function ownDeposit(actor: Actor, deposit: Deposit | undefined): Deposit {
  if (deposit?.userId !== actor.userId) throw refuse(depositRefusals.notFound);
  return deposit;
}

/** Nothing removes deposits: that one is missing is a defect. */
export const knownDeposit = (deposit: Deposit | undefined): Deposit => known(deposit, "deposit");

/** A deposit as its owner sees it. */
export const depositView = ({ mismatch, ...deposit }: Deposit) => ({
  ...deposit,
  ...(mismatch && { mismatch: mismatch.reason }),
});
