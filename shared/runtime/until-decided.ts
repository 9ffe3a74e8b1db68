import { requestRefusals } from "#shared/domain/kernel/refusals";
import { refuse } from "#shared/domain/kernel/refusal";
import { StaleState } from "#shared/ports/changes";
import { TableContended } from "#shared/table/engine";

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
      const again = error instanceof StaleState && decision < DECISIONS;
      if (again) continue;
      if (error instanceof StaleState || error instanceof TableContended) {
        throw refuse(requestRefusals.contended, undefined, { retryAfterSeconds: 1 });
      }
      throw error;
    }
  }
}
