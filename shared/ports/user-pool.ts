import type { Role } from "#shared/domain/kernel/actor";
import type { ExternalIdentity, PoolMember } from "#shared/domain/users/external-sign-in";

export interface UserPoolGroups {
  /** Makes the user's groups exactly these. Safe to repeat; a half-done call is completed by the next. Of nobody there are none. */
  setGroups(userId: string, roles: readonly Role[]): Promise<void>;
}

/** People as the pool knows them, by the address that they sign in with. */
export interface UserPoolPeople {
  /** In any case of letters. */
  find(email: string): Promise<PoolMember | undefined>;
  /** Somebody who signs in at another provider and nowhere else; gives back their user name. Not idempotent: the pool refuses a second one. */
  admit(person: { readonly email: string; readonly fullName: string | undefined }): Promise<string>;
  /** Nobody knows their password from now on; they are confirmed by it. Safe to repeat. */
  closePassword(userName: string): Promise<void>;
  /** From now on who signs in there is this person. The pool refuses what was linked before. */
  link(userName: string, identity: ExternalIdentity): Promise<void>;
}

/** What people sign in with besides a password. */
export interface SecondFactors {
  /** Whether the stage lets admins be admins only with one. */
  readonly areRequired: boolean;
  /** Whether somebody signs in with a time-based code of an authenticator besides. Asked of the pool itself; who is not there has none. */
  hasOne(userName: string): Promise<boolean>;
}

export interface UserPoolSessions {
  /** Signs the user out everywhere: no refresh token of theirs is good any more. Safe to repeat; nobody's are none. */
  end(userId: string): Promise<void>;
}

export interface UserPoolKeys {
  /** The pool's public signing keys (JWKS), from the pool itself. */
  fetch(): Promise<object>;
}

export interface SigningKeys {
  /** Keeps the pool's keys in the table, so that a cold start costs no fetch; `Callers.signingKeys` reads them. */
  store(jwks: object): Promise<void>;
}
