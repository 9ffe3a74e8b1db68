/** What leaves the system, kept in memory for tests to look at. */
import type { Role } from "#shared/domain/kernel/actor";
import type { EventBus } from "#shared/ports/event-bus";
import type { ClickStream } from "#shared/ports/tracking";
import type { WrittenMail } from "#shared/domain/notifications/mail/write-mail";
import type { EventMessage } from "#shared/domain/webhooks/intake";
import type { EventQueue } from "#shared/ports/webhooks";
import type { PageMessage } from "#shared/domain/notifications/announcement";
import type { AnnouncementQueue, MailSender } from "#shared/ports/notifications";
import type { UserPoolGroups, UserPoolKeys } from "#shared/ports/user-pool";
import type { DeliveredEvent } from "#shared/domain/events/events";

export function memoryMailSender(): MailSender & { readonly sent: WrittenMail[] } {
  const sent: WrittenMail[] = [];
  return { sent, send: (mail) => Promise.resolve(void sent.push(mail)) };
}

export function memoryEventBus(): EventBus & { readonly published: DeliveredEvent[]; refuse: (id: string) => boolean } {
  const bus = {
    published: [] as DeliveredEvent[],
    /** Ids the bus does not take. */
    refuse: (_id: string): boolean => false,
    publish(events: readonly DeliveredEvent[]) {
      const failed = events.filter(({ id }) => bus.refuse(id)).map(({ id }) => ({ id, reason: "InternalFailure" }));
      bus.published.push(...events.filter(({ id }) => !bus.refuse(id)));
      return Promise.resolve({ failed });
    },
  };
  return bus;
}

export function memoryEventQueue(): EventQueue & { readonly sent: EventMessage[] } {
  const sent: EventMessage[] = [];
  return { sent, send: (message) => Promise.resolve(void sent.push(message)) };
}

export function memoryAnnouncementQueue(): AnnouncementQueue & { readonly sent: PageMessage[] } {
  const sent: PageMessage[] = [];
  return { sent, send: (page) => Promise.resolve(void sent.push(page)) };
}

export function memoryClickStream(): ClickStream & { readonly appended: { visitor: string; body: string }[] } {
  const appended: { visitor: string; body: string }[] = [];
  return { appended, append: (hit) => Promise.resolve(void appended.push({ ...hit })) };
}

export function memoryUserPoolGroups(): UserPoolGroups & { readonly groups: Map<string, readonly Role[]> } {
  const groups = new Map<string, readonly Role[]>();
  return { groups, setGroups: (userId, roles) => Promise.resolve(void groups.set(userId, [...roles])) };
}

export const memoryUserPoolKeys = (jwks: object): UserPoolKeys => ({ fetch: () => Promise.resolve(jwks) });
