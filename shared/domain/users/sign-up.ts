import { Role, SelfAssignedRole } from "../kernel/actor.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import { type Change, created, type Unversioned } from "../change.ts";
import type { DomainEvent } from "../events/events.ts";
import type { Currency } from "../kernel/money.ts";
import { newWallet, type Wallet } from "../wallets/wallet.ts";
import { newWalletProfile } from "../wallets/wallet-profile.ts";
import { Account } from "./account.ts";
import { banAfter, bannedItself } from "./follow-address-ban.ts";
import { userRefusals } from "./refusals.ts";

/** Currency of a wallet until its owner chooses another. */
export const DEFAULT_CURRENCY: Currency = "USD";

/** The role a person asked for with `custom:role`; anything but brand or creator is refused. */
export function requestedRole(attributes: Readonly<Record<string, string>>): SelfAssignedRole {
  const role = SelfAssignedRole.safeParse(attributes["custom:role"]);
  if (!role.success) throw refuse(userRefusals.roleNotOffered);
  return role.data;
}

/**
 * Lets a person into the pool. Those an operator makes in the console get their role there, as a group; those from another
 * provider cannot be asked. Cognito takes
 * addresses that no account can have: their owner would sign in and be nobody.
 */
export function admitToPool(triggerSource: string, attributes: Readonly<Record<string, string>>): void {
  if (!Account.shape.email.safeParse(attributes["email"]).success) throw refuse(userRefusals.emailUnusable);
  if (triggerSource === "PreSignUp_SignUp") requestedRole(attributes);
}

/** A person Cognito knows: what a new account is made of. */
export interface NewPerson {
  readonly userId: string;
  readonly email: string;
  readonly fullName: string | undefined;
  readonly roles: readonly Role[];
}

/**
 * Roles are the groups the person is in, and the role asked for at sign-up. Who came from another provider was never asked,
 * and is a creator: whoever is to spend money is made a brand by an admin. Attributes are Cognito's standard names.
 */
export function personOf(attributes: Readonly<Record<string, string>>, groups: readonly string[]): NewPerson {
  const asked = SelfAssignedRole.safeParse(attributes["custom:role"]).data ?? defaultRole(attributes, groups);
  const roles = Role.options.filter((role) => groups.includes(role) || role === asked);
  return { userId: attributes["sub"] ?? "", email: attributes["email"] ?? "", fullName: attributes["name"], roles };
}

const defaultRole = (attributes: Readonly<Record<string, string>>, groups: readonly string[]): Role | undefined =>
  attributes["identities"] !== undefined && groups.length === 0 ? "creator" : undefined;

/** What there is of a person already. */
interface Existing {
  readonly account: Account | undefined;
  readonly wallet: Wallet | undefined;
  /** Asked of new people: everybody who has, or had, their address. */
  readonly alike: readonly Account[];
}

/** Account and wallet, made together; whichever is there already is left alone. A ban goes with the address: see `followAddressBan`. */
export function openAccount(
  person: NewPerson,
  existing: Existing,
  now: Instant,
): { readonly change: Change | undefined; readonly account: Account } {
  const opening = created("account", newAccount(person, bannedItself(existing.alike), now));
  const account = existing.account ?? opening.next;
  const entities = [
    ...(existing.account ? [] : [opening]),
    ...(existing.wallet
      ? []
      : [
          created("wallet", { ...newWallet(person.userId, DEFAULT_CURRENCY, now), ...standingOf(account, now) }),
          created("walletProfile", newWalletProfile(person.userId, now)),
        ]),
  ];
  if (entities.length === 0) return { change: undefined, account };
  const change: Change = {
    entities,
    events: existing.account ? [] : eventsOf(account),
    audit: { action: "account.created", resource: { type: "account", id: account.id } },
  };
  return { change, account };
}

/** Cognito's groups follow the account's roles as they do whenever roles change; until then tokens say what it says. */
const eventsOf = ({ id: userId, email, roles, ban }: Account): DomainEvent[] => [
  { type: "account.created", detail: { userId, email } },
  { type: "account.roles_changed", detail: { userId, roles, isFirst: true } },
  ...(ban ? [{ type: "account.suspended" as const, detail: { userId, reason: ban.reason } }] : []),
];

const standingOf = ({ status }: Account, now: Instant): Pick<Wallet, "ownerStatus" | "suspendedAt"> =>
  status === "suspended" ? { ownerStatus: status, suspendedAt: now } : { ownerStatus: status };

/** Who gave no name yet. Not a part of their address: everybody signed in may read the name in a creator's profile. */
const UNNAMED = "New member";

const newAccount = (
  { userId, email, fullName, roles }: NewPerson,
  banned: Account | undefined,
  now: Instant,
): Unversioned<"account"> => ({
  id: userId,
  email,
  fullName: fullName?.trim() || UNNAMED,
  avatarUrl: null,
  bio: null,
  location: null,
  phone: null,
  roles: [...roles],
  ...(banned ? { status: "suspended", ban: banAfter(banned, now) } : { status: "active" }),
  groupsPending: true,
  groupsWere: [],
  createdAt: now,
  updatedAt: now,
});
