/** What leaves the system, kept in memory for tests to look at. */
import type { Role } from "#shared/domain/kernel/actor";
import type { EventBus } from "#shared/ports/event-bus";
import type { ClickStream } from "#shared/ports/tracking";
import type { WrittenMail } from "#shared/domain/notifications/mail/write-mail";
import type { EventMessage } from "#shared/domain/webhooks/intake";
import type { EventQueue } from "#shared/ports/webhooks";
import type { LaterWork } from "#shared/domain/social/work";
import type { SocialQueue } from "#shared/ports/social-accounts";
import type { PageMessage } from "#shared/domain/notifications/announcement";
import type { AnnouncementQueue, MailSender } from "#shared/ports/notifications";
import type { PoolMember } from "#shared/domain/users/external-sign-in";
import type {
  SecondFactors,
  UserPoolGroups,
  UserPoolKeys,
  UserPoolPeople,
  UserPoolSessions,
} from "#shared/ports/user-pool";
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

export function memoryAnnouncementQueue(): AnnouncementQueue & {
  readonly sent: PageMessage[];
  /** How long each had to wait. */
  readonly pauses: number[];
} {
  const [sent, pauses]: [PageMessage[], number[]] = [[], []];
  return {
    sent,
    pauses,
    send(page, afterSeconds = 0) {
      sent.push(page);
      pauses.push(afterSeconds);
      return Promise.resolve();
    },
  };
}

export function memorySocialQueue(): SocialQueue & { readonly sent: LaterWork[] } {
  const sent: LaterWork[] = [];
  return { sent, send: (work, afterSeconds = 0) => Promise.resolve(void sent.push({ work, afterSeconds })) };
}

export function memoryClickStream(): ClickStream & { readonly appended: { visitor: string; body: string }[] } {
  const appended: { visitor: string; body: string }[] = [];
  return { appended, append: (hit) => Promise.resolve(void appended.push({ ...hit })) };
}

export function memoryUserPoolGroups(): UserPoolGroups & { readonly groups: Map<string, readonly Role[]> } {
  const groups = new Map<string, readonly Role[]>();
  return { groups, setGroups: (userId, roles) => Promise.resolve(void groups.set(userId, [...roles])) };
}

/** Nobody has a second factor and no stage asks for one, until a test says so. */
export function memorySecondFactors() {
  const owners = new Set<string>();
  const factors = { areRequired: false, owners, hasOne: (userName: string) => Promise.resolve(owners.has(userName)) };
  return factors satisfies SecondFactors;
}

/** A pool's people, by address. */
export function memoryUserPoolPeople(): UserPoolPeople & { readonly members: Map<string, PoolMember> } {
  const members = new Map<string, PoolMember>();
  return {
    members,
    find: (email) => Promise.resolve(members.get(email.toLowerCase())),
    admit({ email }) {
      const userName = `sub-of-${email}`;
      members.set(email.toLowerCase(), { userName, isConfirmed: true, attributes: { email, email_verified: "true" } });
      return Promise.resolve(userName);
    },
    closePassword(userName) {
      for (const [email, { awaitsPassword: _closed, ...one }] of members)
        if (one.userName === userName) members.set(email, { ...one, isConfirmed: true });
      return Promise.resolve();
    },
    link(userName, { provider, subject }) {
      const [email, member] = [...members].find(([, one]) => one.userName === userName) ?? [];
      if (email === undefined || member === undefined) return Promise.reject(new Error("nobody to link to"));
      if (member.attributes["identities"]?.includes(subject)) return Promise.reject(new Error("linked already"));
      const identities = JSON.stringify([{ userId: subject, providerName: provider }]);
      members.set(email, { ...member, attributes: { ...member.attributes, identities } });
      return Promise.resolve();
    },
  };
}

export function memoryUserPoolSessions(): UserPoolSessions & { readonly ended: string[] } {
  const ended: string[] = [];
  return { ended, end: (userId) => Promise.resolve(void ended.push(userId)) };
}

export const memoryUserPoolKeys = (jwks: object): UserPoolKeys => ({ fetch: () => Promise.resolve(jwks) });
