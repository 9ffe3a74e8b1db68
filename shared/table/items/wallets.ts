import type { Deposit } from "#shared/domain/wallets/deposit";
import type { Earning } from "#shared/domain/wallets/earning";
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
  listings: {
    /** An entry is one transaction of each wallet that it moves. */
    all: { index: "kind", prefix: "ALL_WALLET_TRANSACTIONS", partition: [], sort: ["id", "userId"], spread: SPREAD },
  },
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
