import type { Mail } from "#shared/domain/notifications/mail/mail";
import type { WrittenMail } from "#shared/domain/notifications/mail/write-mail";
import type { Notification } from "#shared/domain/notifications/notification";
import type { Page, PageRequest } from "./page.ts";

export interface Notifications {
  get(userId: string, notificationId: string): Promise<Notification | undefined>;
  /** Newest first. */
  ofUser(
    userId: string,
    filter: { readonly unread?: boolean | undefined },
    page: PageRequest,
  ): Promise<Page<Notification>>;
  /** Exact: counted in the transactions that make and read notifications. */
  unread(userId: string): Promise<number>;
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
