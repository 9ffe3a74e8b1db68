import type { DeliveredEvent, EventType } from "../events/events.ts";
import type { Instant } from "../kernel/time.ts";
import type { NotificationCategory } from "./notification.ts";
import { type Channel, type Telling, tellings, type TellingText } from "./tellings.ts";

/** What one person is told about one event: what a channel sends, and to whom, follows from this alone. */
export interface Notice extends TellingText {
  readonly userId: string;
  readonly category: NotificationCategory;
  /** Told whatever the person prefers. */
  readonly isOwed: boolean;
  /** Mailed also while the person is suspended. */
  readonly toSuspended: boolean;
  readonly eventId: string;
  readonly eventType: EventType;
  readonly at: Instant;
  /** Ids of what the event is about. */
  readonly about: Readonly<Record<string, string>>;
}

/** One notice for each person who is told about the event in this channel; the same for every delivery of it. */
export const noticesOf = <T extends EventType>(event: DeliveredEvent<T>, channel: Channel): readonly Notice[] =>
  noticesBy(tellings[event.type], event, channel);

/** The same, by the tellings of the event's type. */
export function noticesBy<T extends EventType>(
  told: readonly Telling<T>[],
  { id: eventId, type: eventType, at, detail }: DeliveredEvent<T>,
  channel: Channel,
): readonly Notice[] {
  return told
    .filter(({ channels }) => channels.includes(channel))
    .flatMap((telling) => [telling.who(detail)].flat().map((userId) => ({ ...telling, userId })))
    .map(({ userId, category, text, owed, toSuspended = false, standsFor }) => ({
      ...text(detail),
      userId,
      category: typeof category === "function" ? category(detail) : category,
      isOwed: owed !== undefined,
      toSuspended,
      eventType,
      ...(standsFor?.(detail) ?? { eventId, at }),
      about: idsOf(detail),
    }));
}

const idsOf = (detail: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(detail).filter(
      (field): field is [string, string] => field[0].endsWith("Id") && typeof field[1] === "string",
    ),
  );
