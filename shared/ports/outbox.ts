import type { DeliveredEvent } from "#shared/domain/events/events";
import type { Instant } from "#shared/domain/kernel/time";

/** An event that waits to be sent, as it was stored: `parseEvent` reads it, or throws when it is none of ours. */
export interface WaitingEvent {
  readonly id: string;
  readonly stored: unknown;
}

export interface Outbox {
  /**
   * Events written up to an instant that nobody has marked sent, longest waiting first; read as they are asked for. Each of
   * the sequences may be read beside the others. One that was written or marked a moment ago may be missing, but none is
   * given that was marked when it was read.
   */
  unsent(upTo: Instant): readonly AsyncIterable<WaitingEvent>[];
  /**
   * Says of events that the bus took them: they are kept for a week more, and swept no longer. Safe to repeat, and for
   * several at once. @throws when one could not be marked; all the others were tried.
   */
  markSent(events: readonly DeliveredEvent[], sentAt: Instant): Promise<void>;
}
