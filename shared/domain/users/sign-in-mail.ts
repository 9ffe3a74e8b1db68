import type { DeliveredEvent } from "../events/events.ts";
import type { Mail } from "../notifications/mail/mail.ts";
import { claimMail } from "../notifications/mail/send-mail.ts";
import type { Notice } from "../notifications/notice.ts";
import type { Account } from "./account.ts";
import { type AwaitedCode, CODE_MINUTES, issueCode } from "./sign-in.ts";

/** What a code is mailed as: one mail for one request, as one for one event. */
export const codeNotice = (
  event: DeliveredEvent<"sign_in_code.requested">,
  { person }: AwaitedCode,
  code: string,
): Notice => ({
  title: "Your code to sign in",
  message: `Your code is ${code}. It can be used once, within ${CODE_MINUTES} minutes.`,
  postscript: "If you did not want to sign in, do nothing: without the code nobody can. Never tell it to anybody.",
  userId: person.userId,
  category: "system",
  eventId: event.id,
  eventType: event.type,
  at: event.at,
  about: {},
});

interface Issuing {
  readonly waiting: AwaitedCode;
  readonly recipient: Account;
  readonly notice: Notice;
  readonly code: string;
}

/** The claim on the mail and the code that it carries, in one write; undefined when the mail went out already. */
export function issueAndClaim(
  { waiting, recipient, notice, code }: Issuing,
  existing: Mail | undefined,
  delivery: Parameters<typeof claimMail>[3],
): ReturnType<typeof claimMail> {
  // To the address as the pool has it now: the account's follows with the next token.
  const claim = claimMail(notice, { ...recipient, email: waiting.person.address }, existing, delivery);
  if (claim === undefined) return undefined;
  const issued = issueCode(waiting, code, delivery.now);
  return { ...claim, change: { entities: [...claim.change.entities, ...issued.entities] } };
}
