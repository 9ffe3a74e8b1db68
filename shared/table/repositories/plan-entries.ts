/** Journal entries as operations on the table: the entry, a row for everybody whose wallet it moves, and the balances. */
import { OwnError } from "#shared/domain/kernel/own-error";
import {
  amountOf,
  budgetDeltas,
  budgetFigures,
  visibleFigures,
  walletDeltas,
  walletFigures,
} from "#shared/domain/ledger/figures";
import { type EntryType, type JournalEntry, TransactionType } from "#shared/domain/ledger/journal-entry";
import type { WalletTransaction } from "#shared/domain/wallets/transaction";
import type { Item, Key, Operation } from "#shared/table/engine";
import { itemKey, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";

const isVisible = (type: EntryType): type is TransactionType => TransactionType.safeParse(type).success;

/** An entry, and the rows of the wallets that see it. */
export function planEntry(entry: JournalEntry): Operation[] {
  const put = (item: Item & Key): Operation => ({ kind: "put", item, when: { absent: true } });
  const { type } = entry;
  const rows = isVisible(type) ? rowsOf(entry, type) : [];
  return [
    put(storedItem(items.journalEntry, entry)),
    ...rows.map((row) => put(storedItem(items.walletTransaction, row))),
  ];
}

function rowsOf(entry: JournalEntry, type: TransactionType): WalletTransaction[] {
  return [...walletDeltas(entry.lines)].map(([userId, delta]) => {
    const effects = visibleFigures(delta);
    return {
      id: entry.id,
      userId,
      type,
      amount: { amount: amountOf(effects), currency: entry.currency },
      effects,
      ...(delta.payable !== 0 && { payable: delta.payable }),
      status: "completed",
      referenceId: entry.referenceId,
      description: entry.description,
      createdAt: entry.postedAt,
    };
  });
}

/** What a change does to one wallet or budget, however many entries touch it. */
export interface Movement {
  readonly key: Key;
  readonly currency: string;
  readonly commitId: string;
  /** Signed minor units, by figure. */
  readonly figures: Readonly<Record<string, number>>;
}

/** Every wallet and budget that the entries touch, also where they leave each figure as it was: the commit is counted. */
export function movementsOf(entries: readonly JournalEntry[], commitId: string): Movement[] {
  const currency = entries[0]?.currency;
  if (currency === undefined) return [];
  if (entries.some((entry) => entry.currency !== currency)) throw new OwnError("a change in two currencies");
  const lines = entries.flatMap((entry) => entry.lines);
  const people = new Set(lines.flatMap(({ account }) => (account.of === "wallet" ? account.userId : [])));
  const deltas = walletDeltas(lines);
  const wallets = [...people].map((userId) => ({
    key: itemKey(items.wallet, { userId }),
    figures: moved(walletFigures.map((figure) => [figure, deltas.get(userId)?.[figure] ?? 0])),
  }));
  const budgets = [...budgetDeltas(lines)].map(([campaignId, delta]) => ({
    key: itemKey(items.budget, { campaignId }),
    figures: moved(budgetFigures.map((figure) => [figure, delta[figure]])),
  }));
  return [...wallets, ...budgets].map((movement) => ({ ...movement, currency, commitId }));
}

const moved = (figures: readonly (readonly [string, number])[]): Record<string, number> =>
  Object.fromEntries(figures.filter(([, amount]) => amount !== 0));

/** One bounded addition: no figure goes below zero. */
export function addition({ key, figures, currency, commitId }: Movement, now: string): Operation {
  const taken = Object.entries(figures).filter(([, amount]) => amount < 0);
  return {
    kind: "add",
    key,
    add: { ...figures, version: 1, commits: 1 },
    set: { updatedAt: now, lastCommitId: commitId },
    when: { equals: { currency }, atLeast: Object.fromEntries(taken.map(([figure, amount]) => [figure, -amount])) },
  };
}

/** What money moves within a thing that the same change writes anyway, under its version: one write an item. */
export function movedFigures(
  item: Item & Key,
  movements: readonly Movement[],
): Readonly<Record<string, number | string>> {
  const movement = movements.find(({ key }) => isSameItem(key, item));
  if (movement === undefined) return {};
  const figures = Object.entries(movement.figures).map(
    ([figure, amount]) => [figure, Number(item[figure]) + amount] as const,
  );
  const wrong = item["currency"] !== movement.currency || figures.some(([, amount]) => amount < 0);
  if (wrong) throw new OwnError(`a movement that ${item.pk} cannot take`);
  return {
    ...Object.fromEntries(figures),
    commits: Number(item["commits"]) + 1,
    lastCommitId: movement.commitId,
  };
}

export const isSameItem = (a: Key, b: Key): boolean => a.pk === b.pk && a.sk === b.sk;
