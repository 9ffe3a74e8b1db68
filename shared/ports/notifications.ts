import type { Announcement, PageMessage } from "#shared/domain/notifications/announcement";
import type { Mail } from "#shared/domain/notifications/mail/mail";
import type { WrittenMail } from "#shared/domain/notifications/mail/write-mail";
import type { Recipient } from "#shared/domain/notifications/mail/send-mail";
import type { MailSuppression } from "#shared/domain/notifications/mail/suppression";
import type { Instant } from "#shared/domain/kernel/time";
import type { Notification } from "#shared/domain/notifications/notification";
import type { NotificationPreferences } from "#shared/domain/notifications/preferences";
import type { Page, PageRequest } from "./page.ts";

export interface Notifications {
  get(userId: string, notificationId: string): Promise<Notification | undefined>;
  /** Newest first. */
  ofUser(
    userId: string,
    filter: { readonly unread?: boolean | undefined },
    page: PageRequest,
  ): Promise<Page<Notification>>;
  /**
   * What was there to be read at an instant and is unread, oldest first, in pages that one commit can mark; read as they are
   * asked for, ten thousand at most. By an index, which may not know yet what came a moment before.
   */
  unreadUntil(userId: string, now: Instant): AsyncIterable<readonly Notification[]>;
  /** Exact: counted in the transactions that make and read notifications. */
  unread(userId: string): Promise<number>;
}

export interface Preferences {
  /** Strongly consistent; missing for whoever never said anything. */
  of(userId: string): Promise<NotificationPreferences | undefined>;
}

export interface Recipients {
  /** Somebody with all that decides whether they are written to, strongly consistent. */
  get(userId: string): Promise<Recipient | undefined>;
}

export interface MailSuppressions {
  of(address: string): Promise<MailSuppression | undefined>;
}

export interface UnsubscribeKeys {
  /** The stage's secret that links to unsubscribe are signed under; made with the first mail. */
  key(): Promise<Uint8Array>;
  /** The same for whoever opens a link; undefined while no mail has one, and every link is somebody's invention. */
  made(): Promise<Uint8Array | undefined>;
}

export interface Announcements {
  get(announcementId: string): Promise<Announcement | undefined>;
}

export interface AnnouncementQueue {
  /**
   * Puts a page of an announcement's audience into the queue, at least once; it can be had after so many seconds.
   * @throws Unavailable when the queue did not take it: it may be in there all the same, and twice does no harm.
   */
  send(page: PageMessage, afterSeconds?: number): Promise<void>;
}

export interface Mails {
  get(mailId: string): Promise<Mail | undefined>;
}

export interface MailSender {
  /**
   * Hands one mail to the post, once: it tries again only while the post says that it is too busy. Not idempotent: the
   * caller keeps the record of what was sent. @throws when the post did not take it, or may have taken it.
   */
  send(mail: WrittenMail): Promise<void>;
}
