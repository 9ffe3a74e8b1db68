import type { AuditEntry } from "../../audit/audit-entry.ts";
import type { StoredChain } from "../../audit/seal.ts";
import type { StoredEntry } from "../../audit/verify-seals.ts";
import type { Budget } from "../../campaigns/campaign.ts";
import type { Participant } from "../../invitations/participant.ts";
import type { Earning } from "../../wallets/earning.ts";
import type { Payout } from "../../payouts/payout.ts";
import type { Refund } from "../../refunds/refund.ts";
import type { Currency, Money } from "../../kernel/money.ts";
import type { Instant } from "../../kernel/time.ts";
import type { ProcessorMovement } from "../../processor/movement.ts";
import type { WalletTransaction } from "../../wallets/transaction.ts";
import type { Wallet } from "../../wallets/wallet.ts";
import type { Closing, LedgerClose } from "../closing/closing.ts";
import type { JournalEntry } from "../journal-entry.ts";

/** A notice of the payment processor that was stored before it is worked through. */
export interface ReceivedNotice {
  readonly id: string;
  readonly receivedAt: Instant;
  readonly status: string;
}

/** Money that moves at the payment processor and is not in the books yet. */
export interface UnpostedMovement {
  readonly id: string;
  readonly currency: Currency;
  /** What it can change at most. */
  readonly amountMinor: number;
  /** When it began to be under way. */
  readonly since: Instant;
}

/**
 * What wallets' accounts stand for, read between two looks at these wallets: while no commit came between, they belong
 * together. What is listed comes by indexes, as entries do.
 */
export interface Promised {
  /** As they were before the rest was read: those who were asked about (`usersToAsk`). */
  readonly wallets: readonly Wallet[];
  /** Theirs that are on hold, or not wholly paid out or on their way. */
  readonly earnings: readonly Earning[];
  /** Everybody's that are not final. */
  readonly payouts: readonly Payout[];
  /** Everybody's of which a part has not ended. */
  readonly refunds: readonly Refund[];
  /** Commits of the wallets, read again after it, by user. */
  readonly commitsAfter: ReadonlyMap<string, number>;
}

/**
 * Everything the auditor compares, of the last close and what came after it, in the order it is read here. What is read later
 * has seen everything that was found before: whoever is read after an entry of theirs has counted it. Entries alone come by an
 * index, which may not have the latest.
 */
export interface Books {
  readonly asOf: Instant;
  readonly close: LedgerClose | undefined;
  /** Posted after the closed day. Amounts, currencies and accounts are as they are stored, whatever that is. */
  readonly entries: readonly JournalEntry[];
  /** By account. */
  readonly closings: ReadonlyMap<string, Closing>;
  readonly wallets: readonly Wallet[];
  readonly budgets: readonly Budget[];
  /** Of every campaign that holds money for somebody, or moved. */
  readonly participants: readonly Participant[];
  /** Campaigns that their brands' fundings name, of those that hold money. */
  readonly funded: ReadonlySet<string>;
  /** By user, of those who moved: from some time before the close on. */
  readonly transactions: ReadonlyMap<string, readonly WalletTransaction[]>;
  /** By id, of the commits that were found. */
  readonly auditRows: ReadonlyMap<string, AuditEntry>;
  readonly chains: readonly StoredChain[];
  /** Everything that is named by a seal of `chains`, or was found otherwise and must be sealed. */
  readonly stored: readonly StoredEntry[];
  readonly promised: Promised;
  readonly notices: readonly ReceivedNotice[];
  readonly unposted: readonly UnpostedMovement[];
  /** Commits of the budgets, read again at the end, by campaign. */
  readonly commitsAfter: ReadonlyMap<string, number>;
}

/** The books as they were read once, and what the processor said that it holds for us. */
export interface Look {
  readonly books: Books;
  /** Said after the books were read; missing when nobody asked. */
  readonly held?: readonly Money[];
  /** Said before that; as after, unless it is given. */
  readonly heldBefore?: readonly Money[];
  /** What it had taken before the books were read, as a job will book it: no entry named it then. */
  readonly feesToCome?: readonly ProcessorMovement[];
}

/** Whether no commit moved a campaign's budget since it was read with so many. */
export const isUnmoved = (
  { commitsAfter }: Pick<Books, "commitsAfter">,
  campaignId: string,
  commits: number,
): boolean => commitsAfter.get(campaignId) === commits;
