/** What an answer means, in the port's words. */
import * as z from "zod";
import type { SocialPlatform } from "#shared/domain/social/platform";
import type { SocialTokens } from "#shared/domain/social/social-tokens";
import type { LimitOf } from "#shared/domain/social/busy";
import { NetworkBusy, NetworkRefused, type NetworkRefusal } from "#shared/ports/social-networks";
import { type Answered, type Asked, asking, unanswered } from "./asking.ts";

/** A network's no: why, or "busy", or "later" where its own side failed. Undefined where it is no no. */
export type Verdict = NetworkRefusal | "busy" | "later" | undefined;

/** How a network says what it says. */
export interface Manners {
  readonly platform: SocialPlatform;
  /** A no by what is in the body, or by the status where the body says nothing. */
  readonly verdictOf: (answered: Answered) => Verdict;
  /** Seconds until it may be asked again, where it says so in a way of its own. */
  readonly waitOf?: (answered: Answered) => number | undefined;
  /** Whose limit it is, where not everybody's. */
  readonly limitOf?: (answered: Answered) => LimitOf;
  /** Where it says "later" and not when: as long as its window is. */
  readonly usualWaitSeconds: number;
}

const LONGEST_WAIT_SECONDS = 86_400;

/** What an answer means where it says that there is nothing: undefined where it says something else. */
export type AbsentBy<T> = (answered: Answered) => T | undefined;

/** Requests of one call of the port, answered as their shape says; what need not be there, by what it is then. */
export function conversation(manners: Manners, isChange: boolean) {
  const { platform } = manners;
  const ask = asking(platform, isChange);
  return async <S extends z.ZodType>(
    asked: Asked,
    shape: S,
    absentBy?: AbsentBy<z.output<S>>,
  ): Promise<z.output<S>> => {
    const answered = await ask(asked);
    const absent = absentBy?.(answered);
    if (absent !== undefined) return absent;
    const verdict = verdictOn(manners, answered);
    if (verdict === "busy") throw new NetworkBusy(platform, waitOf(manners, answered), manners.limitOf?.(answered));
    if (verdict === "later") throw unanswered(platform, isChange);
    if (verdict !== undefined) throw new NetworkRefused(platform, verdict);
    const told = shape.safeParse(answered.body);
    // Which field did not fit may be told, what was in it may not: zod's messages hold none of it.
    if (!told.success) throw unanswered(platform, isChange, new Misshapen(told.error));
    return told.data;
  };
}
export type Converse = ReturnType<typeof conversation>;

/** Names of the fields that were not as they are documented. */
class Misshapen extends Error {
  readonly issues: readonly { readonly code: string; readonly path: readonly PropertyKey[] }[];
  constructor({ issues }: z.ZodError) {
    super("an answer of another shape");
    this.name = "Misshapen";
    this.issues = issues.map(({ code, path }) => ({ code, path }));
  }
}

/** What every network means alike comes first; a redirect and a page of HTML are no answers. */
function verdictOn({ verdictOf }: Manners, answered: Answered): Verdict {
  const { status } = answered;
  if (status === 429) return "busy";
  if (status >= 500 || (status >= 300 && status < 400) || isTurnedAway(answered)) return "later";
  return verdictOf(answered) ?? (status >= 400 ? statusVerdict(status) : undefined);
}

/**
 * By what stands before a network, which turns everybody away whose address it does not like: that is no word about anybody's consent,
 * and tells of none that it is over. A network says it in JSON, or in the header that is for it (RFC 9110, 11.6.1).
 */
const isTurnedAway = ({ status, headers, body }: Answered): boolean =>
  (status === 401 || status === 403) && body === undefined && !headers.has("www-authenticate");

/**
 * Source: RFC 6750, 3.1. A 403 alone may be about anybody, or about us. Only what a network names is taken to be a person's: by it
 * tokens are let go of, and consents taken back.
 */
const statusVerdict = (status: number): Verdict => (status === 401 ? "invalid_grant" : "unexplained");

/** Source: RFC 9110, 10.2.3: seconds, or a date, which is as far off as the answer's own date says. */
function waitOf({ waitOf: ownWaitOf, usualWaitSeconds }: Manners, answered: Answered): number {
  const header = answered.headers.get("retry-after") ?? "";
  const isDate = /^[A-Z][a-z]{2,}, /.test(header);
  const untilDate = isDate ? secondsUntil(Date.parse(header), answered) : undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : untilDate;
  const said = seconds ?? ownWaitOf?.(answered) ?? usualWaitSeconds;
  return Math.min(LONGEST_WAIT_SECONDS, Math.max(1, Math.ceil(said)));
}

/** From the answer's own date to an instant; undefined where one of them is none. */
export function secondsUntil(instantMs: number, { headers }: Answered): number | undefined {
  const seconds = (instantMs - Date.parse(headers.get("date") ?? "")) / 1_000;
  return Number.isFinite(seconds) ? seconds : undefined;
}

/**
 * Source: RFC 6749, 5.2, and RFC 6750, 3.1. The last two are of RFC 6749, 4.1.2.1, and TikTok says them where it gives tokens, with a
 * status of 200 (`oauth-error-handling`). A client that it does not know is our app (Google's word for a deleted one is
 * `deleted_client`). `unauthorized_client` is not here: Google says it of one token of another app. What else is wrong with a
 * request is not known to be everybody's.
 */
const oauthReasons: Readonly<Record<string, Verdict>> = {
  invalid_grant: "invalid_grant",
  invalid_token: "invalid_grant",
  access_denied: "invalid_grant",
  insufficient_scope: "insufficient_scope",
  invalid_client: "misconfigured",
  deleted_client: "misconfigured",
  server_error: "later",
  temporarily_unavailable: "later",
};

const OAuthProblem = z.object({ error: z.string() });

/** What is said by a network's word; a word that is none of a list's own, such as `constructor`, is not in it. */
export const saidBy = <V>(words: Readonly<Record<string, V>>, word: string): V | undefined =>
  Object.hasOwn(words, word) ? words[word] : undefined;

/** The verdict of an OAuth answer, which is a no wherever it has an `error`, whatever its status. */
export function oauthVerdict({ body }: Pick<Answered, "body">, own: typeof oauthReasons = {}): Verdict {
  const problem = OAuthProblem.safeParse(body).data;
  return problem && (saidBy({ ...oauthReasons, ...own }, problem.error) ?? "unexplained");
}

/** What a renewal is asked with. @throws NetworkRefused where the network gave nothing to renew by. Source: RFC 6749, 6. */
export function renewalForm(platform: SocialPlatform, { refreshToken }: Pick<SocialTokens, "refreshToken">) {
  if (refreshToken === null) throw new NetworkRefused(platform, "invalid_grant");
  return { grant_type: "refresh_token", refresh_token: refreshToken };
}

const isGone = (error: unknown): boolean => error instanceof NetworkRefused && error.reason === "invalid_grant";

/** A consent that is gone already is taken back. */
export async function unlessGone(revoked: Promise<unknown>): Promise<void> {
  try {
    await revoked;
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
