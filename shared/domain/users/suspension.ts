import { type Change, changed, type Requirement, unchanged } from "../change.ts";
import { requireVersion } from "../kernel/if-match.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { found, refuse } from "../kernel/refusal.ts";
import type { Wallet } from "../wallets/wallet.ts";
import type { Account } from "./account.ts";
import { userRefusals } from "./refusals.ts";

interface Suspendable {
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
  const stays = state.admins.find(({ id, status }) => id !== account.id && status === "active");
  const isAdmin = account.roles.includes("admin") && account.status === "active";
  if (isAdmin && stays === undefined) throw refuse(userRefusals.lastAdmin);
  return withStatus(
    state,
    account,
    "suspended",
    reason,
    occasion,
    isAdmin && stays ? [unchanged("account", stays)] : [],
  );
}

/** Ends a ban. What was held back goes on by itself: earnings mature with the next run, payouts at once. */
export function reinstate(state: Omit<Suspendable, "admins">, occasion: Occasion): Outcome {
  return withStatus(state, found(state.account, userRefusals.notFound), "active", null, occasion, []);
}

/** Those of them who are banned now. */
export const bannedOf = (accounts: readonly Account[]): readonly Account[] =>
  accounts.filter(({ status }) => status === "suspended");

function withStatus(
  { wallet }: Pick<Suspendable, "wallet">,
  account: Account,
  status: Account["status"],
  reason: string | null,
  occasion: Occasion,
  requires: readonly Requirement[],
): Outcome {
  if (account.status === status) return { change: undefined, account };
  requireVersion(account, occasion);
  const { now, actor } = occasion;
  const moved = changed("account", account, { ...account, status, updatedAt: now });
  const change: Change = {
    entities: [moved, ...(wallet ? [changed("wallet", wallet, heldAs(wallet, status, now))] : [])],
    requires,
    events: [
      status === "suspended"
        ? { type: "account.suspended", detail: { userId: account.id, reason } }
        : { type: "account.reinstated", detail: { userId: account.id } },
    ],
    audit: {
      action: status === "suspended" ? "account.suspended" : "account.reinstated",
      resource: { type: "account", id: account.id },
      changes: [
        { field: "status", before: account.status, after: status },
        { field: "reason", before: null, after: reason },
      ],
      ...actingFor(actor, account.id),
    },
  };
  return { change, account: moved.next };
}

/** The wallet's copy of the status, in the same write: money moves under it. */
function heldAs({ suspendedAt: _since, ...wallet }: Wallet, ownerStatus: Account["status"], now: string): Wallet {
  const since = ownerStatus === "suspended" ? { suspendedAt: now } : {};
  return { ...wallet, ownerStatus, ...since, updatedAt: now };
}
