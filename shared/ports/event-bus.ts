import type { DeliveredEvent } from "#shared/domain/events/events";

/** An event that the bus did not take, as far as is known, and the code of the error. */
export interface Unpublished {
  readonly id: string;
  readonly reason: string;
}

export interface EventBus {
  /**
   * Publishes any number of events; gives back exactly those the bus did not confirm. Never rejects: one call to the bus
   * that fails leaves the others' events published. What it did not confirm may be out all the same, and comes again.
   */
  publish(events: readonly DeliveredEvent[]): Promise<{ readonly failed: readonly Unpublished[] }>;
}
