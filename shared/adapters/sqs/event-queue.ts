import type { EventQueue } from "#shared/ports/webhooks";
import { sqsSender } from "./sender.ts";

/** The queue of the processor's events. */
export const sqsEventQueue = ({
  STRIPE_EVENTS_QUEUE_URL,
}: {
  readonly STRIPE_EVENTS_QUEUE_URL: string;
}): EventQueue => ({ send: sqsSender(STRIPE_EVENTS_QUEUE_URL, "the queue of events") });
