/**
 * On stages that ask it of them, admins are admins only with a second factor. Neither a token nor the event that makes one
 * says how somebody signed in, so it follows from what the user pool does: it lets nobody in by password alone who has a
 * factor, and our own codes by mail are for those who have none. Left are sign-ins at another provider, which never ask
 * for ours, and sessions that began before there was a factor.
 */
import { epochSeconds, type Instant } from "../kernel/time.ts";
import type { Account } from "./account.ts";

/** A token that is about to be made. */
export interface TokenOccasion {
  readonly triggerSource: string;
  /** Cognito's standard names. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Whether the stage asks for a second factor. */
  readonly isRequired: boolean;
  /** Whether the pool says that the person has one; asked of admins alone. */
  readonly hasOne: boolean;
  /** By the machine's clock. */
  readonly receivedAt: Instant;
}

/** Whether it matters if somebody has a second factor. */
export const mustProve = (account: Account | undefined, groups: readonly string[], isRequired: boolean): boolean =>
  isRequired && (groups.includes("admin") || account?.roles.includes("admin") === true);

/** Who can sign in at another provider may have done so, now or before a refresh. Source: Cognito's attribute `identities`. */
const isLinked = (attributes: TokenOccasion["attributes"]): boolean => (attributes["identities"] ?? "[]") !== "[]";

/** A refresh begins nothing: it may continue a session from before there was a factor. */
const isSignIn = (triggerSource: string): boolean => triggerSource !== "TokenGeneration_RefreshTokens";

/** Since when an account's owner signs in with a second factor; undefined while they do not. */
export function secondFactorSince(
  account: Account,
  { triggerSource, attributes, isRequired, hasOne, receivedAt }: TokenOccasion,
): Instant | undefined {
  if (!isRequired || !hasOne || isLinked(attributes)) return undefined;
  return account.secondFactorSince ?? (isSignIn(triggerSource) ? receivedAt : undefined);
}

/** Between somebody's signing in and the trigger that is told of it, a code of six digits is typed. */
const SIGN_IN_SECONDS = 60;

/** Whether a session began with a second factor. `authTime` is the token's claim: when its owner signed in, in seconds. */
export const beganWithFactor = (authTime: number | undefined, since: Instant | undefined): boolean =>
  since === undefined || (authTime !== undefined && authTime + SIGN_IN_SECONDS >= epochSeconds(since));
