import type { DeliveredEvent } from "#shared/domain/events/events";

export interface EventBus {
  /** Publishes up to a hundred events; gives back the ids of those the bus did not take. */
  publish(events: readonly DeliveredEvent[]): Promise<{ readonly failed: readonly string[] }>;
}

/** Raw hits on their way to the rollup, for those that took the overflow queue. */
export interface ClickStream {
  /** Appends one serialised hit; the partition is its visitor. */
  append(hit: { readonly visitor: string; readonly body: string }): Promise<void>;
}
