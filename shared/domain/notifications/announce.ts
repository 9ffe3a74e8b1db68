/** How an admin tells people, and how it is spread. */
import type * as z from "zod";
import { type Change, created } from "../change.ts";
import type { DomainEvent } from "../events/events.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { known, refuse } from "../kernel/refusal.ts";
import { userRefusals } from "../users/refusals.ts";
import { type Announcement, type NewAnnouncement, PageMessage } from "./announcement.ts";

/** @throws Refusal `user.not_found` when the one person it is for is not there */
export function announce(
  told: z.output<typeof NewAnnouncement>,
  recipients: number,
  { actor, now, newId }: Occasion,
): { readonly change: Change; readonly announcement: Announcement } {
  if (told.userId !== undefined && recipients === 0) throw refuse(userRefusals.notFound);
  const made = { ...told, id: newId("announcement"), recipients, madeBy: actor.userId, createdAt: now };
  const written = created("announcement", made);
  const { role, category } = told;
  const change: Change = {
    entities: [written],
    events: [{ type: "announcement.made", detail: { announcementId: made.id } }],
    audit: {
      action: "announcement.made",
      resource: { type: "announcement", id: made.id },
      changes: [
        { field: "audience", before: null, after: role ?? told.userId },
        { field: "category", before: null, after: category },
      ],
    },
  };
  return { change, announcement: written.next };
}

/** @throws when it is none. */
export const pageIn = (body: unknown): PageMessage => PageMessage.parse(body);

/** An announcement is kept before it is spread. @throws when it is not: its message ends in the dead-letter queue. */
export const keptAnnouncement = (announcement: Announcement | undefined): Announcement =>
  known(announcement, "announcement of this message");

/** People of one event: their mails are sent one after the other, within one call. */
const TOGETHER = 5;

/**
 * What is said when a page of people is to be told. A page that comes again is said again: each of them is told once, since
 * what tells them apart is the announcement, not the event.
 */
export function addressed(announcement: Announcement, userIds: readonly string[]): Change | undefined {
  if (userIds.length === 0) return undefined;
  const { id: announcementId, title, message, category, createdAt: madeAt } = announcement;
  const groups = Array.from({ length: Math.ceil(userIds.length / TOGETHER) }, (_, at) =>
    userIds.slice(at * TOGETHER, (at + 1) * TOGETHER),
  );
  const events = groups.map((group): DomainEvent => ({
    type: "announcement.addressed",
    detail: { announcementId, madeAt, userIds: [...group], title, message, category },
  }));
  return { entities: [], events };
}

/**
 * Mail goes out at some ten a second, whatever it is about: the next hundred people wait until the last hundred have theirs, so
 * that nobody's invitation or payment waits behind a whole announcement.
 */
export const PAUSE_SECONDS = 15;

/** The page after one that ended here; none after the last. */
export const nextPages = ({ id }: Announcement, after: PageMessage["after"]): readonly PageMessage[] =>
  after === undefined ? [] : [{ announcementId: id, after }];
