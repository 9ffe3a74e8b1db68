import type { Deposit } from "#shared/domain/wallets/deposit";
import type { Earning } from "#shared/domain/wallets/earning";
import type { Journal } from "#shared/domain/wallets/journal";
import type { WalletTransaction } from "#shared/domain/wallets/transaction";
import type { Wallet } from "#shared/domain/wallets/wallet";
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

export const walletTransaction = {
  kind: "walletTransaction",
  prefix: "WALLET_TRANSACTION",
  partition: ["userId"],
  sort: ["id"],
  appendOnly: true,
} as const satisfies Declaration<WalletTransaction>;

export const earning = {
  kind: "earning",
  prefix: "EARNING",
  partition: ["creatorId"],
  sort: ["id"],
  listings: {
    all: { index: "kind", prefix: "ALL_EARNINGS", partition: [], sort: ["id"], spread: SPREAD },
  },
} as const satisfies Declaration<Earning>;

export const deposit = {
  kind: "deposit",
  prefix: "DEPOSIT",
  partition: ["id"],
  sort: [],
} as const satisfies Declaration<Deposit>;

const month = ({ at }: Pick<Journal, "at">): string => at.slice(0, "YYYY-MM".length);

/** Its key is the business event's, so that the event is booked once. */
export const journal = {
  kind: "journal",
  prefix: "JOURNAL",
  partition: ["key"],
  sort: [],
  listings: {
    /** Journals are kept for ever: partitions of their own for each month, so that none grows without bound. */
    ofMonth: { index: "kind", prefix: "JOURNALS_OF_MONTH", partition: [month], sort: ["at", "id"], spread: SPREAD },
  },
  appendOnly: true,
  sealed: true,
} as const satisfies Declaration<Journal>;
