/**
 * Chance that belongs to what it decides about: each name has its own, out of the seed. What a step, a call or a delivery
 * draws does not depend on what others have drawn, so that a history keeps its course when some of it is left out.
 */
import { randomOf } from "../support/random.ts";

export interface Chance {
  /** From 0 up to 1. */
  next(): number;
  /** From 0 up to `bound`, whole. */
  below(bound: number): number;
  between(least: number, most: number): number;
  happens(share: number): boolean;
  /** One of them; undefined of none. */
  oneOf<T>(all: readonly T[]): T | undefined;
  /** By weight. */
  weighed<T extends { readonly weight: number }>(all: readonly T[]): T | undefined;
}

/** FNV-1a, 32 bits. */
function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

export function chanceOf(seed: number, ...names: readonly (string | number)[]): Chance {
  const next = randomOf(numberOf(`${seed} ${names.join(" ")}`));
  // Names that differ in their last letter alone begin alike.
  next();
  const below = (bound: number): number => Math.floor(next() * bound);
  return {
    next,
    below,
    between: (least, most) => least + next() * (most - least),
    happens: (share) => next() < share,
    oneOf: (all) => all[below(all.length)],
    weighed(all) {
      let left = next() * all.reduce((sum, { weight }) => sum + weight, 0);
      return all.find(({ weight }) => (left -= weight) < 0);
    },
  };
}
