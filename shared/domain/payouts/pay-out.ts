import type { Change } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { Refusal } from "../kernel/refusal.ts";
import { type PayableSources, payableStateOf } from "./payable-state.ts";
import type { Payout } from "./payout.ts";
import { MOST_EARNINGS, type PayableState, requestPayout } from "./request-payout.ts";
import { payoutIdOf } from "./start-run.ts";

/** Where payouts of a run are found and written. */
interface RunPorts extends PayableSources {
  readonly payouts: { get(payoutId: string): Promise<Payout | undefined> };
  commit(change: Change): Promise<unknown>;
}

/**
 * A creator's payouts in a run: all that can be paid, in as many payouts as hold it. Each has a name of its own, and only one
 * that is full has another after it, so that a run that comes again pays nobody twice.
 *
 * @returns undefined when there was nothing to ask for
 */
export async function payOut(
  { runId, creatorId }: { readonly runId: string; readonly creatorId: string },
  { payouts, commit, ...sources }: RunPorts,
  occasion: Occasion,
): Promise<"requested" | undefined> {
  for (let nth = 0, outcome: "requested" | undefined; ; nth += 1) {
    const id = payoutIdOf(runId, creatorId, nth);
    const existing = await payouts.get(id);
    const asked = existing ? undefined : payableNow(await payableStateOf(creatorId, sources), { id, runId }, occasion);
    if (asked) {
      await commit(asked.change);
      outcome = "requested";
    }
    if (!isFull(existing ?? asked?.payout)) return outcome;
  }
}

/** Of what came back the next run makes something. */
const isFull = (payout: Payout | undefined): boolean =>
  payout?.parts.length === MOST_EARNINGS && payout.status !== "failed" && payout.status !== "reversed";

/**
 * Undefined for who cannot be paid now: no account that is ready, too little, suspended. A run asks nobody and so refuses
 * nobody.
 */
function payableNow(
  state: PayableState,
  of: { readonly id: string; readonly runId: string },
  occasion: Occasion,
): ReturnType<typeof requestPayout> | undefined {
  try {
    return requestPayout(state, of, occasion);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
