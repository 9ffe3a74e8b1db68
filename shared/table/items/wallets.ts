import type { CardDispute } from "#shared/domain/card-disputes/card-dispute";
import type { Refund } from "#shared/domain/refunds/refund";
import type { Deposit } from "#shared/domain/deposits/deposit";
import type { Earning } from "#shared/domain/wallets/earning";
import type { WalletTransaction } from "#shared/domain/wallets/transaction";
import type { Wallet } from "#shared/domain/wallets/wallet";
import type { WalletProfile } from "#shared/domain/wallets/wallet-profile";
import type { StripeEvent } from "#shared/domain/webhooks/stripe-event";
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

/** In the listings of what is due: what has nothing to wait for is in none. */
const dueAt = ({ dueAt: due }: { readonly dueAt?: string | undefined }): string => due ?? "";
const isDue = ({ dueAt: due }: { readonly dueAt?: string | undefined }): boolean => due !== undefined;

export const deposit = {
  kind: "deposit",
  prefix: "DEPOSIT",
  partition: ["id"],
  sort: [],
  listings: {
    ofOwner: { index: "owner", prefix: "DEPOSITS_OF_OWNER", partition: ["userId"], sort: ["createdAt", "id"] },
    /** The one that a payment was made for. */
    ofPayment: { index: "kind", prefix: "DEPOSIT_OF_PAYMENT", partition: ["paymentIntentId"], sort: ["id"] },
    /** What the processor must be asked about: payments that nobody confirmed, fees that were not known yet. */
    due: {
      index: "due",
      prefix: "DEPOSITS_DUE",
      partition: [],
      sort: [dueAt, "id"],
      spread: SPREAD,
      when: isDue,
    },
  },
} as const satisfies Declaration<Deposit>;

export const refund = {
  kind: "refund",
  prefix: "REFUND",
  partition: ["id"],
  sort: [],
  listings: {
    ofOwner: { index: "owner", prefix: "REFUNDS_OF_OWNER", partition: ["userId"], sort: ["id"] },
    due: { index: "due", prefix: "REFUNDS_DUE", partition: [], sort: [dueAt, "id"], spread: SPREAD, when: isDue },
  },
} as const satisfies Declaration<Refund>;

export const cardDispute = {
  kind: "cardDispute",
  prefix: "CARD_DISPUTE",
  partition: ["id"],
  sort: [],
  listings: {
    all: { index: "kind", prefix: "ALL_CARD_DISPUTES", partition: [], sort: ["createdAt", "id"], spread: SPREAD },
  },
} as const satisfies Declaration<CardDispute>;

/** An event of the processor's. What it causes is guarded by journal keys, so that it need not be kept for ever. */
export const stripeEvent = {
  kind: "stripeEvent",
  prefix: "STRIPE_EVENT",
  partition: ["id"],
  sort: [],
  listings: {
    due: { index: "due", prefix: "STRIPE_EVENTS_DUE", partition: [], sort: [dueAt, "id"], spread: SPREAD, when: isDue },
  },
  expires: { days: 30, after: "receivedAt" },
} as const satisfies Declaration<StripeEvent>;
