import * as z from "zod";
import { Draws } from "./random.ts";

const probability = z.number().min(0).max(1).default(0);

/**
 * What can go wrong with the delivery of events, by `POST /_webhooks/faults`; `DELETE /_webhooks/faults` ends it.
 * Probabilities are per event; equal seeds hit the same nth event of each type.
 */
export const eventFaultsShape = z.strictObject({
  seed: z.int().default(1),
  /** Delivered twice. */
  duplicate: probability,
  /** Never delivered: it stays listed with `delivery_success: false`. */
  lost: probability,
  /** Delivered only after `lateMs`. */
  late: probability,
  lateMs: z.int().min(0).default(2000),
  /** Every delivery waits up to this long, so that events overtake each other. */
  shuffleWithinMs: z.int().min(0).default(0),
});

/** The faults of deliveries that are set. */
export type EventFaultRates = z.output<typeof eventFaultsShape>;

/** Decides about each event; the delays are those of its deliveries, none when it is lost. */
export class EventFaults {
  readonly rates: EventFaultRates;
  readonly #draws: Draws;

  constructor(rates: EventFaultRates) {
    this.rates = rates;
    this.#draws = new Draws(rates.seed);
  }

  delaysMs(type: string): number[] {
    const hits = (kind: "duplicate" | "lost" | "late") => this.#draws.next(`${type} ${kind}`) < this.rates[kind];
    const isLost = hits("lost");
    const copies = hits("duplicate") ? 2 : 1;
    if (isLost) return [];
    return Array.from({ length: copies }, () => {
      const lateMs = hits("late") ? this.rates.lateMs : 0;
      return lateMs + Math.floor(this.#draws.next(`${type} shuffle`) * this.rates.shuffleWithinMs);
    });
  }
}
