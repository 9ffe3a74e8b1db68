/** One mail per event and person, kept by a record that is claimed before the mail leaves and closed after. */
import { Postponed } from "../../kernel/postponed.ts";
import { type Change, changed, created } from "../../change.ts";
import { type Instant, plusMilliseconds } from "../../kernel/time.ts";
import type { Account } from "../../users/account.ts";
import type { Notice } from "../notice.ts";
import { isWanted, type NotificationPreferences } from "../preferences.ts";
import type { Mail } from "./mail.ts";

/**
 * Longer than a call of the consumer may take: after it, a sender that did not close its record is known to be dead. And
 * shorter than the queue hides an event that failed: a delivery that still met the claim of the one before would be wasted.
 */
export const CLAIM_MS = 60_000;

/** Follows from the event and the person: the same for every attempt. */
export const mailIdOf = ({ eventId, userId }: Notice): string => `${eventId}.${userId}`;

/** Somebody, and what decides whether they are written to. */
export interface Recipient {
  readonly account: Account;
  readonly preferences: NotificationPreferences | undefined;
  /** Mail to their address came back, or they called it spam. */
  readonly isSuppressed: boolean;
}

/**
 * Whether a person is mailed this. Nobody writes to an address that mail came back from, whatever it is about: SES judges the
 * account by it, and the notification inside the product is there. Nor to suspended people, but of that.
 */
export const isMailed = (notice: Notice, recipient: Recipient | undefined): recipient is Recipient =>
  recipient !== undefined &&
  !recipient.isSuppressed &&
  (recipient.account.status === "active" || notice.toSuspended) &&
  isWanted(notice, "mail", recipient.preferences);

/** Who claims a mail, and when. */
interface Delivery {
  readonly now: Instant;
  /** Of this delivery of the event and no other: a claim whose reply was lost is known again by it. */
  readonly requestId: string;
}

/** By another delivery, whose time is not up. */
const isHeld = ({ claimedBy, claimedUntil }: Mail, { now, requestId }: Delivery): boolean =>
  claimedBy !== requestId && claimedUntil > now;

/** The claim on a mail; undefined when it was sent already. @throws Postponed while another delivery holds it. */
export function claimMail(
  notice: Notice,
  existing: Mail | undefined,
  delivery: Delivery,
): { readonly change: Change; readonly mail: Mail } | undefined {
  if (existing?.status === "sent") return undefined;
  if (existing && isHeld(existing, delivery))
    throw new Postponed(`mail ${existing.id} is being sent by another delivery`);
  const { now, requestId } = delivery;
  const claim = {
    id: mailIdOf(notice),
    userId: notice.userId,
    template: notice.eventType,
    status: "sending" as const,
    claimedUntil: plusMilliseconds(now, CLAIM_MS),
    claimedBy: requestId,
    createdAt: existing?.createdAt ?? now,
  };
  const claimed = existing ? changed("mail", existing, claim) : created("mail", claim);
  return { change: { entities: [claimed] }, mail: claimed.next };
}

export const mailSent = (mail: Mail, now: Instant): Change => ({
  entities: [changed("mail", mail, { ...mail, status: "sent", sentAt: now })],
});
