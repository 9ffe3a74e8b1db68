import { type Change, changed, differences, unchanged } from "../change.ts";
import { Role } from "../kernel/actor.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { found, refuse } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import type { Account } from "./account.ts";
import { userRefusals } from "./refusals.ts";

/** Roles in the order they are stored and compared in. */
export const sorted = (roles: readonly Role[]): Role[] => Role.options.filter((role) => roles.includes(role));

/**
 * An admin sets a user's roles. What is taken away is gone on the next request; what is given comes with the next token,
 * once Cognito's groups have caught up. `admins` are some of those there are: a demotion holds on to another one, so that
 * two admins who demote each other at once cannot both succeed.
 */
export function setRoles(
  stored: Account | undefined,
  roles: readonly Role[],
  admins: readonly Account[],
  { actor, now }: Occasion,
): { readonly change: Change | undefined; readonly account: Account } {
  const account = found(stored, userRefusals.notFound);
  const demoted = account.roles.includes("admin") && !roles.includes("admin");
  const stays = admins.find(({ id, status }) => id !== account.id && status === "active");
  if (demoted && stays === undefined) throw refuse(userRefusals.lastAdmin, undefined, { currentState: "admin" });
  const next = { ...account, roles: sorted(roles), groupsPending: true, groupsWere: wereOf(account), updatedAt: now };
  if (sorted(account.roles).join() === next.roles.join()) return { change: undefined, account };
  const assignment = changed("account", account, next);
  const change: Change = {
    entities: [assignment],
    requires: demoted && stays ? [unchanged("account", stays)] : [],
    events: [{ type: "account.roles_changed", detail: { userId: account.id, roles: next.roles } }],
    audit: {
      action: "account.roles_changed",
      resource: { type: "account", id: account.id },
      changes: differences(account, next, ["roles"]) ?? [],
      ...actingFor(actor, account.id),
    },
  };
  return { change, account: assignment.next };
}

/** All that groups may have said before they catch up: of changes that follow each other faster than that, each one's. */
const wereOf = ({ roles, groupsPending, groupsWere = [] }: Account): Role[] =>
  sorted(groupsPending ? [...groupsWere, ...roles] : roles);

/** Cognito's groups now say what `account` says; the write fails when the roles changed again meanwhile. */
export function groupsCaughtUp(account: Account, now: Instant): Change | undefined {
  if (!account.groupsPending) return undefined;
  return {
    entities: [changed("account", account, { ...account, groupsPending: false, groupsSetAt: now, updatedAt: now })],
  };
}
