/** What every area leaves behind, and what is told of it: events, notifications, keys, seals. */
import { type DeliveredEvent, eventTypes } from "#shared/domain/events/events";
import { parseEvent } from "#shared/domain/events/outbox";
import { mailIdOf } from "#shared/domain/notifications/mail/send-mail";
import { suppressionIdOf } from "#shared/domain/notifications/mail/suppression";
import { type Notice, noticesOf } from "#shared/domain/notifications/notice";
import { AuditEntry } from "#shared/domain/audit/audit-entry";
import { verifySeals } from "#shared/domain/audit/verify-seals";
import { plusDays } from "#shared/domain/kernel/time";
import { configuredMailLinks } from "#shared/adapters/settings/mail-links";
import { memoryClickStream, memoryMailSender } from "#shared/adapters/memory/outbound";
import { memoryClickArchive } from "#shared/adapters/memory/click-archive";
import { memoryHitCounter } from "#shared/adapters/memory/hit-counter";
import type { AnnouncementQueue } from "#shared/ports/notifications";
import type { Role } from "#shared/domain/kernel/actor";
import { sealedState } from "../../support/sealing.ts";
import type { Area, Invariant, Move } from "../area.ts";
import { unreliable } from "../outside.ts";
import { addressesOf } from "../people.ts";
import type { World } from "../world.ts";

const eventsOf = (world: World): readonly DeliveredEvent[] => world.items("outboxEvent").map(parseEvent);

/** Each thing that people are told: a page of an announcement that was said again is the announcement still. */
function noticesIn(world: World, channel: "inApp" | "mail"): readonly Notice[] {
  const all = eventsOf(world).flatMap((event) => noticesOf(event, channel));
  return [...new Map(all.map((notice) => [`${notice.eventId} ${notice.userId}`, notice])).values()];
}
/** Who chose may have had it switched off when it came; what is owed comes all the same. */
function optional(world: World): (notice: Notice) => boolean {
  const chose = new Set(world.items("notificationPreferences").map(({ userId }) => userId));
  return ({ userId, isOwed }) => !isOwed && chose.has(userId);
}
/** What each person must have been told within the product, as it is remembered there. */
function noticed(world: World, told: ReadonlySet<string>): readonly string[] {
  const isOptional = optional(world);
  return noticesIn(world, "inApp")
    .map((notice) => ({ notice, name: spelled(notice.userId, notice.eventType, notice.at, notice.about) }))
    .filter(({ notice, name }) => told.has(name) || !isOptional(notice))
    .map(({ name }) => name);
}
const spelled = (userId: unknown, type: unknown, at: unknown, about: unknown): string =>
  JSON.stringify([userId, type, at, Object.entries(about ?? {}).sort()]);

/** Mails of every notice, by id; and of them those that were due while their person was banned, or soon before: nobody writes to them; or that they may not want. */
function mailsDue(world: World) {
  const bans = bansOf(world);
  const isUnwanted = optional(world);
  const isOptional = (notice: Notice): boolean => isUnwanted(notice) || hasFledMail(world, notice);
  const due = noticesIn(world, "mail").map((notice) => ({ notice, id: mailIdOf(notice) }));
  const isHeldBack = ({ userId, at }: Notice): boolean =>
    bans.some((ban) => ban.userId === userId && ban.from <= plusDays(at, 1) && ban.until >= at);
  return {
    all: due.map(({ id }) => id),
    heldBack: new Set(due.flatMap(({ notice, id }) => (isHeldBack(notice) || isOptional(notice) ? [id] : []))),
  };
}

/** Whose mail came back at some time, or was called spam. */
const hasFledMail = ({ items, people }: World, { userId }: Notice): boolean => {
  const { name = "" } = people.find((one) => one.userId === userId) ?? {};
  const ids = items("mailSuppression").map(({ id }) => id);
  return addressesOf(name).some((address) => ids.includes(suppressionIdOf(address)));
};

/** Who was banned, and how long. */
function bansOf(world: World) {
  const rows = world.items("auditEntry").map((item) => AuditEntry.parse(item));
  const ended = rows.filter(({ action }) => action === "account.reinstated");
  return rows
    .filter(({ action }) => action === "account.suspended")
    .map(({ resource: { id: userId }, at: from }) => ({
      ...{ userId, from },
      until: ended.map(({ resource, at }) => (resource.id === userId && at >= from ? at : "9")).sort()[0] ?? "9",
    }));
}

/** What is there too often, or not often enough. */
function differences(expected: readonly string[], actual: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const one of expected) counts.set(one, (counts.get(one) ?? 0) - 1);
  for (const one of actual) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].flatMap(([one, count]) => (count === 0 ? [] : [`${count > 0 ? "too often" : "missing"}: ${one}`]));
}

