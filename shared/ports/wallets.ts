import type { Budget } from "#shared/domain/campaigns/campaign";
import type { Participant } from "#shared/domain/invitations/participant";
import type { Instant } from "#shared/domain/kernel/time";
import type { Deposit } from "#shared/domain/wallets/deposit";
import type { Earning } from "#shared/domain/wallets/earning";
import type { Journal, TransactionType } from "#shared/domain/wallets/journal";
import type { WalletTransaction } from "#shared/domain/wallets/transaction";
import type { Wallet } from "#shared/domain/wallets/wallet";
import type { Page, PageRequest } from "./page.ts";

export interface Wallets {
  /** Strongly consistent: a balance read after a commit shows it. */
  get(userId: string): Promise<Wallet | undefined>;
  /** Newest first. */
  transactions(
    userId: string,
    filter: { readonly type?: TransactionType | undefined },
    page: PageRequest,
  ): Promise<Page<WalletTransaction>>;
}

export interface Deposits {
  get(depositId: string): Promise<Deposit | undefined>;
}

export interface Earnings {
  get(creatorId: string, earningId: string): Promise<Earning | undefined>;
  /** Newest first. */
  ofCreator(
    creatorId: string,
    filter: { readonly status?: Earning["status"] | undefined },
    page: PageRequest,
  ): Promise<Page<Earning>>;
  /** Every creator's, newest first. */
  all(filter: { readonly status?: Earning["status"] | undefined }, page: PageRequest): Promise<Page<Earning>>;
}

/** Everything the ledger's auditor compares. Streams read page by page; each item is committed state. */
export interface Ledger {
  /** Every journal up to the month of `now`. */
  journals(now: Instant): AsyncIterable<Journal>;
  wallets(): AsyncIterable<Wallet>;
  budgets(): AsyncIterable<Budget>;
  participants(): AsyncIterable<Participant>;
  transactions(userId: string): AsyncIterable<WalletTransaction>;
}
