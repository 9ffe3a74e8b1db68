import type { Role } from "#shared/domain/kernel/actor";

export interface UserPoolGroups {
  /** Makes the user's groups exactly these. Safe to repeat; a half-done call is completed by the next. */
  setGroups(userId: string, roles: readonly Role[]): Promise<void>;
}

/** The pool's public signing keys (JWKS), kept in the table so that a cold start costs no fetch. */
export interface SigningKeys {
  /** From the pool itself. */
  fetch(): Promise<object>;
  store(jwks: object): Promise<void>;
}
