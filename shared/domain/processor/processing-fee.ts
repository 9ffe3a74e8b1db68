import type { Occasion } from "../kernel/occasion.ts";
import { platformAccount } from "../ledger/account.ts";
import { entryKeys } from "../ledger/entry-keys.ts";
import type { DecidedEntry } from "../ledger/journal-entry.ts";
import { type EntryHead, move } from "../ledger/posting.ts";
import type { BalanceTransaction } from "./payment.ts";

/** What the processor keeps of a movement is the platform's expense, once for each of its balance transactions. */
export function feeOf(
  { id, feeMinor, currency }: BalanceTransaction,
  about: { readonly referenceId: string; readonly of: string },
  occasion: Occasion,
): readonly DecidedEntry[] {
  if (feeMinor === 0) return [];
  const head: EntryHead = {
    key: entryKeys.processingFee(id),
    type: "processing",
    currency,
    referenceId: about.referenceId,
    description: `What the processor keeps of ${about.of}`,
    processorIds: [id],
  };
  return [move(head, feeMinor, platformAccount("stripe_fees"), platformAccount("stripe_balance"), occasion)];
}
