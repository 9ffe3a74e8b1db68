/** The index of creators in memory, whose reads are counted as DynamoDB bills them. */
import { memoryTable } from "#shared/adapters/memory/table";
import type { Brief } from "#shared/domain/matching/brief";
import type { CardContent } from "#shared/domain/matching/card";
import { asIndexed, entriesOf, type IndexEntry } from "#shared/domain/matching/index-entry";
import type { Candidates } from "#shared/ports/matching";
import { bestCandidates } from "#shared/application/matching/best-candidates";
import type { TableEngine } from "#shared/table/engine";
import { storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { bestFirst } from "#shared/table/repositories/best-first";
import { anAccount } from "./builders.ts";
import { NOW } from "./crowd-of-creators.ts";
import { itemSize } from "./item-size.ts";

/** Pages of the index that were read, and read units: one for each 4 kB of a consistent query, summed over its items and rounded up. */
export interface Reads {
  pages: number;
  units: number;
}

/** Source: DynamoDB developer guide, "Capacity unit consumption", query. */
const UNIT_BYTES = 4_096;

/** @param isKept entries that are asked for: a million creators' are more than memory has */
export function indexOf(cards: Iterable<CardContent>, isKept: (entry: IndexEntry) => boolean = () => true) {
  const entries = [...cards].flatMap((card) => entriesOf(asIndexed(card)).filter(isKept));
  return metered(memoryTable(entries.map((entry) => storedItem(items.indexEntry, entry))));
}

function metered(table: TableEngine) {
  const reads: Reads = { pages: 0, units: 0 };
  const counted: TableEngine = {
    ...table,
    query: async (query) => {
      const page = await table.query(query);
      reads.pages += 1;
      reads.units += Math.max(1, Math.ceil(page.items.reduce((sum, item) => sum + itemSize(item), 0) / UNIT_BYTES));
      return page;
    },
  };
  return { table: counted, reads };
}

/** The best of the index whom nothing leaves out, as they are proposed. */
export async function bestByIndex(
  table: TableEngine,
  brief: Brief,
  cards: ReadonlyMap<string, CardContent>,
  count: number,
): Promise<{ readonly best: readonly string[]; readonly isExact: boolean }> {
  const candidates: Candidates = {
    inOrder: (asked) => bestFirst(table, asked),
    some: (_campaignId, creatorIds) =>
      Promise.resolve(
        creatorIds.flatMap((id) => {
          const card = cards.get(id);
          return card ? [{ card, account: anAccount({ id }), invitation: undefined, participant: undefined }] : [];
        }),
      ),
  };
  const { best, isExact } = await bestCandidates(candidates, brief, count, NOW);
  return { best: best.map(({ card }) => card.userId), isExact };
}
