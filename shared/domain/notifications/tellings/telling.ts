/** What a telling is, and who may be told. */
import type { EventDetail, EventType } from "../../events/events.ts";
import type { Instant } from "../../kernel/time.ts";
import type { NotificationCategory } from "../notification.ts";

/** How somebody is told: inside the product, by mail. */
export type Channel = "inApp" | "mail";

/** Text of one telling; names the campaign it is about. */
export interface TellingText {
  readonly title: string;
  readonly message: string;
  /** A last paragraph that only the mail has. */
  readonly postscript?: string | undefined;
}

/** Who is told about an event of this type: one person, or several alike. */
export interface Telling<T extends EventType> {
  /** Their ids, which the event carries. */
  readonly who: (detail: EventDetail<T>) => string | readonly string[];
  readonly channels: readonly Channel[];
  readonly category: NotificationCategory | ((detail: EventDetail<T>) => NotificationCategory);
  /** Why they are told whatever they prefer: a law, the safety of their money or of their account. */
  readonly owed?: string;
  /** Mailed to suspended people as well, to whom nobody writes otherwise. */
  readonly toSuspended?: true;
  /** What it tells of, where several events may tell the same people of one thing: they are told once. */
  readonly standsFor?: (detail: EventDetail<T>) => { readonly eventId: string; readonly at: Instant };
  readonly text: (detail: EventDetail<T>) => TellingText;
}

/** Every type of event has its line: one that nobody is told about says so with an empty list. */
export type TellingsOf<N extends string> = { readonly [T in Extract<EventType, N>]: readonly Telling<T>[] };

export const brand = ({ brandId }: { readonly brandId: string }): string => brandId;
export const creator = ({ creatorId }: { readonly creatorId: string }): string => creatorId;

/** The side that did not do it. */
export const otherThan = (
  userId: string,
  { brandId, creatorId }: { readonly brandId: string; readonly creatorId: string },
) => (userId === brandId ? creatorId : brandId);
export const owner = ({ userId }: { readonly userId: string }): string => userId;
export const admins = ({ adminIds }: { readonly adminIds: readonly string[] }): readonly string[] => adminIds;

/** An instant as people read it. */
export const minute = (at: Instant): string => `${at.slice(0, 16).replace("T", " ")} UTC`;
