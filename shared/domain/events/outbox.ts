import * as z from "zod";
import { type DeliveredEvent, events, eventTypes } from "./events.ts";

const Stored = z.object({
  id: z.string(),
  type: z.enum(eventTypes),
  at: z.string(),
  requestId: z.string(),
  detail: z.unknown(),
});

/** An event as it was stored or delivered. Throws when it is none of ours, or its detail is not what its type says. */
export function parseEvent(stored: unknown): DeliveredEvent {
  const event = Stored.parse(stored);
  return { ...event, detail: events[event.type].parse(event.detail) } as DeliveredEvent;
}
