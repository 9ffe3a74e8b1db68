import { type Change, changed, differences } from "../change.ts";
import type { DomainEvent } from "../events/events.ts";
import { Role } from "../kernel/actor.ts";
import { epochSeconds, type Instant } from "../kernel/time.ts";
import type { Account } from "./account.ts";
import { sorted } from "./roles.ts";
import { secondFactorSince, type TokenOccasion } from "./second-factor.ts";
import { verifiedEmail } from "./verified-email.ts";

/** What the user pool says of a person when it makes a token. Attributes are Cognito's standard names. */
export interface PoolPerson {
  readonly attributes: Readonly<Record<string, string>>;
  readonly groups: readonly string[];
  readonly occasion: TokenOccasion;
}

/**
 * An account at a new token: in one change it takes over groups that an operator changed in the console, and an address
 * that its owner changed and verified. Cognito has no trigger for a verified change (PostConfirmation is for sign-ups and new
 * passwords), but every token names the address. While the account's own roles have not reached the groups, the account is right.
 */
export function followPool(
  account: Account,
  { attributes, groups, occasion }: PoolPerson,
  now: Instant,
): { readonly roles: readonly Role[]; readonly change: Change | undefined } {
  const roles = rolesOf(account, rolesIn(groups), now);
  const email = addressOf(account, attributes);
  const { secondFactorSince: _before, ...kept } = account;
  const rest = same(roles, account.roles) ? kept : asFollowed(kept);
  const since = secondFactorSince(account, occasion);
  const next = { ...rest, roles, email, ...(since !== undefined && { secondFactorSince: since }), updatedAt: now };
  // What the token says; the account keeps the role, and its owner has it with a second factor.
  const inToken = roles.filter((role) => role !== "admin" || !occasion.isRequired || since !== undefined);
  const followed = differences(account, next, ["roles", "secondFactorSince"]) ?? [];
  if (followed.length === 0 && email === account.email) return { roles: inToken, change: undefined };
  // A personal field is named in the audit, its contents are not kept there.
  const moved = email === account.email ? [] : [{ field: "email", before: null, after: null }];
  const change: Change = {
    entities: [changed("account", account, next)],
    events: newsOf(account, next),
    audit: {
      action: "account.followed_pool",
      resource: { type: "account", id: account.id },
      changes: [...followed, ...moved],
    },
  };
  return { roles: inToken, change };
}

/** A ban goes with the address: whoever is banned keeps the one they are banned with, or it would be free for another account. */
const addressOf = ({ status, email }: Account, attributes: PoolPerson["attributes"]): string =>
  (status === "active" ? verifiedEmail(attributes) : undefined) ?? email;

/** Who is a creator is another now: brands find them, or no longer. Or an account came to an address that may be banned. */
function newsOf({ id: userId, ...was }: Account, next: Pick<Account, "roles" | "email">): readonly DomainEvent[] {
  const detail = { userId };
  return [
    ...(same(next.roles, was.roles) ? [] : [{ type: "account.profile_changed" as const, detail }]),
    ...(next.email === was.email
      ? []
      : [{ type: "account.address_changed" as const, detail: { userId, before: was.email } }]),
  ];
}

/** The account's own, or what an operator made of them in the console. */
function rolesOf(account: Account, inGroups: readonly Role[], now: Instant): Role[] {
  const right = account.groupsPending || isStale(account, inGroups, now) || same(inGroups, account.roles);
  return [...(right ? account.roles : inGroups)];
}

/** Cognito calls a trigger three times, for five seconds each, with groups as they were before the first. */
const UNDER_WAY_SECONDS = 60;

/**
 * Groups as they were before they caught up with the account, or in the middle of it (the new ones are added before the old
 * ones are taken away), heard of soon after. What an operator means by the same is followed with a later token.
 */
const isStale = ({ groupsWere = [], groupsSetAt, roles }: Account, inGroups: readonly Role[], now: Instant): boolean =>
  groupsSetAt !== undefined &&
  epochSeconds(now) < epochSeconds(groupsSetAt) + UNDER_WAY_SECONDS &&
  inGroups.every((role) => groupsWere.includes(role) || roles.includes(role));

/** Its roles are an operator's from now on: no change of ours is under way. */
function asFollowed<A extends Pick<Account, "groupsWere" | "groupsSetAt">>(account: A) {
  const { groupsWere: _were, groupsSetAt: _since, ...followed } = account;
  return followed;
}

const same = (some: readonly Role[], others: readonly Role[]): boolean => sorted(some).join() === sorted(others).join();

const rolesIn = (groups: readonly string[]): Role[] =>
  sorted(groups.flatMap((group) => Role.safeParse(group).data ?? []));
