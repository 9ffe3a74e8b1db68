/**
 * A Lambda answers before its time is up. Whoever is ended by Lambda itself tells nobody anything: the client gets the
 * gateway's 502, and a batch comes again as a whole.
 */
import type { Context } from "aws-lambda";
import { cutOff, remainingMs, withinTime } from "#shared/ports/call-time";

/** Calls out end this long before Lambda ends the invocation: a starved process rings its clocks late. */
const CALLS_END_MS = 2_000;
/** After that, what does not end by itself is cut off; the rest is for the answer and its line in the log. */
const GRACE_MS = 500;
/** A job's work ends before its record is written. */
const RECORD_MS = 3_000;

type Pipeline<E, C extends Context, R> = (event: E, context: C) => Promise<R>;

/** Gives a pipeline its invocation's deadline. `longestMs` where somebody else waits for less than Lambda does. */
export const timed =
  <E, C extends Context, R>(pipeline: Pipeline<E, C, R>, longestMs = Infinity): Pipeline<E, C, R> =>
  (event, context) =>
    withinTime(Math.min(longestMs, context.getRemainingTimeInMillis()) - CALLS_END_MS, () => pipeline(event, context));

/**
 * The work of an invocation, or OutOfTime. The work that was cut off may go on until Lambda freezes it, and whenever it is
 * thawed, but asks nothing of anybody any more.
 */
export const inTime = <R>(work: () => Promise<R>): Promise<R> => cutOff(GRACE_MS, work);

/** As `inTime`, with time left for a record of it. */
export const inTimeForRecord = <R>(work: () => Promise<R>): Promise<R> =>
  withinTime(remainingMs() - RECORD_MS, () => inTime(work));
