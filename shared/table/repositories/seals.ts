import {
  chainOf,
  CLOCKS_APART_MS,
  headOf,
  MOST_IN_A_SEAL,
  nextSeal,
  type Seal,
  type WrittenEntry,
} from "#shared/domain/audit/seal";
import { type Instant, plusMilliseconds } from "#shared/domain/kernel/time";
import type { LostHead, SealingOutcome, Seals } from "#shared/ports/seals";
import { type Condition, ConditionsFailed, type TableEngine } from "#shared/table/engine";
import { itemKey, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { chainEnd } from "./chain-ends.ts";
import { SealedLately, SealNotThere } from "./sealed-lately.ts";

/** How often a chain's head may move under us before its entries are given back to come again. */
const ATTEMPTS = 10;

/** Seals entries into the table; see the port for what it promises. */
export function storedSeals(table: TableEngine): Seals {
  const chains = new Map<number, SealedLately>();
  const latelyOf = (chain: number): SealedLately => {
    const lately = chains.get(chain) ?? new SealedLately(table, chain);
    chains.set(chain, lately);
    return lately;
  };
  return {
    async seal(written, now) {
      const outcomes = [...byChain(written)].map(async ([chain, entries]): Promise<SealingOutcome> => {
        const all: Made[] = [];
        const outcome = () => ({ made: all.map(({ seal }) => headOf(seal)), lost: all.flatMap(({ lost }) => lost) });
        try {
          for await (const made of sealsOf(latelyOf(chain), table, entries, now)) all.push(made);
          return { ...outcome(), failures: [] };
        } catch (error) {
          return { ...outcome(), failures: [{ keys: [...entries.keys()], error }] };
        }
      });
      const all = await Promise.all(outcomes);
      return {
        made: all.flatMap(({ made }) => made),
        lost: all.flatMap(({ lost }) => lost),
        failures: all.flatMap(({ failures }) => failures),
      };
    },
  };
}

type Entries = ReadonlyMap<string, WrittenEntry>;

/** By the chain, then by the key: one that a batch brings twice is one. */
function byChain(written: readonly WrittenEntry[]): Map<number, Entries> {
  const chains = new Map<number, Map<string, WrittenEntry>>();
  for (const entry of written) {
    const chain = chainOf(entry.key);
    chains.set(chain, (chains.get(chain) ?? new Map<string, WrittenEntry>()).set(entry.key, entry));
  }
  return chains;
}

/** Makes seals until all entries are sealed, by us or by others. */
async function* sealsOf(lately: SealedLately, table: TableEngine, entries: Entries, now: Instant): AsyncIterable<Made> {
  for (let attempt = 1, looks = 1, left = entries.size; left > 0;) {
    try {
      const step = await sealSome(lately, table, entries, now, {
        isDoubted: attempt === ATTEMPTS,
        gaps: looks === ATTEMPTS ? "pass" : "refuse",
      });
      if (step.made) yield step.made;
      left = step.left;
    } catch (error) {
      if (error instanceof SealNotThere) looks += 1;
      else if (error instanceof ConditionsFailed && attempt < ATTEMPTS) attempt += 1;
      else throw error;
    }
  }
}

interface Doubts {
  /** The chain itself, and not others who seal into it, may be what was in the way. */
  readonly isDoubted: boolean;
  /** Whether a seal that is not there is on its way. */
  readonly gaps: "refuse" | "pass";
}

interface Made {
  readonly seal: Seal;
  readonly lost: readonly LostHead[];
}

/** One seal of those that are not sealed, if there are any, and how many of them are left. */
async function sealSome(
  lately: SealedLately,
  table: TableEngine,
  entries: Entries,
  now: Instant,
  { isDoubted, gaps }: Doubts,
): Promise<{ readonly made?: Made; readonly left: number }> {
  const { chain } = lately;
  const end = await chainEnd(table, chain, now, isDoubted);
  const { sealed, isLastUnseen } = await lately.among(new Set(entries.keys()), end.place, sinceWhen(entries), gaps);
  const waiting = [...entries.values()].filter(({ key }) => !sealed.has(key));
  if (waiting.length === 0) return { left: 0 };
  const seal = nextSeal(chain, end.head, waiting.slice(0, MOST_IN_A_SEAL), now);
  await append(table, seal, end.when, isLastUnseen ? [end.place] : []);
  lately.add(seal);
  const lost = end.isLost ? [{ chain, left: seal.sequence - 1 }] : [];
  return { made: { seal, lost }, left: waiting.length - seal.entries.length };
}

/** Before this, none of the entries was there. */
function sinceWhen(entries: Entries): Instant {
  const earliest = [...entries.values()].map(({ writtenAt }) => writtenAt).reduce((a, b) => (a < b ? a : b));
  return plusMilliseconds(earliest, -CLOCKS_APART_MS);
}

/**
 * The seal and the move of its head, or neither: a hash holds its place and all before it.
 *
 * @param empty a place that reads as empty, and must be: a query may not see yet what holds the very entries of this seal, while
 * a condition meets whatever is under way
 * @throws ConditionsFailed when another was there first.
 */
const append = (table: TableEngine, seal: Seal, when: Condition, empty: readonly number[]): Promise<void> =>
  table.transact([
    { kind: "put", item: storedItem(items.seal, seal), when: { absent: true } },
    { kind: "put", item: storedItem(items.sealHead, headOf(seal)), when },
    ...empty.map((sequence) => ({
      kind: "check" as const,
      key: itemKey(items.seal, { chain: seal.chain, sequence }),
      when: { absent: true as const },
    })),
  ]);
