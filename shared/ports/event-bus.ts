import type { DeliveredEvent } from "#shared/domain/events/events";

export interface EventBus {
  /** Publishes up to a hundred events; gives back the ids of those the bus did not take. */
  publish(events: readonly DeliveredEvent[]): Promise<{ readonly failed: readonly string[] }>;
}
