/**
 * Signing in with a code by e-mail: one code a person, of a short life and few tries. All that is asked and answered is the
 * same for an address that nobody has, so that strangers cannot find out who is signed up.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { type Change, changed, created } from "../change.ts";
import { type Instant, plusHours, plusMilliseconds } from "../kernel/time.ts";
import type { SignInCode } from "./sign-in-code.ts";
import { verifiedEmail } from "./verified-email.ts";

/** Long enough to find the mail. A sign-in at the user pool is held open as long (infra/stacks/identity.ts). */
export const CODE_MINUTES = 10;
/** With the tries and mails of a day, a year of guessing at one person finds a code with a chance of one in nine thousand. */
export const CODE_DIGITS = 8;
export const CODE_TRIES = 3;

/** Mails that an address is sent at most; what is asked for beyond that changes nothing, and what was sent still holds. */
const PER_HOUR = 5;
const PER_DAY = 10;
/** A person who asks again so soon means the mail that is on its way. So does the user pool, which repeats a call it got no answer to. */
const COOL_DOWN_MS = 60_000;

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

/** A name may be an address that somebody typed, so the key does not show it. */
export const signInCodeIdOf = (userName: string): string => sha256(userName.toLowerCase()).toString("hex");

/** Who wants to sign in, as the user pool knows them. */
export interface Asking {
  readonly userName: string;
  /** Cognito's standard names; none where nobody has the name. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Rounds that are over: a code is asked for with the first, and holds for those that follow. */
  readonly rounds: readonly unknown[];
}

/** A code is asked for; undefined where one is on its way or enough were sent. What comes of it is the same for everybody. */
export function requestCode(
  existing: SignInCode | undefined,
  { userName, attributes, rounds }: Asking,
  now: Instant,
): Change | undefined {
  const requests = (existing?.requests ?? []).filter((at) => at > plusHours(now, -24));
  if (rounds.length > 0 || !isAllowed(requests, now)) return undefined;
  const asked = {
    id: signInCodeIdOf(userName),
    person: writtenTo(attributes),
    requestedAt: now,
    requests: [...requests, now],
    triesLeft: CODE_TRIES,
    createdAt: existing?.createdAt ?? now,
  };
  return {
    entities: [existing ? changed("signInCode", existing, asked) : created("signInCode", asked)],
    events: [{ type: "sign_in_code.requested", detail: { codeId: asked.id, requestedAt: now } }],
  };
}

function writtenTo(attributes: Asking["attributes"]): SignInCode["person"] {
  const address = verifiedEmail(attributes);
  return address === undefined ? null : { userId: attributes["sub"] ?? "", address };
}

function isAllowed(requests: readonly Instant[], now: Instant): boolean {
  const since = (from: Instant): number => requests.filter((at) => at > from).length;
  return (
    since(plusMilliseconds(now, -COOL_DOWN_MS)) === 0 &&
    since(plusHours(now, -1)) < PER_HOUR &&
    requests.length < PER_DAY
  );
}

/** A code is kept as a digest: who reads the table cannot sign in as others. */
export const digestOf = (id: string, code: string): string => sha256(`${id} ${code}`).toString("hex");

/** An answer to the question for the code: a right one is used up, a wrong one costs a try. Compared in constant time. */
export function judgeAnswer(
  stored: SignInCode | undefined,
  answer: string,
  now: Instant,
): { readonly isCorrect: boolean; readonly change: Change | undefined } {
  if (stored === undefined || !isOpen(stored, now)) return { isCorrect: false, change: undefined };
  const { digest, ...used } = stored;
  const given = digestOf(stored.id, answer.replaceAll(/\s/g, ""));
  const isCorrect = timingSafeEqual(Buffer.from(digest), Buffer.from(given));
  const next = isCorrect ? used : { ...stored, triesLeft: stored.triesLeft - 1 };
  return { isCorrect, change: { entities: [changed("signInCode", stored, next)] } };
}

const isOpen = (code: SignInCode, now: Instant): code is SignInCode & { readonly digest: string } =>
  code.digest !== undefined && code.triesLeft > 0 && code.expiresAt !== undefined && code.expiresAt > now;

/** How the question is put: nothing in it tells whether anybody was written to. Both parts must be there for Cognito. */
export const CHALLENGE = {
  publicChallengeParameters: { delivery: "EMAIL" },
  privateChallengeParameters: { kept: "TABLE" },
} as const;

/** One round of a sign-in at the user pool, which is over. */
export interface Round {
  readonly challengeName: string;
  readonly challengeResult: boolean;
}

/**
 * What comes next in a sign-in with a code: the question, tokens, or no. Rounds of another kind (a password before the code)
 * are not ours, and lead nowhere.
 */
export function nextStep(rounds: readonly Round[]): {
  readonly challengeName?: "CUSTOM_CHALLENGE";
  readonly issueTokens: boolean;
  readonly failAuthentication: boolean;
} {
  const areOurs = rounds.every(({ challengeName }) => challengeName === "CUSTOM_CHALLENGE");
  if (areOurs && rounds.at(-1)?.challengeResult === true) return { issueTokens: true, failAuthentication: false };
  if (!areOurs || rounds.length >= CODE_TRIES) return { issueTokens: false, failAuthentication: true };
  return { challengeName: "CUSTOM_CHALLENGE", issueTokens: false, failAuthentication: false };
}
