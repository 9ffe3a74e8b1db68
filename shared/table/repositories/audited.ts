/**
 * Shapes of what the auditor reads. It must be able to say that an amount, a currency or an account is not what it may be, so
 * these are taken as they are stored; a thing that has not even the form of its kind fails the proof.
 */
import * as z from "zod";
import { Budget } from "#shared/domain/campaigns/campaign";
import type { Currency } from "#shared/domain/kernel/money";
import type { LedgerAccount } from "#shared/domain/ledger/account";
import { budgetFigures, walletFigures } from "#shared/domain/ledger/figures";
import { type EntryType, JournalEntry } from "#shared/domain/ledger/journal-entry";
import { Wallet } from "#shared/domain/wallets/wallet";

const anyNumber = <K extends string>(names: readonly K[]) =>
  Object.fromEntries(names.map((name) => [name, z.number()])) as Record<K, z.ZodNumber>;
const AnyCurrency = z.string() as unknown as z.ZodType<Currency>;

export const AuditedEntry = JournalEntry.extend({
  type: z.string() as unknown as z.ZodType<EntryType>,
  currency: AnyCurrency,
  lines: z.array(
    z.object({
      account: z.looseObject({ of: z.string(), account: z.string() }) as unknown as z.ZodType<LedgerAccount>,
      amount: z.number(),
    }),
  ),
});
export const AuditedWallet = Wallet.extend({ ...anyNumber(walletFigures), currency: AnyCurrency });
export const AuditedBudget = Budget.extend({ ...anyNumber(budgetFigures), currency: AnyCurrency });
