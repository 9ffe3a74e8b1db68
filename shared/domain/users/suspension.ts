import { type Change, changed, type Requirement, unchanged } from "../change.ts";
import { requireVersion } from "../kernel/if-match.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { found, refuse } from "../kernel/refusal.ts";
import type { Wallet } from "../wallets/wallet.ts";
import type { Account, Ban } from "./account.ts";
import { userRefusals } from "./refusals.ts";

export interface Suspendable {
  readonly account: Account | undefined;
  /** Missing when none was opened yet. */
  readonly wallet: Wallet | undefined;
  /** Some of those there are. */
  readonly admins: readonly Account[];
}
interface Outcome {
  readonly change: Change | undefined;
  readonly account: Account;
}

/**
 * Bans somebody: from this one write on their requests are refused and nobody moves money for them. The last admin stays:
 * a ban holds on to another one, so that two who ban each other at once cannot both succeed.
 */
export function suspend(state: Suspendable, reason: string, occasion: Occasion): Outcome {
  const account = found(state.account, userRefusals.notFound);
  const ban = { by: occasion.actor.userId, reason, since: occasion.now };
  if (account.ban?.sameAddressAs !== undefined && account.status === "suspended")
    return keptBanned(account, ban, occasion);
  return withBan({ ...state, account }, ban, occasion);
}

/** A ban as it was decided, on whoever is not banned yet; for another account it may follow one. */
export function withBan(state: Suspendable & { readonly account: Account }, ban: Ban, occasion: Occasion): Outcome {
  const { account, admins } = state;
  const stays = admins.find(({ id, status }) => id !== account.id && status === "active");
  const isAdmin = account.roles.includes("admin") && account.status === "active";
  if (isAdmin && stays === undefined) throw refuse(userRefusals.lastAdmin, undefined, { currentState: "admin" });
  return withStatus(state, "suspended", ban, occasion, isAdmin && stays ? [unchanged("account", stays)] : []);
}

/** A ban that followed another one is one of its own from now on, and stays when the other ends. */
function keptBanned(account: Account, ban: Ban, { actor, now }: Occasion): Outcome {
  const kept = changed("account", account, { ...account, ban, updatedAt: now });
  const change: Change = {
    entities: [kept],
    audit: {
      action: "account.ban_kept",
      resource: { type: "account", id: account.id },
      changes: [
        { field: "sameAddressAs", before: account.ban?.sameAddressAs, after: null },
        { field: "reason", before: account.ban?.reason, after: ban.reason },
      ],
      ...actingFor(actor, account.id),
    },
  };
  return { change, account: kept.next };
}

/** Ends a ban. What was held back goes on by itself: earnings mature with the next run, payouts at once. */
export function reinstate(state: Omit<Suspendable, "admins">, occasion: Occasion): Outcome {
  const account = found(state.account, userRefusals.notFound);
  const ban = account.ban && { ...account.ban, until: occasion.now };
  return withStatus({ ...state, account }, "active", ban, occasion, []);
}

/** Ends a ban that followed another one: of that, nothing is kept but the audit. */
export const letBack = (state: Suspendable & { readonly account: Account }, occasion: Occasion): Outcome =>
  withStatus(state, "active", undefined, occasion, []);

/** Those of them who are banned now. */
export const bannedOf = (accounts: readonly Account[]): readonly Account[] =>
  accounts.filter(({ status }) => status === "suspended");

function withStatus(
  { account, wallet }: Pick<Suspendable, "wallet"> & { readonly account: Account },
  status: Account["status"],
  ban: Ban | undefined,
  occasion: Occasion,
  requires: readonly Requirement[],
): Outcome {
  if (account.status === status) return { change: undefined, account };
  requireVersion(account, occasion);
  const { now, actor } = occasion;
  const { ban: _before, ...rest } = account;
  const moved = changed("account", account, { ...rest, status, ...(ban && { ban }), updatedAt: now });
  const { event, changes } = status === "suspended" ? suspensionOf(account.id, ban) : reinstatementOf(account.id);
  const change: Change = {
    entities: [moved, ...(wallet ? [changed("wallet", wallet, heldAs(wallet, status, now))] : [])],
    requires,
    events: [event],
    audit: {
      action: event.type,
      resource: { type: "account", id: account.id },
      changes: [{ field: "status", before: account.status, after: status }, ...changes],
      ...actingFor(actor, account.id),
    },
  };
  return { change, account: moved.next };
}

/** What is told of a ban: why, and of one that follows another, who decided that one and of whom. */
function suspensionOf(userId: string, { reason = null, by, sameAddressAs }: Partial<Ban> = {}) {
  const followed = sameAddressAs === undefined ? {} : { bannedBy: by, sameAddressAs };
  const changes = Object.entries({ reason, ...followed }).map(([field, after]) => ({ field, before: null, after }));
  return { event: { type: "account.suspended", detail: { userId, reason } } as const, changes };
}

const reinstatementOf = (userId: string) => ({
  event: { type: "account.reinstated", detail: { userId } } as const,
  changes: [],
});

/** The wallet's copy of the status, in the same write: money moves under it. */
function heldAs({ suspendedAt: _since, ...wallet }: Wallet, ownerStatus: Account["status"], now: string): Wallet {
  const since = ownerStatus === "suspended" ? { suspendedAt: now } : {};
  return { ...wallet, ownerStatus, ...since, updatedAt: now };
}
