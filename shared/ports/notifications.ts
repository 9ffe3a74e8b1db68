import type { Message } from "#shared/domain/notifications/message";
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

export interface Messages {
  get(messageId: string): Promise<Message | undefined>;
}

/** A mail, ready to send: HTML and its text twin say the same. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Made of the event and the person: the same for every attempt. */
  readonly messageId: string;
}

export interface Emails {
  /** Hands one mail to the post. Not idempotent: the caller keeps the record of what was sent. */
  send(mail: Mail): Promise<void>;
}
