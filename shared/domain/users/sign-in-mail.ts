/** The mail that a code comes by: one for each request, written when it is sent, and never kept. */
import { type Change, changed } from "../change.ts";
import { Postponed } from "../kernel/postponed.ts";
import { type Instant, plusMilliseconds } from "../kernel/time.ts";
import { htmlOf, type Letter, textOf } from "../notifications/mail/layout.ts";
import { CLAIM_MS } from "../notifications/mail/send-mail.ts";
import type { WrittenMail } from "../notifications/mail/write-mail.ts";
import type { Account } from "./account.ts";
import { CODE_MINUTES, CODE_TRIES, digestOf } from "./sign-in.ts";
import type { SignInCode } from "./sign-in-code.ts";

/** A code that somebody waits for. */
export type AwaitedCode = SignInCode & { readonly person: NonNullable<SignInCode["person"]> };

/** The code that a request was about; undefined where nobody is written to, another was asked for since, or it was mailed. */
export const awaited = (code: SignInCode | undefined, requestedAt: Instant): AwaitedCode | undefined =>
  code?.requestedAt === requestedAt && code.mailedAt === undefined && code.person !== null
    ? { ...code, person: code.person }
    : undefined;

/** Who mails it, and when. */
interface Delivery {
  readonly now: Instant;
  readonly requestId: string;
}

/**
 * The code holds from now on, and this delivery mails it: one that was issued before may have gone out unheard of, and
 * holds no more. @throws Postponed while another delivery is at it.
 */
export function issueCode(
  waiting: AwaitedCode,
  code: string,
  { now, requestId }: Delivery,
): { readonly change: Change; readonly issued: SignInCode } {
  const { claimedBy, claimedUntil = now } = waiting;
  if (claimedBy !== requestId && claimedUntil > now)
    throw new Postponed("the code is being mailed by another delivery");
  const issuing = changed("signInCode", waiting, {
    ...waiting,
    digest: digestOf(waiting.id, code),
    expiresAt: plusMilliseconds(now, CODE_MINUTES * 60_000),
    triesLeft: CODE_TRIES,
    claimedBy: requestId,
    claimedUntil: plusMilliseconds(now, CLAIM_MS),
  });
  return { change: { entities: [issuing] }, issued: issuing.next };
}

export const codeMailed = (issued: SignInCode, now: Instant): Change => ({
  entities: [changed("signInCode", issued, { ...issued, mailedAt: now })],
});

/** What decides whether a code is mailed, besides the account. */
interface Standing {
  /** Who has one would be rid of it by their mailbox alone. */
  readonly hasSecondFactor: boolean;
  /** Nobody writes to an address that mail came back from, or whose owner called it spam: they sign in by password. */
  readonly isSuppressed: boolean;
}

/** Whether a code may be all that somebody signs in with. Who may not is told as little as a stranger. */
export const mayUseCode = (
  account: Account | undefined,
  { hasSecondFactor, isSuppressed }: Standing,
): account is Account => account?.status === "active" && !hasSecondFactor && !isSuppressed;

/** To the address as the user pool has it now: the account's follows with the next token. */
export function codeMail({ id, person, requestedAt }: AwaitedCode, { fullName }: Account, code: string): WrittenMail {
  const title = "Your code to sign in";
  const letter: Letter = {
    title,
    paragraphs: [
      `Hello ${fullName},`,
      `Your code is ${code}. It can be used once, within ${CODE_MINUTES} minutes.`,
      "If you did not want to sign in, do nothing: without the code nobody can. Never tell it to anybody.",
    ],
    footer: [{ text: "You get this mail because somebody wants to sign in to Atomic Influence with your address." }],
  };
  return {
    id: `${id}.${Date.parse(requestedAt)}`,
    to: person.address,
    subject: title,
    html: htmlOf(letter),
    text: textOf(letter),
  };
}
