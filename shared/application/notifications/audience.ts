/** Whom an announcement is for, found by what accounts are listed by. */
import type { Role } from "#shared/domain/kernel/actor";
import type { Accounts } from "#shared/ports/accounts";
import type { Page, PageRequest } from "#shared/ports/page";

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
export const audienceSize = async (
  accounts: Pick<Accounts, "countActive" | "get">,
  { userId, role }: Audience,
): Promise<number> => {
  if (role !== undefined) return accounts.countActive(role);
  return userId !== undefined && (await accounts.get(userId)) ? 1 : 0;
};
