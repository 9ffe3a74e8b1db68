import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Money } from "../kernel/money.ts";
import { Instant } from "../kernel/time.ts";
import { TransactionType } from "../ledger/journal-entry.ts";

/** What a movement did to one wallet, signed minor units. Summed over all transactions they are the wallet's figures. */
export const Effects = z.object({ available: z.int(), reserved: z.int(), pending: z.int(), inFlight: z.int() });
export type Effects = z.infer<typeof Effects>;

/** One journal entry as one wallet sees it. Written in the entry's own transaction, never changed. */
export const WalletTransaction = z.object({
  id: idOf("journalEntry"),
  userId: UserId,
  type: TransactionType,
  amount: Money,
  effects: Effects,
  /** How much of `effects.available` is a creator's to be paid out; left out when nothing. */
  payable: z.int().optional(),
  status: z.literal("completed"),
  referenceId: z.string(),
  description: z.string(),
  createdAt: Instant,
});
export type WalletTransaction = z.infer<typeof WalletTransaction>;
