/** Whom an announcement is for, found by what accounts are listed by. */
import type { Role } from "#shared/domain/kernel/actor";
import type { Accounts } from "./accounts.ts";
import type { Page, PageRequest } from "./page.ts";

export interface Audience {
  readonly userId?: string | undefined;
  readonly role?: Role | undefined;
}

type Asked = Pick<Accounts, "all" | "get">;

/** Accounts of a page. */
const LIMIT = 100;

/** Ids of a page of those who are active: of the one person, who is there or not, or of everybody with the role. */
export async function audiencePage(
  accounts: Asked,
  { userId, role }: Audience,
  after?: PageRequest["after"],
): Promise<Page<string>> {
  if (userId !== undefined) return { items: (await accounts.get(userId)) ? [userId] : [] };
  const page = await accounts.all({ role, status: "active" }, { limit: LIMIT, ...(after && { after }) });
  return { ...page, items: page.items.map(({ id }) => id) };
}

/** How many that are now. */
export async function audienceSize(accounts: Asked, audience: Audience): Promise<number> {
  let [size, page] = [0, await audiencePage(accounts, audience)];
  for (;;) {
    size += page.items.length;
    if (page.next === undefined) return size;
    page = await audiencePage(accounts, audience, page.next);
  }
}
