/**
 * Proves the ledger, invariant by invariant. It reads while others write, so figures are read before and after the
 * entries: one whose version is the same both times was touched by nobody between, and everything that made it what it
 * is must be among the entries. Figures that moved are left to the next proof. Journals come from an index, which may
 * lag behind the figures for a moment; so what does not hold is looked at again from the start, and only what holds in
 * no look is broken: a real fault stays, since entries are never changed. The invariants M1-M15: docs/money.md.
 */
import { OwnError } from "../../kernel/own-error.ts";
import type { Budget } from "../../campaigns/campaign.ts";
import type { Currency, Money } from "../../kernel/money.ts";
import type { Instant } from "../../kernel/time.ts";
import type { Books } from "./books.ts";
import { budgetsAreTheirEntries, reservedIsSetAside, securedIsOwed } from "./campaign-invariants.ts";
import { chainHead } from "./chain.ts";
import { checks, type Invariant } from "./invariant.ts";
import type { JournalEntry } from "../journal-entry.ts";
import { addFigures, visibleFigures, type WalletDelta, walletDeltas, walletFigures } from "../figures.ts";
import { balances, type CurrencySum, type Liability, liabilitiesOf, sumsByCurrency } from "./sums.ts";
import type { Wallet } from "../../wallets/wallet.ts";

export interface LedgerProof {
  readonly balanced: boolean;
  readonly asOf: Instant;
  readonly currencies: CurrencySum[];
  readonly invariants: Invariant[];
  readonly liabilities: Liability[];
  readonly chainHead: string;
}

/** Looks before something is called broken. */
const LOOKS = 3;

/** The books as they were read once, and how each invariant stood. */
export interface Look {
  readonly books: Books;
  readonly invariants: readonly Invariant[];
}

export const lookAt = (books: Books): Look => ({ books, invariants: auditLedger(books) });

/** Whether the books need not be read again: every invariant held in one of the looks, or there were enough of them. */
export const looksSuffice = (looks: readonly Look[]): boolean =>
  looks.length >= LOOKS || (looks.length > 0 && standing(looks).every(({ passed }) => passed));

/** How each invariant stands after these looks: as in the first that it held in, else as in the last. */
function standing(looks: readonly Look[]): Invariant[] {
  const [first, ...others] = looks;
  return others.reduce(
    (stands, { invariants }) => stands.map((one, at) => (one.passed ? one : (invariants[at] ?? one))),
    [...(first?.invariants ?? [])],
  );
}

/** The whole proof, on looks that suffice. `held` is what the payment processor says it holds for us. */
export function proofOf(looks: readonly Look[], held: readonly Money[], asOf: Instant): LedgerProof {
  const last = looks.at(-1);
  if (last === undefined || !looksSuffice(looks)) throw new OwnError("a proof needs looks that suffice");
  const { entries } = last.books;
  const invariants = standing(looks);
  return {
    balanced: invariants.every(({ passed }) => passed),
    asOf,
    currencies: sumsByCurrency(entries),
    invariants,
    liabilities: liabilitiesOf(entries, held),
    chainHead: chainHead(entries),
  };
}

/** Ids of the invariants that do not hold. */
export const brokenIn = ({ invariants }: LedgerProof): string[] =>
  invariants.flatMap(({ id, passed }) => (passed ? [] : [id]));

/** Each invariant with what was checked and what did not hold. */
export function auditLedger(books: Books): Invariant[] {
  const wallets = unmoved(books.before.wallets, books.after.wallets, ({ userId }) => userId);
  const budgets = unmoved(books.before.budgets, books.after.budgets, ({ campaignId }) => campaignId);
  return [
    journalsBalance(books.entries),
    accountsSumToZero(books.entries),
    figuresNotNegative(wallets, budgets),
    walletsAreTheirEntries(wallets, books.entries),
    walletsAreTheirTransactions(wallets, books.transactions),
    journalKeysAreUnique(books.entries),
    budgetsAreTheirEntries(budgets, books.entries),
    securedIsOwed(budgets, books.participants),
    reservedIsSetAside(books),
    depositsAreCreditedOnce(books.entries),
    amountsAreWhole(books.entries, wallets),
  ];
}

const unmoved = <T extends { readonly version: number }>(
  before: readonly T[],
  after: readonly T[],
  nameOf: (one: T) => string,
): T[] => {
  const versions = new Map(before.map((one) => [nameOf(one), one.version]));
  return after.filter((one) => versions.get(nameOf(one)) === one.version);
};

