import {
  chainOf,
  headOf,
  MOST_IN_A_SEAL,
  nextSeal,
  SealHead,
  type Seal,
  type WrittenEntry,
} from "#shared/domain/audit/seal";
import { CLOCKS_APART_MS } from "#shared/domain/audit/verify-seals";
import { type Instant, plusMilliseconds } from "#shared/domain/kernel/time";
import type { SealingOutcome, Seals } from "#shared/ports/seals";
import { ConditionsFailed, type TableEngine } from "#shared/table/engine";
import { itemKey, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { parsed } from "./pages.ts";
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
        const made: SealHead[] = [];
        try {
          for await (const seal of sealsOf(table, latelyOf(chain), chain, entries, now)) made.push(headOf(seal));
          return { made, failures: [] };
        } catch (error) {
          return { made, failures: [{ keys: [...entries.keys()], error }] };
        }
      });
      const all = await Promise.all(outcomes);
      return { made: all.flatMap(({ made }) => made), failures: all.flatMap(({ failures }) => failures) };
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
async function* sealsOf(
  table: TableEngine,
  lately: SealedLately,
  chain: number,
  entries: Entries,
  now: Instant,
): AsyncIterable<Seal> {
  for (let attempt = 1, left = entries.size; left > 0;) {
    try {
      const step = await sealSome(table, lately, chain, entries, now, attempt < ATTEMPTS ? "refuse" : "pass");
      if (step.seal) yield step.seal;
      left = step.left;
    } catch (error) {
      const moved = error instanceof ConditionsFailed || error instanceof SealNotThere;
      if (!moved || attempt >= ATTEMPTS) throw error;
      attempt += 1;
    }
  }
}

/** One seal of those that are not sealed, if there are any, and how many of them are left. */
async function sealSome(
  table: TableEngine,
  lately: SealedLately,
  chain: number,
  entries: Entries,
  now: Instant,
  gaps: "refuse" | "pass",
): Promise<{ readonly seal?: Seal; readonly left: number }> {
  const head = parsed(SealHead, await table.get(itemKey(items.sealHead, { chain })));
  const sealed = await lately.among(new Set(entries.keys()), head, sinceWhen(entries), gaps);
  const waiting = [...entries.values()].filter(({ key }) => !sealed.has(key));
  if (waiting.length === 0) return { left: 0 };
  const seal = nextSeal(chain, head, waiting.slice(0, MOST_IN_A_SEAL), now);
  await append(table, seal, head);
  lately.add(seal);
  return { seal, left: waiting.length - seal.entries.length };
}

/** Before this, none of the entries was there. */
function sinceWhen(entries: Entries): Instant {
  const earliest = [...entries.values()].map(({ writtenAt }) => writtenAt).reduce((a, b) => (a < b ? a : b));
  return plusMilliseconds(earliest, -CLOCKS_APART_MS);
}

/** The seal and the move of its head, or neither: a hash holds its place and all before it. @throws ConditionsFailed when another was there first. */
const append = (table: TableEngine, seal: Seal, head: SealHead | undefined): Promise<void> =>
  table.transact([
    { kind: "put", item: storedItem(items.seal, seal), when: { absent: true } },
    {
      kind: "put",
      item: storedItem(items.sealHead, headOf(seal)),
      when: head === undefined ? { absent: true } : { equals: { hash: head.hash } },
    },
  ]);
