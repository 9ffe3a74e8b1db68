import * as z from "zod";
import { idOf } from "../kernel/ids.ts";
import { Currency } from "../kernel/money.ts";
import { Instant } from "../kernel/time.ts";
import { LedgerAccount } from "./account.ts";

/** One part of an entry: signed minor units, credits positive and debits negative. */
export const Line = z.object({ account: LedgerAccount, amount: z.int() });
export type Line = z.infer<typeof Line>;

/** Kinds of movement a user sees in a wallet. */
export const TransactionType = z.enum([
  "deposit", "reservation", "release", "transfer", "fee", "maturity", "withdrawal", "refund", "reversal", "dispute",
]); // prettier-ignore
export type TransactionType = z.infer<typeof TransactionType>;

/**
 * What an entry is about, for readers: no figure depends on it. `securing` and `unsecuring` move money between a campaign's
 * own accounts, `processing` is between the house and the processor, the house's own bank behind it included: no wallet sees
 * them.
 */
export const EntryType = z.enum([...TransactionType.options, "securing", "unsecuring", "processing"]);
export type EntryType = z.infer<typeof EntryType>;

/** A unit of a participation that an entry settles: each is settled by one entry, for ever. */
export const SettledUnit = z.object({
  participationId: idOf("participation"),
  deliverableId: idOf("deliverable"),
  unit: z.int(),
});
export type SettledUnit = z.infer<typeof SettledUnit>;

/**
 * An immutable, balanced movement of money. `key` names the business event for ever (`deposit:pi_…`,
 * `settlement:prt_…`): a second entry with the same key cannot be written.
 */
export const JournalEntry = z.object({
  id: idOf("journalEntry"),
  key: z.string().min(1).max(500),
  type: EntryType,
  currency: Currency,
  /** They sum to zero. */
  lines: z.array(Line).min(2),
  /** What it is about: a campaign's, deposit's, submission's or payout's id. */
  referenceId: z.string(),
  description: z.string(),
  actorId: z.string(),
  /** When what it books happened. */
  effectiveAt: Instant,
  /** When it was booked: its accounting day. */
  postedAt: Instant,
  /** The write it was part of. The audit row of the same write has the same ULID. */
  commitId: idOf("commit"),
  /** How many other entries the same write posted; left out when it was alone. Who finds some of them knows that more are to come. */
  companions: z.int().min(1).optional(),
  /** The entry that it takes back. */
  reverses: idOf("journalEntry").optional(),
  /** The processor's objects whose effect it books. */
  processorIds: z.array(z.string()).optional(),
  /** What it settles. */
  settles: z.array(SettledUnit).optional(),
});
export type JournalEntry = z.infer<typeof JournalEntry>;

/** An entry as a rule decides it, before it is part of a write. */
export type DecidedEntry = Omit<JournalEntry, "postedAt" | "commitId" | "companions">;