function journalsBalance(entries: readonly JournalEntry[]): Invariant {
  return checks("M1", "Every journal's lines sum to zero", entries, ({ equal }, { key, lines }) =>
    equal(
      key,
      0,
      lines.reduce((sum, { amount }) => sum + amount, 0),
    ),
  );
}

function accountsSumToZero(entries: readonly JournalEntry[]): Invariant {
  const sums = new Map<Currency, number>();
  for (const [, { currency, balance }] of balances(entries)) sums.set(currency, (sums.get(currency) ?? 0) + balance);
  return checks("M2", "All accounts of a currency sum to zero", [...sums], ({ equal }, [currency, sum]) =>
    equal(currency, 0, sum),
  );
}

function figuresNotNegative(wallets: readonly Wallet[], budgets: readonly Budget[]): Invariant {
  const figures = [
    ...wallets.map(
      ({ userId, available, pending, payable, inFlight, disputesReceivable }) =>
        [`wallet ${userId}`, available, pending, payable, inFlight, disputesReceivable] as const,
    ),
    ...budgets.map(
      ({ campaignId, unassigned, secured, spent }) => [`campaign ${campaignId}`, unassigned, secured, spent] as const,
    ),
  ];
  return checks("M3", "No account of a wallet or campaign is below zero", figures, ({ equal }, [subject, ...amounts]) =>
    equal(
      subject,
      true,
      amounts.every((amount) => amount >= 0),
    ),
  );
}

function walletsAreTheirEntries(wallets: readonly Wallet[], entries: readonly JournalEntry[]): Invariant {
  const sums = new Map<string, WalletDelta>();
  for (const [userId, delta] of entries.flatMap(({ lines }) => [...walletDeltas(lines)])) {
    const sum = sums.get(userId);
    sums.set(userId, sum ? addFigures(sum, delta) : delta);
  }
  return checks("M4a", "A wallet's figures are the sum of its lines", wallets, ({ equal }, wallet) => {
    for (const figure of walletFigures)
      equal(`wallet ${wallet.userId} ${figure}`, sums.get(wallet.userId)?.[figure] ?? 0, wallet[figure]);
  });
}

function walletsAreTheirTransactions(wallets: readonly Wallet[], transactions: Books["transactions"]): Invariant {
  return checks("M4b", "A wallet's figures are the sum of its transactions' effects", wallets, ({ equal }, wallet) => {
    const visible = visibleFigures({ ...wallet, reserved: 0 });
    for (const figure of ["available", "pending", "inFlight"] as const) {
      const sum = (transactions.get(wallet.userId) ?? []).reduce((total, { effects }) => total + effects[figure], 0);
      equal(`wallet ${wallet.userId} ${figure}`, sum, visible[figure]);
    }
  });
}

function journalKeysAreUnique(entries: readonly JournalEntry[]): Invariant {
  const counts = new Map<string, number>();
  for (const { key } of entries) counts.set(key, (counts.get(key) ?? 0) + 1);
  return checks(
    "M5",
    "A business event, and an external object's effect, has one journal for ever",
    [...counts],
    ({ equal }, [key, count]) => equal(key, 1, count),
  );
}

function depositsAreCreditedOnce(entries: readonly JournalEntry[]): Invariant {
  const counts = new Map<string, number>();
  for (const { type, referenceId } of entries)
    if (type === "deposit") counts.set(referenceId, (counts.get(referenceId) ?? 0) + 1);
  return checks("M8", "A deposit is credited by one journal at most", [...counts], ({ equal }, [depositId, count]) =>
    equal(depositId, 1, count),
  );
}

function amountsAreWhole(entries: readonly JournalEntry[], wallets: readonly Wallet[]): Invariant {
  const currencies = new Map(wallets.map(({ userId, currency }) => [userId, currency]));
  return checks(
    "M15",
    "Amounts are whole minor units, in the wallet's own currency",
    entries,
    ({ equal }, { key, currency, lines }) => {
      equal(
        key,
        true,
        lines.every(({ amount }) => Number.isSafeInteger(amount)),
      );
      for (const { account } of lines) {
        if (account.of === "wallet")
          equal(`${key} ${account.userId}`, currency, currencies.get(account.userId) ?? currency);
      }
    },
  );
}
