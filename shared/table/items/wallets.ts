import type { Deposit } from "#shared/domain/wallets/deposit";
import type { Earning } from "#shared/domain/wallets/earning";
import type { JournalEntry } from "#shared/domain/ledger/journal-entry";
import type { WalletTransaction } from "#shared/domain/wallets/transaction";
import type { Wallet } from "#shared/domain/wallets/wallet";
import type { WalletProfile } from "#shared/domain/wallets/wallet-profile";
import type { Declaration } from "../item.ts";
import { SPREAD } from "../schema.ts";

export const wallet = {
  kind: "wallet",
  prefix: "WALLET",
  partition: ["userId"],
  sort: [],
  listings: {
    all: { index: "kind", prefix: "ALL_WALLETS", partition: [], sort: ["userId"], spread: SPREAD },
  },
} as const satisfies Declaration<Wallet>;

export const walletProfile = {
  kind: "walletProfile",
  prefix: "WALLET_PROFILE",
  partition: ["userId"],
  sort: [],
} as const satisfies Declaration<WalletProfile>;

export const walletTransaction = {
  kind: "walletTransaction",
  prefix: "WALLET_TRANSACTION",
  partition: ["userId"],
  sort: ["id"],
  appendOnly: true,
} as const satisfies Declaration<WalletTransaction>;

const isPayable = ({ status, amount, allocatedMinor }: Earning): boolean =>
  status === "available" && allocatedMinor < amount.amount;

export const earning = {
  kind: "earning",
  prefix: "EARNING",
  partition: ["creatorId"],
  sort: ["id"],
  listings: {
    all: { index: "kind", prefix: "ALL_EARNINGS", partition: [], sort: ["id"], spread: SPREAD },
    /** On hold, by the end of it. */
    onHold: {
      index: "due",
      prefix: "EARNINGS_ON_HOLD",
      partition: [],
      sort: ["availableAt", "id"],
      spread: SPREAD,
      when: ({ status }: Earning) => status === "pending",
    },
    /** A creator's that can be paid out, oldest first. */
    payable: {
      index: "owner",
      prefix: "PAYABLE_EARNINGS",
      partition: ["creatorId"],
      sort: ["id"],
      when: isPayable,
    },
    /** Everybody's that can be paid out, by creator. */
    allPayable: {
      index: "due",
      prefix: "ALL_PAYABLE_EARNINGS",
      partition: [],
      sort: ["creatorId", "id"],
      spread: SPREAD,
      when: isPayable,
    },
  },
} as const satisfies Declaration<Earning>;

export const deposit = {
  kind: "deposit",
  prefix: "DEPOSIT",
  partition: ["id"],
  sort: [],
} as const satisfies Declaration<Deposit>;

const postedDay = ({ postedAt }: Pick<JournalEntry, "postedAt">): string => postedAt.slice(0, "YYYY-MM-DD".length);

/** Its key is the business event's, so that the event is booked once. */
export const journalEntry = {
  kind: "journalEntry",
  prefix: "JOURNAL_ENTRY",
  partition: ["key"],
  sort: [],
  listings: {
    /** Entries are kept for ever: partitions of their own for each day, which is closed once. */
    ofDay: {
      index: "kind",
      prefix: "JOURNAL_ENTRIES_OF_DAY",
      partition: [postedDay],
      sort: ["postedAt", "id"],
      spread: SPREAD,
    },
  },
  appendOnly: true,
  sealed: true,
} as const satisfies Declaration<JournalEntry>;
