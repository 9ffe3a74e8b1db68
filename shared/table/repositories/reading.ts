/** Lists read in order, chunk by chunk: from the table, or from an index and then the things themselves. */
import type { Position } from "#shared/ports/page";
import type { Item, Key, QueryResult, TableEngine } from "#shared/table/engine";
import type { Listing } from "#shared/table/item";
import { type IndexName, schema } from "#shared/table/schema";

/** One query, or those of a spread listing, all in one direction. */
export type List = Listing | readonly Listing[];

/** One place of a list. */
export interface Place {
  readonly at: Position;
  /** What is there, strongly consistent; missing when it has left the list since the index was written. */
  readonly item: Item | undefined;
  /** The same, also when it has moved within the list or left it. Missing when it is gone. */
  readonly anywhere: Item | undefined;
}

/** Items read at once. */
export const READ_AT_ONCE = 100;

/** One partition of a list, and what was read of it ahead of its turn. */
interface Source {
  readonly listing: Listing;
  waiting: readonly Item[];
  after: Position | undefined;
  ended: boolean;
}

/**
 * A list in chunks that are never empty: of `first` places at most, then of a hundred, each one query of each partition. Partitions are merged by their sort
 * keys, so that one position, of whichever partition, is where all of them go on.
 */
export async function* chunksOf(
  table: TableEngine,
  list: List,
  first: number,
  from?: Position,
): AsyncIterable<readonly Place[]> {
  const sources = [list].flat().map((listing): Source => ({
    listing,
    waiting: [],
    after: from && { ...from, [keysOf(listing.index).partitionKey]: listing.partition },
    ended: false,
  }));
  for (let size = first; ; size = READ_AT_ONCE) {
    const chunk = await nextOf(table, sources, size);
    if (chunk.length === 0) return;
    yield await placesOf(table, chunk, sources[0]?.listing.index);
  }
}

const keysOf = (index: IndexName | undefined) => (index === undefined ? schema : schema.indexes[index]);

/**
 * The next places of all sources together, at most `size` of them; none at the end. Whichever has less than its part waiting is
 * read on first, with the others: the chunk would end where one runs dry.
 */
async function nextOf(table: TableEngine, sources: readonly Source[], size: number): Promise<readonly Item[]> {
  const chunk: Item[] = [];
  const share = shareOf(size, sources.length);
  while (chunk.length === 0) {
    const short = sources.filter(({ waiting, ended }) => waiting.length < share && !ended);
    await Promise.all(short.map((source) => readOn(table, source, share)));
    if (sources.every(({ waiting, ended }) => waiting.length === 0 && ended)) return [];
    for (let next = nextSource(sources); next && chunk.length < size; next = nextSource(sources)) {
      const [item, ...others] = next.waiting;
      if (item) chunk.push(item);
      next.waiting = others;
    }
  }
  return chunk;
}

/** Partitions are alike but not equal: with twice its part, hardly one ends a chunk early. */
const shareOf = (size: number, sources: number): number => (sources === 1 ? size : Math.ceil((2 * size) / sources));

async function readOn(table: TableEngine, source: Source, limit: number): Promise<void> {
  const { listing, after } = source;
  const reply = await table.query({ ...listing, limit, ...(after && { after }) });
  source.waiting = [...source.waiting, ...reply.items];
  source.after = reply.next;
  source.ended = reply.next === undefined;
}

/** Whose turn it is; nobody's while a source has to be read on first. */
function nextSource(sources: readonly Source[]): Source | undefined {
  if (sources.some(({ waiting, ended }) => waiting.length === 0 && !ended)) return undefined;
  const ready = sources.filter(({ waiting }) => waiting.length > 0);
  return ready.reduce<Source | undefined>((first, one) => (first && !isBefore(one, first) ? first : one), undefined);
}

function isBefore(one: Source, other: Source): boolean {
  const { sortKey } = keysOf(one.listing.index);
  const [a, b] = [String(one.waiting[0]?.[sortKey]), String(other.waiting[0]?.[sortKey])];
  return one.listing.descending === true ? a > b : a < b;
}

async function placesOf(table: TableEngine, found: readonly Item[], index: IndexName | undefined): Promise<Place[]> {
  const { partitionKey, sortKey } = keysOf(index);
  const attributes = [...new Set([schema.partitionKey, schema.sortKey, partitionKey, sortKey])];
  const positionOf = (item: Item): Position => Object.fromEntries(attributes.map((name) => [name, String(item[name])]));
  if (index === undefined) return found.map((item) => ({ at: positionOf(item), item, anywhere: item }));
  const things = await thingsAt(table, found.map(keyOf));
  return found.map((entry) => {
    const item = things.get(nameOf(keyOf(entry)));
    const isThere = item?.[partitionKey] === entry[partitionKey] && item?.[sortKey] === entry[sortKey];
    return { at: positionOf(entry), item: isThere ? item : undefined, anywhere: item };
  });
}

/** While a thing moves within an index, its key may be found twice; it is read once. */
async function thingsAt(table: TableEngine, keys: readonly Key[]): Promise<ReadonlyMap<string, Item>> {
  const each = new Map(keys.map((key) => [nameOf(key), key]));
  const items = await table.getMany([...each.values()]);
  return new Map(items.map((item) => [nameOf(keyOf(item)), item]));
}

const keyOf = (item: Item): Key => ({ pk: String(item[schema.partitionKey]), sk: String(item[schema.sortKey]) });
const nameOf = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);

/** As many as DynamoDB looks at in one query at most: it ends a page at 1 MB, and nothing of ours is smaller than this. */
const COUNTED_AT_ONCE = 10_000;

/** How many places a list has, without reading what is in them. */
export async function countOf(table: TableEngine, list: Listing): Promise<number> {
  let [count, next]: [number, Position | undefined] = [0, undefined];
  do {
    const page: QueryResult = await table.query({ ...list, limit: COUNTED_AT_ONCE, ...(next && { after: next }) });
    [count, next] = [count + page.items.length, page.next];
  } while (next !== undefined);
  return count;
}

/** Things whose parts are asked for at once: the proof has to be done while a client waits. */
const AT_ONCE = 16;

/** What is read of each, by what it was read of. */
export async function ofEach<K, T>(those: readonly K[], read: (one: K) => Promise<T>): Promise<Map<K, T>> {
  const answers = new Map<K, T>();
  for (let at = 0; at < those.length; at += AT_ONCE)
    await Promise.all(those.slice(at, at + AT_ONCE).map(async (one) => answers.set(one, await read(one))));
  return answers;
}
