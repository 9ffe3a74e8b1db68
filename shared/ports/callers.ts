import type { Role } from "#shared/domain/kernel/actor";

/** What decides whether a person's request may go on, whatever their token says. */
export interface Standing {
  readonly roles: readonly Role[];
  readonly status: "active" | "suspended";
  /** Of admins, on stages that ask a second factor of them. */
  readonly secondFactorSince?: string | undefined;
}

export interface Callers {
  /** Strongly consistent: a ban or a role taken away holds from the next request on. Undefined: no such account. */
  standing(userId: string): Promise<Standing | undefined>;
  /** The pool's public keys (a JWKS) as a job last stored them; undefined while it never ran. */
  signingKeys(): Promise<object | undefined>;
}
