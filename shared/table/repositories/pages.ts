import type * as z from "zod";
import type { Page, PageRequest, Position } from "#shared/ports/page";
import type { Item, TableEngine } from "#shared/table/engine";
import type { Listing } from "#shared/table/item";
import { schema } from "#shared/table/schema";

/** Items read at once while looking for those that match. */
const READ_AT_ONCE = 100;

/** Our ids begin with their time, so the other way round is from the newest. */
export const newestFirst = (listing: Listing): Listing => ({ ...listing, descending: true });

/**
 * One page of parsed things. With a filter it reads on until the page is full or the list ends, so that a page is
 * short only when it is the last.
 */
export const pageOf = <S extends z.ZodType>(
  table: TableEngine,
  listing: Listing,
  shape: S,
  page: PageRequest,
  matches: (thing: z.output<S>) => boolean = () => true,
): Promise<Page<z.output<S>>> =>
  pageThrough(table, listing, page, (items) => {
    const things = items.map((item) => shape.parse(item));
    return Promise.resolve(things.map((thing) => (matches(thing) ? thing : undefined)));
  });

/** As `pageOf`, for lists whose items point elsewhere: `resolve` gives the thing of each item, or undefined to skip it. */
export async function pageThrough<T>(
  table: TableEngine,
  listing: Listing,
  page: PageRequest,
  resolve: (items: readonly Item[]) => Promise<readonly (T | undefined)[]>,
): Promise<Page<T>> {
  const found: { readonly thing: T; readonly item: Item }[] = [];
  // One more than the page holds tells whether there is a next one.
  for await (const items of chunksOf(table, listing, page.limit + 1, page.after)) {
    const things = await resolve(items);
    for (const [at, item] of items.entries()) {
      const thing = things[at];
      if (thing !== undefined) found.push({ thing, item });
    }
    const last = found[page.limit - 1];
    if (last !== undefined && found.length > page.limit) {
      return { items: found.slice(0, page.limit).map(({ thing }) => thing), next: positionAt(last.item, listing) };
    }
  }
  return { items: found.map(({ thing }) => thing) };
}

/** A listing in chunks: the first of `first` items, then larger ones. */
async function* chunksOf(
  table: TableEngine,
  listing: Listing,
  first: number,
  from?: Position,
): AsyncIterable<readonly Item[]> {
  let after = from;
  let limit = first;
  do {
    const reply = await table.query({ ...listing, limit, ...(after && { after }) });
    yield reply.items;
    after = reply.next;
    limit = READ_AT_ONCE;
  } while (after !== undefined);
}

/** A list's things that match, read chunk by chunk as they are asked for. */
export async function* eachOf<S extends z.ZodType>(
  table: TableEngine,
  listing: Listing,
  shape: S,
  matches: (thing: z.output<S>) => boolean = () => true,
): AsyncIterable<z.output<S>> {
  for await (const items of chunksOf(table, listing, READ_AT_ONCE))
    yield* items.map((item) => shape.parse(item)).filter(matches);
}

/** Everything of a list that must be read whole. */
export async function everyOf<S extends z.ZodType>(
  table: TableEngine,
  listing: Listing,
  shape: S,
): Promise<z.output<S>[]> {
  const all: z.output<S>[] = [];
  for await (const thing of eachOf(table, listing, shape)) all.push(thing);
  return all;
}

function positionAt(item: Item, { index }: Listing): Position {
  const { partitionKey, sortKey } = index === undefined ? schema : schema.indexes[index];
  const attributes = new Set([schema.partitionKey, schema.sortKey, partitionKey, sortKey]);
  return Object.fromEntries([...attributes].map((name) => [name, String(item[name])]));
}

/** Parses an item that may be missing. */
export const parsed = <S extends z.ZodType>(shape: S, item: Item | undefined): z.output<S> | undefined =>
  item === undefined ? undefined : shape.parse(item);
