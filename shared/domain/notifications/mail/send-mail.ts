/** One mail per event and person, kept by a record that is claimed before the mail leaves and closed after. */
import { Postponed } from "../../kernel/postponed.ts";
import { type Change, changed, created } from "../../change.ts";
import { type Instant, plusMilliseconds } from "../../kernel/time.ts";
import type { Account } from "../../users/account.ts";
import type { Notice } from "../notice.ts";
import type { Mail } from "./mail.ts";
import { type WrittenMail, writeMail } from "./write-mail.ts";

/**
 * Longer than a call of the consumer may take: after it, a sender that did not close its record is known to be dead. And
 * shorter than the queue hides an event that failed: a delivery that still met the claim of the one before would be wasted.
 */
export const CLAIM_MS = 60_000;

/** Follows from the event and the person: the same for every attempt. */
export const mailIdOf = ({ eventId, userId }: Notice): string => `${eventId}.${userId}`;

/** Whether a person gets mail: nobody writes to a suspended account. */
export const canBeMailed = (account: Account | undefined): account is Account => account?.status === "active";

/** Who claims a mail, and when. */
interface Delivery {
  readonly now: Instant;
  /** Of this delivery of the event and no other: a claim whose reply was lost is known again by it. */
  readonly requestId: string;
}

/** By another delivery, whose time is not up. */
const isHeld = ({ claimedBy, claimedUntil }: Mail, { now, requestId }: Delivery): boolean =>
  claimedBy !== requestId && claimedUntil > now;

/** The claim on a mail, and the mail itself; undefined when it was sent already. @throws Postponed while another delivery holds it. */
export function claimMail(
  notice: Notice,
  recipient: Account,
  existing: Mail | undefined,
  delivery: Delivery,
): { readonly change: Change; readonly mail: Mail; readonly written: WrittenMail } | undefined {
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
  return {
    change: { entities: [claimed] },
    mail: claimed.next,
    written: writeMail(notice, recipient, claimed.next.id),
  };
}

export const mailSent = (mail: Mail, now: Instant): Change => ({
  entities: [changed("mail", mail, { ...mail, status: "sent", sentAt: now })],
});
