/** One mail per event and person, kept by a record that is claimed before the mail leaves and closed after. */
import { type Change, changed, created } from "../change.ts";
import type { DeliveredEvent } from "../events/events.ts";
import { type Instant, plusMilliseconds } from "../kernel/time.ts";
import type { Account } from "../users/account.ts";
import type { Message } from "./message.ts";

export type MailedEvent = DeliveredEvent<"invitation.sent" | "submission.reviewed">;

/** Longer than sending can take: after it, a sender that did not close its record is known to be dead. */
const CLAIM_MS = 120_000;

/** Another sender is at it; the event comes again later, and finds out how that ended. */
export class BeingSent extends Error {
  constructor(messageId: string) {
    super(`message ${messageId} is being sent by another delivery`);
    this.name = "BeingSent";
  }
}

export const messageIdOf = (event: MailedEvent): string => `${event.id}.${event.detail.creatorId}`;

/** Whether a person gets mail: nobody writes to a suspended account. */
export const canBeMailed = (account: Account | undefined): account is Account => account?.status === "active";

/** The claim on a message; undefined when it was sent already. @throws BeingSent while another delivery holds it. */
export function claimMessage(
  event: MailedEvent,
  existing: Message | undefined,
  now: Instant,
): { readonly change: Change; readonly message: Message } | undefined {
  if (existing?.status === "sent") return undefined;
  if (existing && existing.claimedUntil > now) throw new BeingSent(existing.id);
  const message: Message = {
    id: messageIdOf(event),
    userId: event.detail.creatorId,
    template: event.type,
    status: "sending",
    claimedUntil: plusMilliseconds(now, CLAIM_MS),
    version: 1,
    createdAt: now,
  };
  if (existing === undefined) return { change: { entities: [created("message", message)] }, message };
  const change = { entities: [changed("message", existing, message)] };
  return { change, message: { ...message, version: existing.version + 1 } };
}

export const messageSent = (message: Message, now: Instant): Change => ({
  entities: [changed("message", message, { ...message, status: "sent", sentAt: now })],
});
