import { OwnError } from "../kernel/own-error.ts";
import * as z from "zod";
import { type Instant, plusMilliseconds } from "../kernel/time.ts";
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

/** The relay sends within seconds. What waits longer than this has missed it, and is sent by the sweep. */
const OVERDUE_MS = 300_000;

/** What was written up to then, and was not sent, is overdue. */
export const overdueUpTo = (now: Instant): Instant => plusMilliseconds(now, -OVERDUE_MS);

/** @throws Error for the first of the events that were not published, when there is any. */
export function requirePublished(failed: readonly { readonly id: string; readonly reason: string }[]): void {
  const [first] = failed;
  if (first) throw new OwnError(`the bus did not take ${first.id}: ${first.reason}`);
}
