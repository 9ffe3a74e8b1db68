import type * as z from "zod";
import type { Page, PageRequest, Position } from "#shared/ports/page";
import type { Item, TableEngine } from "#shared/table/engine";
import type { Listing } from "#shared/table/item";
import { chunksOf, type List, type Place, READ_AT_ONCE } from "./reading.ts";

/** Chunks that are read for one page at most, however few things in them match. A page without a filter needs no more. */
const MOST_CHUNKS = 4;

/**
 * Bytes of a page's things as JSON, before it ends early. Lambda replies with 6 MB at most (its quotas, "Invocation payload");
 * a body is text inside the reply's JSON, which may double it; what an action adds to a thing is small.
 */
export const PAGE_BYTES = 2_000_000;

/** Our ids begin with their time, so the other way round is from the newest. */
export const newestFirst = (list: List): readonly Listing[] =>
  [list].flat().map((listing) => ({ ...listing, descending: true }));

/**
 * One page of parsed things. It may be short and still have a next one: when few of those that were looked at match, or when
 * they are large.
 */
export const pageOf = <S extends z.ZodType>(
  table: TableEngine,
  list: List,
  shape: S,
  page: PageRequest,
  matches: (thing: z.output<S>) => boolean = () => true,
): Promise<Page<z.output<S>>> =>
  pageThrough(table, list, page, (items) => {
    const things = items.map((item) => shape.parse(item));
    return Promise.resolve(things.map((thing) => (matches(thing) ? thing : undefined)));
  });

/** The thing of each item, or undefined to skip it. */
type Resolve<T> = (items: readonly Item[]) => Promise<readonly (T | undefined)[]>;

/** As `pageOf`, for lists whose items point elsewhere. */
export async function pageThrough<T>(
  table: TableEngine,
  list: List,
  page: PageRequest,
  resolve: Resolve<T>,
): Promise<Page<T>> {
  const found: T[] = [];
  let [chunks, bytes] = [0, 0];
  let next: Position | undefined;
  // One more than the page holds tells whether there is a next one.
  for await (const places of chunksOf(table, list, page.limit + 1, page.after)) {
    for (const { at, thing } of await resolvedAt(places, resolve)) {
      bytes += bytesOf(thing);
      if (next && (found.length === page.limit || bytes > PAGE_BYTES)) return { items: found, next };
      found.push(thing);
      next = at;
    }
    chunks += 1;
    const last = places.at(-1);
    if (last && chunks === MOST_CHUNKS) return { items: found, next: last.at };
  }
  return { items: found };
}

async function resolvedAt<T>(places: readonly Place[], resolve: Resolve<T>) {
  const present = places.flatMap(({ at, item }) => (item === undefined ? [] : [{ at, item }]));
  const things = await resolve(present.map(({ item }) => item));
  return present.flatMap(({ at }, nth) => {
    const thing = things[nth];
    return thing === undefined ? [] : [{ at, thing }];
  });
}

const bytesOf = (thing: unknown): number => Buffer.byteLength(JSON.stringify(thing));

/** A list's things that match, read chunk by chunk as they are asked for. */
export async function* eachOf<S extends z.ZodType>(
  table: TableEngine,
  list: List,
  shape: S,
  matches: (thing: z.output<S>) => boolean = () => true,
): AsyncIterable<z.output<S>> {
  for await (const places of chunksOf(table, list, READ_AT_ONCE))
    yield* places.flatMap(({ item }) => (item === undefined ? [] : [shape.parse(item)])).filter(matches);
}

/** Everything of a list that must be read whole; of a spread one partition by partition, all of them side by side. */
export const everyOf = <S extends z.ZodType>(table: TableEngine, list: List, shape: S): Promise<z.output<S>[]> =>
  ofParts(list, async (part) => {
    const all: z.output<S>[] = [];
    for await (const thing of eachOf(table, part, shape)) all.push(thing);
    return all;
  });

const ofParts = async <T>(list: List, read: (part: Listing) => Promise<T[]>): Promise<T[]> =>
  (await Promise.all([list].flat().map(read))).flat();

/**
 * Everything that a list names, as it is now, each once: also what moves within the list while it is read, which `everyOf`
 * may miss, and what has left it since the index was written.
 */
export const everyNamed = <S extends z.ZodType>(table: TableEngine, list: List, shape: S): Promise<z.output<S>[]> =>
  ofParts(list, async (part) => {
    const named = new Map<string, Item>();
    for await (const places of chunksOf(table, part, READ_AT_ONCE))
      for (const { anywhere } of places)
        if (anywhere !== undefined) named.set(JSON.stringify([anywhere["pk"], anywhere["sk"]]), anywhere);
    return [...named.values()].map((item) => shape.parse(item));
  });

/** Parses an item that may be missing. */
export const parsed = <S extends z.ZodType>(shape: S, item: Item | undefined): z.output<S> | undefined =>
  item === undefined ? undefined : shape.parse(item);
