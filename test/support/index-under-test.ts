/** The index of creators in memory, whose reads are counted as DynamoDB bills them. */
import { memoryTable } from "#shared/adapters/memory/table";
import type { Brief } from "#shared/domain/matching/brief";
import type { CardContent } from "#shared/domain/matching/card";
import { entriesOf, type IndexEntry } from "#shared/domain/matching/index-entry";
import type { TableEngine } from "#shared/table/engine";
import { storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { bestFirst } from "#shared/table/repositories/best-first";
import { fits } from "./crowd-of-creators.ts";
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
  const entries = [...cards].flatMap((card) => entriesOf(card).filter(isKept));
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

/** The best of the index whom nothing leaves out. */
export async function bestByIndex(
  table: TableEngine,
  brief: Brief,
  cards: ReadonlyMap<string, CardContent>,
  count: number,
): Promise<readonly string[]> {
  const best: string[] = [];
  for await (const creatorId of bestFirst(table, brief)) {
    const card = cards.get(creatorId);
    if (card && fits(brief, card)) best.push(creatorId);
    if (best.length === count) return best;
  }
  return best;
}
