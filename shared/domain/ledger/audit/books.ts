import type { Budget } from "../../campaigns/campaign.ts";
import type { Participant } from "../../invitations/participant.ts";
import type { JournalEntry } from "../journal-entry.ts";
import type { WalletTransaction } from "../../wallets/transaction.ts";
import type { Wallet } from "../../wallets/wallet.ts";

/** Everything the proof looks at, in the order it was read. */
export interface Books {
  readonly before: Figures;
  readonly entries: readonly JournalEntry[];
  readonly participants: readonly Participant[];
  /** By user. */
  readonly transactions: ReadonlyMap<string, readonly WalletTransaction[]>;
  /** Campaigns that hold money of a brand, by brand. */
  readonly fundings: ReadonlyMap<string, readonly string[]>;
  readonly after: Figures;
}
export interface Figures {
  readonly wallets: readonly Wallet[];
  readonly budgets: readonly Budget[];
}
