import type { Instant } from "#shared/domain/kernel/time";
import type { EventMessage } from "#shared/domain/webhooks/intake";
import type { StripeEvent } from "#shared/domain/webhooks/stripe-event";

export interface StripeEvents {
  /** Strongly consistent. */
  get(eventId: string): Promise<StripeEvent | undefined>;
  /** Those whose end is late, longest first; read as they are asked for. */
  due(now: Instant): AsyncIterable<StripeEvent>;
}

export interface EventQueue {
  /**
   * Puts an event into the queue of its consumer, at least once.
   * @throws Unavailable when the queue did not take it: it may be in there all the same, and twice does no harm.
   */
  send(message: EventMessage): Promise<void>;
}
