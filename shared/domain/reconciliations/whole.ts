/** What does not agree by the days around is looked at whole: with all that was booked of it and moved, whenever that was. */
import { madeSideBySide } from "../kernel/side-by-side.ts";
import type { JournalEntry } from "../ledger/journal-entry.ts";
import type { ProcessorMovement } from "../processor/movement.ts";
import { type BothSides, type Group, joined, objectIdsOf, partsOf } from "./groups.ts";
import { bookedLater, mayAgree } from "./judge.ts";
import { differing, type KnownSides } from "./reconcile.ts";

/** Where other days' parts are found, by what they are about. */
export interface Elsewhere {
  readonly journal: {
    about(objectIds: readonly string[]): Promise<readonly JournalEntry[]>;
    some(keys: readonly string[]): Promise<readonly JournalEntry[]>;
  };
  readonly statements: { about(objectIds: readonly string[]): Promise<readonly ProcessorMovement[]> };
  /** Of the run's time, from 1 to 0. */
  shareLeft(): number;
}

/** What must be left of a run's time for a look to begin: what was found has to be written, too. */
const LEFT_TO_LOOK = 0.2;
const LOOKS_AT_ONCE = 4;
/** Groups that the processor is asked about for one day, a few at once: it takes a hundred requests a second from all of us together. */
export const MOST_LOOKS = 2_000;

/**
 * Both sides, and all that belongs to what of the day does not agree by them. Our own entries are looked up first: most of what
 * came late agrees then, and the processor is asked about the rest alone.
 *
 * @param turn how often the day was compared before: where there are too many to look at, the next run goes on with others
 */
export async function wholeSides(
  sides: BothSides,
  date: string,
  turn: number,
  elsewhere: Elsewhere,
): Promise<KnownSides> {
  const suspects = groupsThatDiffer(sides, date);
  if (suspects.length === 0) return sides;
  const ours = joined(sides, { movements: [], entries: await entriesAbout(suspects, elsewhere) });
  const open = groupsThatDiffer(ours, date, mayAgree);
  const looks = await madeSideBySide(whileTime(inTurn(open, turn), elsewhere), LOOKS_AT_ONCE, (group) =>
    elsewhere.statements.about(objectIdsOf(group)),
  );
  const theirs = joined({ movements: [...looks.values()].flat(), entries: [] }, { movements: [], entries: [] });
  const whole = joined(ours, { ...theirs, entries: await entriesAbout([theirs], elsewhere) });
  return { ...whole, unseen: new Set(open.filter((group) => !looks.has(group)).flatMap(partsOf)) };
}

const groupsThatDiffer = (sides: BothSides, date: string, isMeant: typeof mayAgree = () => true): readonly Group[] =>
  differing(sides, date)
    .filter(isMeant)
    .map(({ group }) => group);

/** By the objects that they name; the house's own by their keys as well, under which those are that were booked before there was such a list. */
async function entriesAbout(groups: readonly Group[], { journal }: Elsewhere): Promise<readonly JournalEntry[]> {
  const [named, keyed] = await Promise.all([
    journal.about([...new Set(groups.flatMap(objectIdsOf))]),
    journal.some(groups.flatMap(bookedLater)),
  ]);
  return [...named, ...keyed];
}

/** Steps by it fall evenly over a whole, whatever its size, and never twice on one place. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/** As many as are looked at, each time from another place: however few a run has time for, each has its turn within some runs. */
export function inTurn<T>(groups: readonly T[], turn: number): readonly T[] {
  const from = Math.floor(((turn * GOLDEN_RATIO) % 1) * groups.length);
  return [...groups.slice(from), ...groups.slice(0, from)].slice(0, MOST_LOOKS);
}

function* whileTime(groups: readonly Group[], { shareLeft }: Elsewhere): Generator<Group> {
  for (const group of groups) {
    if (shareLeft() < LEFT_TO_LOOK) return;
    yield group;
  }
}
