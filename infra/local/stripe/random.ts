import { createHash } from "node:crypto";

/**
 * A number in [0, 1) that a seed decides. It depends on nothing but its arguments, so that concurrent requests change
 * each other's luck as little as their order does.
 */
export function draw(seed: number, name: string, nth: number): number {
  return createHash("sha256").update(`${seed}:${name}:${nth}`).digest().readUInt32BE(0) / 2 ** 32;
}

/** Counts by name: the nth of a name gets the nth draw of that name. */
export class Draws {
  readonly #seed: number;
  readonly #counts = new Map<string, number>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  next(name: string): number {
    const nth = this.#counts.get(name) ?? 0;
    this.#counts.set(name, nth + 1);
    return draw(this.#seed, name, nth);
  }
}
