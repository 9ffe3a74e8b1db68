/** Compares a day of the processor's movements with a day of our entries, object by object. Pure. */
import type { Currency } from "../kernel/money.ts";
import { type Instant, plusDays } from "../kernel/time.ts";
import { onNormalSide } from "../ledger/account.ts";
import { houseMovementKey, isHouseMovement } from "../ledger/house-movement.ts";
import type { JournalEntry, Line } from "../ledger/journal-entry.ts";
import { dayOf, MARGIN_DAYS } from "./days.ts";
import { type Finding, type Group, toDifference } from "./explain.ts";
import { bookedBy, houseAccountOf } from "../processor/movement-kinds.ts";
import { netOf, type ProcessorMovement } from "../processor/movement.ts";
import type { Difference, Reconciliation } from "./reconciliation.ts";

/**
 * What is compared. Both sides reach over the day's edges: a charge of the last minute is booked after midnight.
 */
export interface BothSides {
  readonly movements: readonly ProcessorMovement[];
  readonly entries: readonly JournalEntry[];
}

/** Differences that are stored; a day that has more is beyond reading one by one. */
export const DIFFERENCES_STORED = 250;

/** @param date the UTC day, `YYYY-MM-DD`: what happened on it on either side is judged, with what belongs to it on any day */
export function reconcile(sides: BothSides, date: string, now: Instant): Omit<Reconciliation, "version"> {
  const groups = groupsOf(sides).filter((group) => isOfDay(group, date));
  const found = groups.map((group) => ({ group, findings: findingsOf(group) }));
  const differences = found.flatMap(({ findings }) => findings.map(toDifference));
  const agreeing = found.flatMap(({ group, findings }) => (findings.length === 0 ? [group] : []));
  return {
    date,
    status: differences.length === 0 ? "matched" : "differs",
    totals: totalsOf(groups, agreeing),
    differenceCount: differences.length,
    differences: differences.slice(0, DIFFERENCES_STORED),
    reconciledAt: now,
  };
}

const isProcessors = ({ account }: Line): boolean => account.of === "platform" && account.account === "stripe_balance";

/** The processor's money that an entry moves; nothing for entries that are between ourselves. */
export const booksMinorOf = ({ lines }: JournalEntry): number =>
  lines.filter(isProcessors).reduce((sum, { account, amount }) => sum + onNormalSide(account, amount), 0);

const isAboutProcessor = ({ lines, processorIds = [] }: JournalEntry): boolean =>
  processorIds.length > 0 || lines.some(isProcessors);

/** Joins what shares an object, however long the chain. */
function groupsOf({ movements, entries }: BothSides): Group[] {
  const parts = [
    ...movements.map((movement) => ({ ids: [movement.id, ...movement.objectIds], movement })),
    ...entries
      .filter(isAboutProcessor)
      .map((entry) => ({ ids: [`entry ${entry.key}`, ...(entry.processorIds ?? [])], entry })),
  ];
  const roots = new Map<string, string>();
  const rootOf = (id: string): string => {
    const above = roots.get(id) ?? id;
    if (above === id) return id;
    const root = rootOf(above);
    roots.set(id, root);
    return root;
  };
  for (const { ids } of parts) {
    const [first = "", ...others] = ids;
    for (const other of others) roots.set(rootOf(other), rootOf(first));
  }
  const groups = new Map<string, { movements: ProcessorMovement[]; entries: JournalEntry[] }>();
  for (const part of parts) {
    const root = rootOf(part.ids[0] ?? "");
    const group = groups.get(root) ?? { movements: [], entries: [] };
    if ("movement" in part) group.movements.push(part.movement);
    else group.entries.push(part.entry);
    groups.set(root, group);
  }
  return [...groups.values()];
}

/**
 * By the processor's day where it knows of it, else by ours. What is booked of a day that is not read here any more belongs to
 * that one's comparison: the house's own movements are booked when somebody has found out why.
 */
const isOfDay = ({ movements, entries }: Group, date: string): boolean =>
  movements.length > 0
    ? movements.some(({ createdAt }) => dayOf(createdAt) === date)
    : entries.some(
        ({ key, postedAt, effectiveAt }) =>
          dayOf(postedAt) === date &&
          !(isHouseMovement(key) && effectiveAt < plusDays(`${date}T00:00:00.000Z`, -MARGIN_DAYS)),
      );

/** Keys under which the house's own movements are booked that none of these entries name, if they are: on whatever day. */
export const bookedLater = ({ movements, entries }: BothSides): readonly string[] =>
  unnamed(movements, entries).map(({ id }) => houseMovementKey(id));

/** Of the house's own movements, those that no entry names. */
function unnamed(movements: readonly ProcessorMovement[], entries: readonly JournalEntry[]): ProcessorMovement[] {
  const named = new Set(entries.flatMap(({ processorIds = [] }) => processorIds));
  return movements.filter((movement) => houseAccountOf(movement) !== undefined && !named.has(movement.id));
}

function findingsOf(group: Group): Finding[] {
  const { movements, entries } = group;
  const processorMinor = movements.reduce((sum, movement) => sum + netOf(movement), 0);
  const booksMinor = entries.reduce((sum, entry) => sum + booksMinorOf(entry), 0);
  const finding = (kind: Difference["kind"]): Finding[] => [{ kind, group, processorMinor, booksMinor }];
  if (movements.length === 0) return booksMinor === 0 ? [] : finding("not_at_processor");
  const missing = missingIn(group);
  if (missing !== undefined) return finding(missing);
  if (currenciesOf(group).size > 1) return finding("currency_differs");
  if (processorMinor === booksMinor) return feesDiffer(group) ? finding("fee_differs") : [];
  return finding(kindOfGap(group, booksMinor - processorMinor));
}

/** Why something that moved is in no entry. */
function missingIn({ movements, entries }: Group): Difference["kind"] | undefined {
  if (movements.some((movement) => bookedBy(movement) === undefined)) return "unknown_kind";
  if (unnamed(movements, entries).length > 0) return "unconfirmed";
  return entries.length === 0 ? "not_booked" : undefined;
}

const currenciesOf = ({ movements, entries }: Group): Set<Currency> =>
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
function kindOfGap(group: Group, gap: number): Difference["kind"] {
  const fees = processorFees(group);
  if (bookedFees(group) === 0 && fees !== 0 && gap === fees) return "fee_not_booked";
  const once = new Set(group.entries.map(({ type, lines }) => JSON.stringify([type, lines])));
  if (once.size < group.entries.length) return "booked_twice";
  return bookedFees(group) !== fees && gap === fees - bookedFees(group) ? "fee_differs" : "amount_differs";
}

function totalsOf(groups: readonly Group[], agreeing: readonly Group[]): Reconciliation["totals"] {
  const currencies = new Set(groups.flatMap((group) => [...currenciesOf(group)]));
  return [...currencies].sort().map((currency) => {
    const own = <T extends { readonly currency: Currency }>(things: readonly T[]) =>
      things.filter((thing) => thing.currency === currency);
    return {
      currency,
      matched: agreeing.filter((group) => currenciesOf(group).has(currency)).length,
      processorMinor: own(groups.flatMap(({ movements }) => movements)).reduce((sum, one) => sum + netOf(one), 0),
      booksMinor: own(groups.flatMap(({ entries }) => entries)).reduce((sum, one) => sum + booksMinorOf(one), 0),
    };
  });
}