const reading = (role: Role): Move => ({
  name: "read a notification",
  role,
  weight: 2,
  act: async (me, chance) => {
    const unread = await me.list("listNotifications", { query: { unread: "true" } });
    const one = chance.oneOf(unread);
    if (one === undefined) return false;
    await me.act("markNotificationRead", { path: { notificationId: one.id } });
    return true;
  },
});

const announcementQueueOf = (world: World): AnnouncementQueue => {
  let sent = 0;
  return {
    send: (page) => Promise.resolve(world.queue("announcements").send(page, `${page.announcementId} ${(sent += 1)}`)),
  };
};

/** The event that goes with what the audit says was done, where its name is another. */
const eventOf: Readonly<Record<string, string>> = {
  "submission.approved": "submission.reviewed",
  "submission.rejected": "submission.reviewed",
  "submission.changes_requested": "submission.reviewed",
  "export.completed": "export.ended",
  "export.failed": "export.ended",
};

/** What was done and must be told of, by request. */
function untold(world: World): string[] {
  const told = eventsOf(world).map(({ requestId, type }) => `${type} by ${requestId}`);
  const done = world.items("auditEntry").flatMap(({ action, requestId }) => {
    // Told with the removal of its creator, of which this follows.
    if (String(requestId).startsWith("releaseRemovedSubmissions")) return [];
    const type = eventOf[String(action)] ?? String(action);
    return eventTypes.some((one) => one === type) ? [`${type} by ${String(requestId)}`] : [];
  });
  return differences(done, told).filter((one) => one.startsWith("missing"));
}

const invariants: readonly Invariant[] = [
  {
    says: "something was done, and there is no event of it",
    broken: untold,
  },
  {
    says: "an event is left in the outbox",
    broken: (world) =>
      world.items("outboxEvent").flatMap((event) => (event["sentAt"] === undefined ? [String(event["id"])] : [])),
  },
  {
    says: "somebody was not told of an event once",
    broken(world) {
      const told = world
        .items("notification")
        .map(({ userId, type, createdAt, metadata }) => spelled(userId, type, createdAt, metadata));
      return differences(noticed(world, new Set(told)), told);
    },
  },
  {
    says: "the number of unread notifications is not theirs",
    broken: (world) =>
      world.people.flatMap(({ userId, name }) => {
        const unread = world.items("notification").filter((one) => one["userId"] === userId && one["readAt"] === null);
        const counter = world.items("unreadCount").find((one) => String(one["pk"]).endsWith(userId));
        const counted = Number(counter?.["unread"] ?? 0);
        return counted === unread.length ? [] : [`${name}: ${counted} counted, ${unread.length} unread`];
      }),
  },
  {
    says: "a mail was not sent",
    broken: (world) => {
      const sent = new Set(world.items("mail").flatMap(({ id, status }) => (status === "sent" ? [String(id)] : [])));
      const { all, heldBack } = mailsDue(world);
      return differences(
        all.filter((id) => sent.has(id) || !heldBack.has(id)),
        [...sent],
      );
    },
  },
  {
    says: "a key is in progress though nobody works under it",
    broken(world) {
      // Who is banned meanwhile is refused when they ask again, and a record does not say whose it is.
      if (world.items("auditEntry").some(({ action }) => action === "account.suspended")) return [];
      return world
        .items("idempotencyRecord")
        .flatMap((one) =>
          one["state"] === "in_progress" && String(one["leaseUntil"]) < world.running.now() ? [String(one["pk"])] : [],
        );
    },
  },
  {
    says: "what is written once is not sealed as it was written",
    broken(world) {
      const all = [
        ...world.items("auditEntry"),
        ...world.items("journalEntry"),
        ...world.items("ledgerClose"),
        ...world.items("seal"),
        ...world.items("sealHead"),
      ];
      const { entries, chains } = sealedState(all);
      const { intact, firstBreak } = verifySeals(entries, chains, plusDays(world.running.now(), 1));
      return intact ? [] : [JSON.stringify(firstBreak)];
    },
  },
  {
    says: "something is still under way",
    broken: (world) => (world.left() === 0 ? [] : [`${world.left()} deliveries`]),
  },
];

export const area: Area = {
  moves: [reading("brand"), reading("creator")],
  invariants,
  outside: (world) => {
    const { running, outside } = world;
    const post = memoryMailSender();
    outside["mailSender"] = post;
    const counter = memoryHitCounter();
    return {
      mailSender: unreliable(running, "mailSender", post, { isRepeatable: false }),
      announcementQueue: unreliable(running, "announcementQueue", announcementQueueOf(world), { isRepeatable: true }),
      clickStream: memoryClickStream(),
      clickArchive: memoryClickArchive(),
      hitCounts: counter,
      hitCounter: counter,
      mailLinks: configuredMailLinks({ API_ORIGIN: "https://api.example.com", APP_URL: "https://app.example.com" }),
    };
  },
};
