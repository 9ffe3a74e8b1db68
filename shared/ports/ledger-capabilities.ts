/** Rows of the catalogue about the books: their entries, and the books as a whole. */
import { stored } from "./capability.ts";
import type { Ledger } from "./ledger.ts";
import type { Reconciliations } from "./reconciliations.ts";
import type { Journal, Wallets } from "./wallets.ts";

export const ledgerCapabilities = {
  /** Everything that the auditor compares. */
  "ledger:read": stored<Pick<Ledger, "books">>()({
    gets: ["ledgerClose", "closing", "funding", "auditEntry", "sealHead"],
    queries: ["participant", "walletTransaction", "seal"],
    lists: [
      ...(["wallet.all", "budget.all", "participant.due", "journalEntry.ofDay", "ledgerClose.all"] as const),
      ...(["stripeEvent.due", "deposit.due", "payout.due", "refund.due"] as const),
      ...(["earning.onHold", "earning.payable"] as const),
    ],
  }),
  /** Days, one after the other, for ever. */
  "ledger:close": stored<Pick<Ledger, "periodsToClose" | "closing" | "closed">>()({
    gets: ["ledgerClose", "closing", "sealHead"],
    queries: ["seal"],
    lists: ["journalEntry.ofDay", "ledgerClose.all"],
    commits: ["closing", "ledgerClose"],
  }),
  "ledger:listTransactions": stored<Pick<Ledger, "transactions">>()({
    queries: ["walletTransaction"],
    lists: ["walletTransaction.all"],
  }),
  "reconciliations:read": stored<Reconciliations>()({ gets: ["reconciliation"] }),
  "reconciliations:write": stored()({ commits: ["reconciliation"] }),
  "journal:read": stored<Pick<Journal, "get" | "some">>()({ gets: ["journalEntry"] }),
  "journal:list": stored<Pick<Journal, "postedOn" | "about">>()({
    lists: ["journalEntry.ofDay", "journalEntry.about"],
  }),
  /** Journal entries of the house's own accounts, which move nobody's balance. */
  "journal:write": stored()({ commits: ["journalEntry"] }),
  /** Journal entries, which move the balances they name. */
  "journal:post": stored()({ commits: ["journalEntry"], writes: ["walletTransaction"], adds: ["wallet", "budget"] }),
  /** A wallet with what its owner's campaigns hold. */
  "wallets:show": stored<Pick<Wallets, "withFunded">>()({ gets: ["wallet", "budget"], queries: ["funding"] }),
  /** The same, and what moved since an instant. */
  "wallets:showSince": stored<Pick<Wallets, "since">>()({
    gets: ["wallet", "budget"],
    queries: ["funding", "walletTransaction"],
  }),
} as const;
