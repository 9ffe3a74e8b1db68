import type { Change } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { Refusal } from "../kernel/refusal.ts";
import type { Payout } from "./payout.ts";
import { type PayableState, requestPayout } from "./request-payout.ts";

/**
 * A creator's payout in a run; undefined for who cannot be paid now (no account that is ready, too little, suspended) or is
 * paid by it already. A run asks nobody and so refuses nobody.
 */
export function payOut(
  state: PayableState,
  of: { readonly id: string; readonly runId: string; readonly existing: Payout | undefined },
  occasion: Occasion,
): Change | undefined {
  if (of.existing !== undefined) return undefined;
  try {
    return requestPayout(state, { id: of.id, runId: of.runId }, occasion).change;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
