import type { Role } from "#shared/domain/kernel/actor";

export interface UserPoolGroups {
  /** Makes the user's groups exactly these. Safe to repeat; a half-done call is completed by the next. */
  setGroups(userId: string, roles: readonly Role[]): Promise<void>;
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
