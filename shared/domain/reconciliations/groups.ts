/** Both sides of a comparison, and what of them belongs together: whatever is about the same objects of the processor. */
import { dayOf } from "../kernel/time.ts";
import { onNormalSide } from "../ledger/account.ts";
import type { JournalEntry, Line } from "../ledger/journal-entry.ts";
import type { ProcessorMovement } from "../processor/movement.ts";

/** What is compared. Both sides reach over the day's edges: a charge of the last minute is booked after midnight. */
export interface BothSides {
  readonly movements: readonly ProcessorMovement[];
  readonly entries: readonly JournalEntry[];
}

/** Movements and entries about the same objects of the processor. Never empty. */
export type Group = BothSides;

const isProcessors = ({ account }: Line): boolean => account.of === "platform" && account.account === "stripe_balance";

/** The processor's money that an entry moves; nothing for entries that are between ourselves. */
export const booksMinorOf = ({ lines }: JournalEntry): number =>
  lines.filter(isProcessors).reduce((sum, { account, amount }) => sum + onNormalSide(account, amount), 0);

const isAboutProcessor = ({ lines, processorIds = [] }: JournalEntry): boolean =>
  processorIds.length > 0 || lines.some(isProcessors);

/** Objects of the processor that a group is about. */
export const objectIdsOf = ({ movements, entries }: Group): readonly string[] => [
  ...new Set([
    ...movements.flatMap(({ id, objectIds }) => [...objectIds, id]),
    ...entries.flatMap(({ processorIds = [] }) => processorIds),
  ]),
];

/** Names of a group's parts, of which each is in one group alone. */
export const partsOf = ({ movements, entries }: Group): readonly string[] => [
  ...movements.map(({ id }) => id),
  ...entries.map(({ key }) => key),
];

const movedOn = ({ movements }: Group, date: string): boolean =>
  movements.some(({ createdAt }) => dayOf(createdAt) === date);
const postedOn = ({ entries }: Group, date: string): boolean =>
  entries.some(({ postedAt }) => dayOf(postedAt) === date);

/** Whose totals it is in: the days of its movements, and only where the processor knows of none those of its entries. */
export const belongsTo = (group: Group, date: string): boolean =>
  group.movements.length > 0 ? movedOn(group, date) : postedOn(group, date);

/**
 * Who names it when it does not agree: besides the days of its movements those on which something was posted about it. A day
 * that has matched is not compared again, so that what is booked wrongly later would be named by nobody.
 */
export const concerns = (group: Group, date: string): boolean => movedOn(group, date) || postedOn(group, date);

/** Both, with what is on either twice taken once. */
export const joined = (some: BothSides, more: BothSides): BothSides => ({
  movements: [...new Map([...some.movements, ...more.movements].map((one) => [one.id, one])).values()],
  entries: [...new Map([...some.entries, ...more.entries].map((one) => [one.key, one])).values()],
});

/** Joins what shares an object, however long the chain. */
export function groupsOf({ movements, entries }: BothSides): readonly Group[] {
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
