import type { Role } from "#shared/domain/kernel/actor";
import type { Account } from "#shared/domain/users/account";
import type { AccountFilter } from "#shared/domain/users/directory";
import type { Page, PageRequest } from "./page.ts";

export interface Accounts {
  /** Strongly consistent. */
  get(userId: string): Promise<Account | undefined>;
  /** A handful of those who are active admins; all of them when they are few. */
  someAdmins(): Promise<readonly Account[]>;
  /** Everybody who has this address, in any case of its letters: one person at most whom the user pool knows still. */
  ofAddress(email: string): Promise<readonly Account[]>;
  /**
   * How many active people have a role, by its lists alone: a hundred thousand are counted in some seconds. Who is banned or
   * let back meanwhile may or may not be counted.
   */
  countActive(role: Role): Promise<number>;
  /** Those who are looked for, each once, in order of what they were found by: the address, or the name. */
  all(filter: AccountFilter, page: PageRequest): Promise<Page<Account>>;
}
