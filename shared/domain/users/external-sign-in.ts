/**
 * Signing in at another provider. The person is always one of the pool's own, found by their address, and the other identity
 * is linked to them: one address is one account, however its owner signs in, and a user's name is their `sub`.
 */
import { refuse } from "../kernel/refusal.ts";
import { userRefusals } from "./refusals.ts";
import { verifiedEmail } from "./verified-email.ts";

/** Somebody, as another provider knows them. */
export interface ExternalIdentity {
  readonly provider: "Google";
  readonly subject: string;
  readonly email: string;
  readonly fullName: string | undefined;
}

/** Somebody whom the pool knows by an address. */
export interface PoolMember {
  readonly userName: string;
  readonly isConfirmed: boolean;
  /** They were made for somebody who has set no password yet: by an operator, or by us when we died halfway. */
  readonly awaitsPassword?: boolean;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Arrival {
  readonly triggerSource: string;
  readonly userName: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * The identity that somebody arrives with; undefined for who signs up here. An address that the provider does not vouch for
 * could be anybody's, and would open their account.
 */
export function externalIdentity({ triggerSource, userName, attributes }: Arrival): ExternalIdentity | undefined {
  if (triggerSource !== "PreSignUp_ExternalProvider") return undefined;
  // Cognito's name for them: the provider's, in whatever case, and theirs at it.
  const subject = /^google_(.+)$/i.exec(userName)?.[1];
  const email = verifiedEmail(attributes);
  if (subject === undefined || email === undefined) throw refuse(userRefusals.externalUnverified);
  return { provider: "Google", subject, email, fullName: attributes["name"] };
}

/**
 * Who is linked to: whoever has the address already, if they have shown that it is theirs. Who only began to sign up with it
 * has not, and their password would open what is another's; nobody can begin with one that others made. Undefined where nobody
 * has it.
 */
export function linkedTo(found: PoolMember | undefined): string | undefined {
  if (found === undefined) return undefined;
  if (!(found.isConfirmed || found.awaitsPassword) || found.attributes["email_verified"] !== "true")
    throw refuse(userRefusals.addressUnconfirmed, undefined, { currentState: "unconfirmed" });
  return found.userName;
}

/** Whether it is linked already: the pool repeats a call that it got no answer to. */
export const isLinkedTo = (found: PoolMember | undefined, { subject }: ExternalIdentity): boolean =>
  (found?.attributes["identities"] ?? "").includes(`"userId":"${subject}"`);
