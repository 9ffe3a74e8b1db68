/**
 * The time of one call, carried beside it. Adapters are made once per process, and what a port is asked says nothing of
 * Lambda: so the deadline travels with the call (AsyncLocalStorage) instead of through every port's parameters, and
 * whatever waits or calls out, at any depth, looks at the same one. This file alone reads clock and chance.
 */
import { OwnError } from "#shared/domain/kernel/own-error";
import { AsyncLocalStorage } from "node:async_hooks";

/** Time and chance: the real ones, or simulated in tests. */
export interface Clock {
  /** Milliseconds since a moment of its own; never goes back. */
  nowMs(): number;
  /** Rings once, `ms` from now. Gives back how to take that back. */
  after(ms: number, ring: () => void): () => void;
  /** From 0 up to 1, to spread waits. Nothing that must not be guessed. */
  random(): number;
}

const realClock: Clock = {
  nowMs: () => performance.now(),
  after: (ms, ring) => {
    const timer = setTimeout(ring, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

interface CallTime {
  readonly clock: Clock;
  readonly beganAtMs: number;
  readonly endsAtMs: number;
}

const calls = new AsyncLocalStorage<CallTime>();
/** Outside any call, in a script or a test, nothing ends: only what is asked there has limits of its own. */
const endless: CallTime = { clock: realClock, beganAtMs: 0, endsAtMs: Infinity };
const current = (): CallTime => calls.getStore() ?? endless;

/** The call has no time left to start anything. Whoever throws it has started nothing. */
export class OutOfTime extends OwnError {
  constructor() {
    super("the call's time is up");
    this.name = "OutOfTime";
  }
}

/** Does something in `ms` milliseconds at most, or in what is left of the call around it. */
export function withinTime<R>(ms: number, act: () => R, clock: Clock = current().clock): R {
  const beganAtMs = clock.nowMs();
  const endsAtMs = Math.min(current().endsAtMs, beganAtMs + ms);
  return calls.run({ clock, beganAtMs, endsAtMs }, act);
}

/** Milliseconds that are left to call out; none and below when time is up. Infinite outside any call. */
export const remainingMs = (): number => current().endsAtMs - current().clock.nowMs();

/** What of the call's time is left, from 1 down to 0 and below. All of it outside any call. */
export function shareLeft(): number {
  const { beganAtMs, endsAtMs } = current();
  return endsAtMs === Infinity ? 1 : remainingMs() / (endsAtMs - beganAtMs);
}

/** Before anything is sent. @throws OutOfTime when the call's time is up. */
export function requireTime(): void {
  if (remainingMs() <= 0) throw new OutOfTime();
}

export const nowMs = (): number => current().clock.nowMs();
/** A part of `ms`, by chance. */
export const spread = (ms: number): number => current().clock.random() * ms;
export const wait = (ms: number): Promise<void> => new Promise((resolve) => void current().clock.after(ms, resolve));

/**
 * What `act` gives, or OutOfTime once the call's time has been up for `graceMs`. What was cut off is not stopped, but
 * starts no call any more: `requireTime` refuses.
 */
export async function cutOff<R>(graceMs: number, act: () => Promise<R>): Promise<R> {
  const { clock, endsAtMs } = current();
  if (endsAtMs === Infinity) return act();
  const { promise: cut, reject } = Promise.withResolvers<never>();
  const takeBack = clock.after(endsAtMs + graceMs - clock.nowMs(), () => reject(new OutOfTime()));
  try {
    return await Promise.race([act(), cut]);
  } finally {
    takeBack();
  }
}
