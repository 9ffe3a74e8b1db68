import * as z from "zod";
import { ControlProblem, control } from "./controls.ts";

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

  /** @throws 409 when that would be backwards. */
  move(offsetSeconds: number): void {
    if (offsetSeconds < this.#offsetSeconds)
      throw new ControlProblem(409, `The clock is ${this.#offsetSeconds} seconds ahead and only moves forward.`);
    this.#offsetSeconds = offsetSeconds;
  }
}

export const clockControls = [
  control("PUT /_clock", z.strictObject({ offsetSeconds: z.int().min(0) }), ({ offsetSeconds }, _call, { clock }) => {
    clock.move(offsetSeconds);
    return { now: new Date(clock.now()).toISOString(), offsetSeconds: clock.offsetSeconds };
  }),
];
