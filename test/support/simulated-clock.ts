import type { Clock } from "#shared/ports/call-time";
import { randomOf } from "./random.ts";

interface Ringing {
  readonly atMs: number;
  readonly order: number;
  readonly ring: () => void;
}

/**
 * Time that passes at once: as soon as nothing is left to do at an instant, the next that somebody waits for is there.
 * What happens, and in which order, follows from the seed alone.
 */
export interface SimulatedClock extends Clock {
  /** Somebody still waits for it. */
  readonly waiting: () => number;
}

export function simulatedClock(seed = 1): SimulatedClock {
  const queue: Ringing[] = [];
  const random = randomOf(seed);
  let now = 0;
  let order = 0;
  let running = false;

  function tick(): void {
    const next = pop(queue);
    running = next !== undefined;
    if (next === undefined) return;
    now = next.atMs;
    next.ring();
    // After everything that this sets off at the same instant.
    setImmediate(tick);
  }
  return {
    nowMs: () => now,
    random,
    waiting: () => queue.length,
    after: (ms, ring) => {
      let taken = false;
      const one = { atMs: now + Math.max(0, ms), order: (order += 1), ring: () => void (taken || ring()) };
      push(queue, one);
      if (!running) {
        running = true;
        setImmediate(tick);
      }
      return () => {
        taken = true;
        remove(queue, one);
      };
    },
  };
}

const isBefore = (a: Ringing, b: Ringing): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

/** Sorted, the next one last: what waits is a few hundred, and mostly for soon. */
function push(queue: Ringing[], one: Ringing): void {
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = queue[middle];
    if (there && isBefore(one, there)) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, one);
}
const pop = (queue: Ringing[]): Ringing | undefined => queue.pop();
function remove(queue: Ringing[], one: Ringing): void {
  const at = queue.indexOf(one);
  if (at >= 0) queue.splice(at, 1);
}
