import type { Role } from "#shared/domain/kernel/actor";
import type { Account } from "#shared/domain/users/account";
import type { Page, PageRequest } from "./page.ts";

export interface AccountFilter {
  readonly role?: Role | undefined;
  readonly status?: Account["status"] | undefined;
  /** Part of an e-mail address or name, in any case. */
  readonly q?: string | undefined;
}

export interface Accounts {
  /** Strongly consistent. */
  get(userId: string): Promise<Account | undefined>;
  /** A handful of those who are admins; all of them when they are few. */
  someAdmins(): Promise<readonly Account[]>;
  /** Oldest first. */
  all(filter: AccountFilter, page: PageRequest): Promise<Page<Account>>;
}
