import type { Budget } from "#shared/domain/campaigns/campaign";
import type { Instant } from "#shared/domain/kernel/time";
import type { Earning } from "#shared/domain/wallets/earning";
import type { JournalEntry, TransactionType } from "#shared/domain/ledger/journal-entry";
import type { WalletTransaction } from "#shared/domain/wallets/transaction";
import type { Wallet } from "#shared/domain/wallets/wallet";
import type { WalletProfile } from "#shared/domain/wallets/wallet-profile";
import type { Page, PageRequest } from "./page.ts";

/** A wallet, its owner's campaigns, and what moved lately. */
export interface WalletSince {
  readonly wallet: Wallet | undefined;
  readonly funded: readonly Budget[];
  readonly transactions: readonly WalletTransaction[];
}

export interface Wallets {
  /** Strongly consistent: a balance read after a commit shows it. */
  get(userId: string): Promise<Wallet | undefined>;
  /** Strongly consistent; there as long as the wallet is. */
  profile(userId: string): Promise<WalletProfile | undefined>;
  /**
   * A wallet and the budgets of every campaign that holds money of its owner, as they were at one moment.
   * @throws StaleState when money moved between the two while they were read.
   */
  withFunded(userId: string): Promise<{ readonly wallet: Wallet | undefined; readonly funded: readonly Budget[] }>;
  /**
   * What `withFunded` gives, and the transactions since some instant (or from not long before it), newest first: all as they
   * were at one moment.
   * @throws StaleState when money moved while they were read.
   * @throws Refusal `wallet.too_long_ago` when there are more of them than can be read at once.
   */
  since(userId: string, at: Instant): Promise<WalletSince>;
  /** Newest first. */
  transactions(
    userId: string,
    filter: { readonly type?: TransactionType | undefined },
    page: PageRequest,
  ): Promise<Page<WalletTransaction>>;
}

export interface Earnings {
  /** Newest first. */
  ofCreator(
    creatorId: string,
    filter: { readonly status?: Earning["status"] | undefined },
    page: PageRequest,
  ): Promise<Page<Earning>>;
  /** Every creator's, newest first. */
  all(filter: { readonly status?: Earning["status"] | undefined }, page: PageRequest): Promise<Page<Earning>>;
  /** Strongly consistent; those that are there. */
  some(creatorId: string, earningIds: readonly string[]): Promise<readonly Earning[]>;
  /** A creator's that can be paid out, oldest first, so many at most. */
  payable(creatorId: string, most: number): Promise<readonly Earning[]>;
  /** Creators who have some: those after one of them, and then those up to it. */
  payableCreators(after: string | undefined): AsyncIterable<string>;
  /** On hold, and their time has come; parts may be read side by side. */
  matured(now: Instant): readonly AsyncIterable<Earning>[];
}

export interface Journal {
  /** The entry of a business event, by the event's key. Strongly consistent; it never changes. */
  get(key: string): Promise<JournalEntry | undefined>;
  /** As `get`, of several; those that are there, in no order. */
  some(keys: readonly string[]): Promise<readonly JournalEntry[]>;
  /** Every entry that was booked on a UTC day, as an index has them: the latest may be missing for a moment. */
  postedOn(date: string): Promise<readonly JournalEntry[]>;
  /**
   * Entries whose first object at the processor is one of these, whenever they were booked, as an index has them. Those from
   * before there was such a list are not in it.
   */
  about(objectIds: readonly string[]): Promise<readonly JournalEntry[]>;
}
