/** What becomes of calls to the world outside when it is not there, and how long it is asked again. */
import { OwnError } from "#shared/domain/kernel/own-error";
import { nowMs, remainingMs, requireTime, spread, wait } from "./call-time.ts";

/** Limits of one call to AWS. Source: the house's reliability budget; DynamoDB answers in single-digit milliseconds. */
export const CONNECT_MS = 300;
export const REQUEST_MS = 1_000;

/** Something outside could not be reached, or said "later". Nothing was changed by it, or the same call again is safe. */
export class Unavailable extends OwnError {
  constructor(what: string, options?: ErrorOptions) {
    super(`${what} is not available`, options);
    this.name = "Unavailable";
  }
}

/** A change was asked for and no answer came: it may be done or not. */
export class OutcomeUnknown extends OwnError {
  constructor(what: string, options?: ErrorOptions) {
    super(`${what} did not say whether it is done`, options);
    this.name = "OutcomeUnknown";
  }
}

/** How something is asked again. */
export interface Persistence {
  /** Whether an error says neither yes nor no. */
  readonly isTransient: (error: unknown) => boolean;
  /** The longest first wait; each further one may be twice as long as the one before. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** How often at most: a guard against what can never succeed, not the limit that is met. */
  readonly tries: number;
}

/** Longest that one thing is asked for, where a call has more time than the gateway's 30 s: the rest of a job goes on. */
const PATIENCE_MS = 29_000;

/**
 * Asks again, after capped exponential waits with full jitter, until there is an answer or the call's time is up.
 * Source of the shape: AWS Architecture Blog, "Exponential Backoff And Jitter".
 *
 * @throws what was thrown last, when there was no answer; OutOfTime when there was no time to ask at all.
 */
export async function untilAnswered<R>(
  ask: () => Promise<R>,
  { isTransient, firstWaitMs, longestWaitMs, tries }: Persistence,
): Promise<R> {
  const givesUpAt = nowMs() + Math.min(remainingMs(), PATIENCE_MS);
  let last: unknown;
  for (let attempt = 1; ; attempt += 1) {
    // Who was told "later" until the end was told so, and not that nothing is known.
    if (last !== undefined && remainingMs() <= 0) throw last;
    requireTime();
    try {
      return await ask();
    } catch (error) {
      last = error;
      const pause = spread(Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1)));
      if (!isTransient(error) || attempt >= tries || nowMs() + pause >= givesUpAt) throw error;
      await wait(pause);
    }
  }
}
