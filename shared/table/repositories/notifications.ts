import { Announcement } from "#shared/domain/notifications/announcement";
import { Mail } from "#shared/domain/notifications/mail/mail";
import { MailSuppression, suppressionIdOf } from "#shared/domain/notifications/mail/suppression";
import { Notification } from "#shared/domain/notifications/notification";
import { isReadWithAll } from "#shared/domain/notifications/notify";
import { NotificationPreferences } from "#shared/domain/notifications/preferences";
import { Account } from "#shared/domain/users/account";
import type {
  Announcements,
  Mails,
  MailSuppressions,
  Notifications,
  Preferences,
  Recipients,
  UnsubscribeKeys,
} from "#shared/ports/notifications";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { eachOf, newestFirst, pageOf, parsed } from "./pages.ts";
import { madeStageKey, stageKey } from "./stage-key.ts";

/** Notifications of one commit: with their owner's number and account, well within the hundred items of a transaction. */
const PAGE = 50;
/** Pages of one call: ten thousand notifications, in transactions of some fifty milliseconds. */
const MOST_PAGES = 200;

export const storedNotifications = (table: TableEngine): Notifications => ({
  get: async (userId, notificationId) =>
    parsed(Notification, await table.get(itemKey(items.notification, { userId, id: notificationId }))),
  ofUser: (userId, { unread }, page) =>
    pageOf(
      table,
      newestFirst(listing(unread === true ? items.notification.listings.unread : items.notification, { userId })),
      Notification,
      page,
      ({ readAt }) => unread === undefined || unread === (readAt === null),
    ),
  unreadUntil: (userId, now) =>
    pagesOf(
      eachOf(table, listing(items.notification.listings.unread, { userId }), Notification, (one) =>
        isReadWithAll(one, now),
      ),
    ),
  unread: async (userId) => Number((await table.get(itemKey(items.unreadCount, { userId })))?.["unread"] ?? 0),
});

async function* pagesOf<T>(things: AsyncIterable<T>): AsyncIterable<readonly T[]> {
  let page: T[] = [];
  let pages = 0;
  for await (const thing of things) {
    page.push(thing);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
    if ((pages += 1) === MOST_PAGES) return;
  }
  if (page.length > 0) yield page;
}

const preferencesIn = async (table: TableEngine, userId: string): Promise<NotificationPreferences | undefined> =>
  parsed(NotificationPreferences, await table.get(itemKey(items.notificationPreferences, { userId })));
const suppressionIn = async (table: TableEngine, address: string): Promise<MailSuppression | undefined> =>
  parsed(MailSuppression, await table.get(itemKey(items.mailSuppression, { id: suppressionIdOf(address) })));

export const storedPreferences = (table: TableEngine): Preferences => ({
  of: (userId) => preferencesIn(table, userId),
});

export const storedRecipients = (table: TableEngine): Recipients => ({
  async get(userId) {
    const account = parsed(Account, await table.get(itemKey(items.account, { id: userId })));
    if (account === undefined) return undefined;
    const [preferences, suppression] = await Promise.all([
      preferencesIn(table, userId),
      suppressionIn(table, account.email),
    ]);
    return { account, preferences, isSuppressed: suppression !== undefined };
  },
});

export const storedMails = (table: TableEngine): Mails => ({
  get: async (mailId) => parsed(Mail, await table.get(itemKey(items.mail, { id: mailId }))),
});

export const storedMailSuppressions = (table: TableEngine): MailSuppressions => ({
  of: (address) => suppressionIn(table, address),
});

export const storedUnsubscribeKeys = (table: TableEngine): UnsubscribeKeys => ({
  key: stageKey(table, "unsubscribeKey"),
  made: madeStageKey(table, "unsubscribeKey"),
});

export const storedAnnouncements = (table: TableEngine): Announcements => ({
  get: async (id) => parsed(Announcement, await table.get(itemKey(items.announcement, { id }))),
});
