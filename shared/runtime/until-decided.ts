import { refuse } from "#shared/domain/kernel/refusal";
import { idempotencyRefusals, requestRefusals } from "#shared/domain/kernel/refusals";
import { Contended, StaleState } from "#shared/ports/changes";

/** How often a decision is made again because what it was made on has changed. */
const DECISIONS = 10;

/**
 * Runs load-decide-commit until it commits or refuses. When something changed meanwhile, the rule decides again on what
 * is true now: the loser of a race is refused by the rule itself, with the winner's outcome.
 */
export async function untilDecided<R>(decide: () => Promise<R>): Promise<R> {
  for (let decision = 1; ; decision += 1) {
    try {
      return await decide();
    } catch (error) {
      if (!(error instanceof StaleState)) throw contentionOf(error);
      // Another attempt has the request's key by now, and will not give it back: its answer is the answer.
      if (error.what.includes("idempotencyRecord"))
        throw refuse(idempotencyRefusals.inProgress, undefined, { retryAfterSeconds: 1 });
      if (decision >= DECISIONS) throw contended();
    }
  }
}

const contended = () => refuse(requestRefusals.contended, undefined, { retryAfterSeconds: 1 });
/** What a client is told when the table was too busy; any other error as it is. */
export const contentionOf = (error: unknown): unknown => (error instanceof Contended ? contended() : error);
