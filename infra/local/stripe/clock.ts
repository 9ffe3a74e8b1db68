/**
 * What the fake dates by: the machine's clock, and as far ahead as it was moved. Objects, events and the availability of
 * funds follow it. What is between two machines does not: signatures of deliveries, the age of Idempotency-Keys, pauses.
 */
export class Clock {
  readonly machineNow: () => number;
  #offsetSeconds = 0;

  constructor(machineNow: () => number) {
    this.machineNow = machineNow;
  }

  /** Milliseconds since 1970. */
  readonly now = (): number => this.machineNow() + this.#offsetSeconds * 1000;

  get offsetSeconds(): number {
    return this.#offsetSeconds;
  }

  /** @returns whether it was moved: it does not go back. */
  move(offsetSeconds: number): boolean {
    if (offsetSeconds < this.#offsetSeconds) return false;
    this.#offsetSeconds = offsetSeconds;
    return true;
  }
}
