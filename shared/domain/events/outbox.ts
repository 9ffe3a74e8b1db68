import * as z from "zod";
import { type DeliveredEvent, events, type EventType } from "./events.ts";

const Stored = z.object({
  id: z.string(),
  type: z.enum(Object.keys(events) as [EventType, ...EventType[]]),
  at: z.string(),
  requestId: z.string(),
  detail: z.unknown(),
});

/** An event as it was stored or delivered. Throws when it is none of ours, or its detail is not what its type says. */
export function parseEvent(stored: unknown): DeliveredEvent {
  const event = Stored.parse(stored);
  return { ...event, detail: events[event.type].parse(event.detail) } as DeliveredEvent;
}
