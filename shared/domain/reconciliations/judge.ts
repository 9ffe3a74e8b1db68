/** Whether a group agrees, and what it is called when it does not. Pure. */
import type { Currency } from "../kernel/money.ts";
import { onNormalSide } from "../ledger/account.ts";
import { entryKeys } from "../ledger/entry-keys.ts";
import type { JournalEntry } from "../ledger/journal-entry.ts";
import { bookedBy, houseAccountOf } from "../processor/movement-kinds.ts";
import { netOf, type ProcessorMovement } from "../processor/movement.ts";
import type { Finding } from "./explain.ts";
import { booksMinorOf, type BothSides, type Group } from "./groups.ts";
import type { DifferenceKind } from "./reconciliation.ts";

/** Keys under which the house's own movements are booked that none of these entries name, if they are: on whatever day. */
export const bookedLater = ({ movements, entries }: BothSides): readonly string[] =>
  unnamed(movements, entries).map(({ id }) => entryKeys.houseMovement(id));

/** Of the house's own movements, those that no entry names. */
function unnamed(movements: readonly ProcessorMovement[], entries: readonly JournalEntry[]): ProcessorMovement[] {
  const named = new Set(entries.flatMap(({ processorIds = [] }) => processorIds));
  return movements.filter((movement) => houseAccountOf(movement) !== undefined && !named.has(movement.id));
}

/** Undefined when both sides agree about it. */
export function findingOf(group: Group): Finding | undefined {
  const { movements, entries } = group;
  const processorMinor = movements.reduce((sum, movement) => sum + netOf(movement), 0);
  const booksMinor = entries.reduce((sum, entry) => sum + booksMinorOf(entry), 0);
  const finding = (kind: DifferenceKind): Finding => ({ kind, group, processorMinor, booksMinor });
  if (movements.length === 0) return booksMinor === 0 ? undefined : finding("not_at_processor");
  const missing = missingIn(group);
  if (missing !== undefined) return finding(missing);
  if (currenciesOf(group).size > 1) return finding("currency_differs");
  if (processorMinor === booksMinor) return feesDiffer(group) ? finding("fee_differs") : undefined;
  return finding(kindOfGap(group, booksMinor - processorMinor));
}

/** Why something that moved is in no entry. */
function missingIn({ movements, entries }: Group): DifferenceKind | undefined {
  if (movements.some((movement) => bookedBy(movement) === undefined)) return "unknown_kind";
  if (unnamed(movements, entries).length > 0) return "unconfirmed";
  return entries.length === 0 && !cameToNothing(movements) ? "not_booked" : undefined;
}

/** What came and went again whole, fees and all: a debit that the bank refuses days later. There is nothing to book. */
const cameToNothing = (movements: readonly ProcessorMovement[]): boolean =>
  movements.length > 1 &&
  movements.reduce((sum, movement) => sum + netOf(movement), 0) === 0 &&
  movements.reduce((sum, { feeMinor }) => sum + feeMinor, 0) === 0;

export const currenciesOf = ({ movements, entries }: Group): Set<Currency> =>
  new Set([...movements, ...entries].map(({ currency }) => currency));

/** What it kept of other movements, and what was nothing but a fee. */
const feeMinorOf = (movement: ProcessorMovement): number =>
  houseAccountOf(movement) === "stripe_fees" ? 0 - netOf(movement) : movement.feeMinor;
const processorFees = ({ movements }: Group): number =>
  movements.reduce((sum, movement) => sum + feeMinorOf(movement), 0);
const bookedFees = ({ entries }: Group): number =>
  entries
    .flatMap(({ lines }) => lines)
    .filter(({ account }) => account.of === "platform" && account.account === "stripe_fees")
    .reduce((sum, { account, amount }) => sum + onNormalSide(account, amount), 0);
const feesDiffer = (group: Group): boolean => processorFees(group) !== bookedFees(group);

/** Why what is booked is more, or less, than what moved. */
function kindOfGap(group: Group, gap: number): DifferenceKind {
  const fees = processorFees(group);
  if (bookedFees(group) === 0 && fees !== 0 && gap === fees) return "fee_not_booked";
  // About the same objects: two refunds of one payment may well be alike.
  const once = new Set(
    group.entries.map(({ type, lines, processorIds }) => JSON.stringify([type, lines, processorIds])),
  );
  if (once.size < group.entries.length) return "booked_twice";
  return bookedFees(group) !== fees && gap === fees - bookedFees(group) ? "fee_differs" : "amount_differs";
}

/** Of what the processor alone says, or one entry too many: nothing that lies on another day takes it away. */
const settledKinds: ReadonlySet<DifferenceKind> = new Set(["unconfirmed", "unknown_kind", "currency_differs"]);

/** Whether what the processor knows of other days may make it agree. */
export const mayAgree = ({ kind }: Finding): boolean => !settledKinds.has(kind);
