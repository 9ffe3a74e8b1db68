import { refuse, Refusal, type RefusalCode } from "#shared/domain/kernel/refusal";
import { idempotencyRefusals, requestRefusals } from "#shared/domain/kernel/refusals";
import { OutOfTime } from "#shared/ports/call-time";
import { Contended, StaleState } from "#shared/ports/changes";
import { OutcomeUnknown, type Persistence, Unavailable, untilAnswered } from "#shared/ports/outside";

/**
 * How a decision is made again because what it was made on has changed: nearly at once, because it looks afresh, and a
 * little later each time for a crowd. `tries` ends what can never be decided.
 */
const decisions: Persistence = {
  isTransient: (error) => error instanceof StaleState && !isOthersKey(error),
  firstWaitMs: 5,
  longestWaitMs: 500,
  tries: 100,
};

/** Another attempt has the request's key by now, and will not give it back: its answer is the answer. */
const isOthersKey = ({ what }: StaleState): boolean => what.includes("idempotencyRecord");

/**
 * Runs load-decide-commit until it commits or refuses, or the call's time is up. When something changed meanwhile, the rule
 * decides again on what is true now: the loser of a race is refused by the rule itself, with the winner's outcome.
 */
export async function untilDecided<R>(decide: () => Promise<R>): Promise<R> {
  try {
    return await untilAnswered(decide, decisions);
  } catch (error) {
    throw refusalOf(error);
  }
}

const again = (refusal: RefusalCode, retryAfterSeconds: number, cause: unknown): Refusal =>
  new Refusal(refusal, refusal.title, { retryAfterSeconds }, { cause });

/** What a client is told when the world outside was too busy, away, or silent; any other error as it is. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof StaleState) {
    if (isOthersKey(error))
      return refuse(idempotencyRefusals.inProgress, undefined, { currentState: "in_progress", retryAfterSeconds: 1 });
    return again(requestRefusals.contended, 1, error);
  }
  if (error instanceof Contended) return again(requestRefusals.contended, 1, error);
  if (error instanceof Unavailable) return again(requestRefusals.unavailable, 2, error);
  if (error instanceof OutOfTime || error instanceof OutcomeUnknown) return again(requestRefusals.timedOut, 2, error);
  return error;
}

/** Whether it may be done all the same. */
export const mayBeDone = (error: unknown): boolean =>
  error instanceof Refusal && error.refusal === requestRefusals.timedOut;
