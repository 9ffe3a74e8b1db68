import type { Role } from "./kernel/actor.ts";
import type { Campaign } from "./campaigns/campaign.ts";
import type { Entities, EntityName } from "./entities.ts";
import type { DomainEvent } from "./events/events.ts";
import type { WalletAccount } from "./ledger/account.ts";
import type { DecidedEntry } from "./ledger/journal-entry.ts";
import type { IndexEntry } from "./matching/index-entry.ts";
import type { Wallet } from "./wallets/wallet.ts";

/** What one stored thing was and what it becomes: `was` is missing when it is made, `next` when it is removed. */
export type EntityChange = {
  [E in EntityName]: { readonly entity: E; readonly was?: Entities[E]; readonly next?: Entities[E] };
}[EntityName];

/** A thing that is only read, but must still be what it was when the change is written. */
export type Requirement =
  | { [E in EntityName]: { readonly unchanged: E; readonly was: Entities[E] } }[EntityName]
  /** The account is active, and holds these roles still. */
  | { readonly activeAccount: string; readonly roles: readonly Role[] }
  /** The API key is there still. */
  | { readonly validApiKey: string }
  /** The campaign's status is as it was read, whatever its money did meanwhile. */
  | { readonly standing: Pick<Campaign, "id" | "status"> }
  /** The wallet's owner is as they were read, active or suspended, whatever their money did meanwhile. */
  | { readonly owner: Pick<Wallet, "userId" | "ownerStatus"> }
  /** These of the wallet's figures are as they were read. */
  | { readonly balances: Pick<Wallet, "userId"> & Partial<Pick<Wallet, WalletAccount>> };

/** What an admin or auditor will read about a change. */
export interface AuditNote {
  /** `campaign.published`, `invitation.accepted`, … */
  readonly action: string;
  readonly resource: { readonly type: string; readonly id: string };
  readonly changes?: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];
  /** Whose decision an admin made for them. */
  readonly onBehalfOf?: string;
}

/** What a rule decided. It is written as one transaction or not at all. */
export interface Change {
  readonly entities: readonly EntityChange[];
  readonly requires?: readonly Requirement[];
  /** Balanced movements of money; each key is written once, for ever. */
  readonly entries?: readonly DecidedEntry[];
  readonly events?: readonly DomainEvent[];
  /** Places in the index of creators that are made and that go, with the card that they follow from. */
  readonly index?: { readonly made: readonly IndexEntry[]; readonly gone: readonly IndexEntry[] };
  /** Left out only by what no person caused, moves no money and nobody would ask about (a mail marked sent, a lease taken). */
  readonly audit?: AuditNote;
}

/** A thing as a change leaves it: what is written, and what a rule gives back for the reply. */
export interface Written<E extends EntityName> {
  readonly entity: E;
  readonly was?: Entities[E];
  readonly next: Entities[E];
}

/** A thing without its version: only `created` and `changed` count versions. */
export type Unversioned<E extends EntityName> = Omit<Entities[E], "version">;

/** A new thing, in its first version. */
export const created = <E extends EntityName>(entity: E, thing: Unversioned<E>): Written<E> =>
  ({ entity, next: { ...thing, version: 1 } }) as Written<E>;

export const removed = <E extends EntityName>(entity: E, was: Entities[E]): EntityChange =>
  ({ entity, was }) as EntityChange;

/** The next version of a thing; the write is refused when it is no longer at `was`'s version. */
export const changed = <E extends EntityName>(entity: E, was: Entities[E], next: Unversioned<E>): Written<E> =>
  ({ entity, was, next: { ...next, version: was.version + 1 } }) as Written<E>;

export const unchanged = <E extends EntityName>(entity: E, was: Entities[E]): Requirement =>
  ({ unchanged: entity, was }) as Requirement;

/** That a campaign still has the status it was read with. */
export const standing = ({ id, status }: Campaign): Requirement => ({ standing: { id, status } });

/** That a wallet's owner is still as suspended, or as active, as they were read. */
export const sameOwnerStatus = ({ userId, ownerStatus }: Wallet): Requirement => ({ owner: { userId, ownerStatus } });

/** That a person whom somebody may act for is active, and has these roles still, whatever their money did meanwhile. */
export const activeAccount = (userId: string, ...roles: readonly Role[]): Requirement => ({
  activeAccount: userId,
  roles,
});

/** That some of a wallet's figures are still as they were read. Any other of them may move meanwhile. */
export const sameBalances = (wallet: Wallet, figures: readonly WalletAccount[]): Requirement => ({
  balances: { userId: wallet.userId, ...Object.fromEntries(figures.map((figure) => [figure, wallet[figure]])) },
});

/** Fields of an audit note: those of `fields` that differ. */
export function differences<T extends object>(
  was: T,
  next: T,
  fields: readonly (keyof T & string)[],
): AuditNote["changes"] {
  return fields
    .filter((field) => JSON.stringify(was[field]) !== JSON.stringify(next[field]))
    .map((field) => ({ field, before: was[field] ?? null, after: next[field] ?? null }));
}
