import { IdempotencyKeys } from "./idempotency.ts";

/** What every stored object has. Stored objects are never changed, only replaced: an event may keep one for ever. */
export interface Stored {
  readonly id: string;
  readonly object: string;
  readonly created: number;
}

/** The objects of one kind in one account, in the order they were made. */
export class Collection<T extends Stored> {
  readonly #items = new Map<string, T>();

  /** Adds an object, or replaces the one of the same id in its place. */
  put<U extends T>(item: U): U {
    this.#items.set(item.id, item);
    return item;
  }

  remove(id: string): void {
    this.#items.delete(id);
  }

  get(id: string): T | undefined {
    return this.#items.get(id);
  }

  newestFirst(): T[] {
    return [...this.#items.values()].reverse();
  }

  get size(): number {
    return this.#items.size;
  }
}

/** One Stripe account: the platform, or a connected one. Objects and idempotency keys never cross it. */
export class Account {
  readonly id: string;
  readonly isPlatform: boolean;
  readonly idempotencyKeys = new IdempotencyKeys();
  readonly #collections = new Map<string, Collection<Stored>>();

  constructor(id: string, isPlatform: boolean) {
    this.id = id;
    this.isPlatform = isPlatform;
  }

  /** Makes a collection known under its object name, for {@link find} and {@link counts}. */
  register(object: string, collection: Collection<Stored>): void {
    this.#collections.set(object, collection);
  }

  /** The stored object of an id, of whatever kind. */
  find(id: string): Stored | undefined {
    return [...this.#collections.values()].map((collection) => collection.get(id)).find((item) => item !== undefined);
  }

  /** Its objects by kind, newest first. */
  objects(): [object: string, items: readonly Stored[]][] {
    return [...this.#collections].map(([object, collection]) => [object, collection.newestFirst()]);
  }

  /** How many objects of each kind there are. */
  counts(): Record<string, number> {
    return Object.fromEntries([...this.#collections].map(([object, collection]) => [object, collection.size]));
  }
}

/** All accounts of the fake. */
export class StripeState {
  readonly platform = new Account("acct_local", true);
  readonly #accounts = new Map([[this.platform.id, this.platform]]);

  /** The account of an id; none when it was never opened. */
  account(id: string): Account | undefined {
    return this.#accounts.get(id);
  }

  /** Opens a connected account, or returns the one that is open. */
  openAccount(id: string): Account {
    const account = this.#accounts.get(id) ?? new Account(id, false);
    this.#accounts.set(id, account);
    return account;
  }

  accounts(): Account[] {
    return [...this.#accounts.values()];
  }

  /** The account in which an object lives. */
  holderOf(id: string): Account | undefined {
    return this.accounts().find((account) => account.find(id) !== undefined);
  }
}

/**
 * Declares a kind of object once, in its resource's file.
 * @returns its collection in any account, made on first use.
 */
export function collectionOf<T extends Stored>(object: T["object"]): (account: Account) => Collection<T> {
  const byAccount = new WeakMap<Account, Collection<T>>();
  return (account) => {
    const known = byAccount.get(account);
    if (known) return known;
    const made = new Collection<T>();
    byAccount.set(account, made);
    account.register(object, made);
    return made;
  };
}
