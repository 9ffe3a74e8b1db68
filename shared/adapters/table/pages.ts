import type * as z from "zod";
import type { Page, PageRequest, Position } from "#shared/ports/page";
import type { Item, Query, TableEngine } from "#shared/table/engine";
import { schema } from "#shared/table/schema";

/** Items read at once while looking for those that match. */
const READ_AT_ONCE = 100;

type Listing = Omit<Query, "limit" | "after">;
interface Pattern {
  readonly pk: string;
  readonly prefix: string;
}

/** A listing of the table itself by one of `patterns`. */
export const inTable = ({ pk, prefix }: Pattern, descending = false): Listing => ({
  partition: pk,
  prefix,
  descending,
});

/**
 * One page of parsed things. With a filter it reads on until the page is full or the list ends, so that a page is
 * short only when it is the last.
 */
export async function pageOf<S extends z.ZodType>(
  table: TableEngine,
  listing: Listing,
  shape: S,
  page: PageRequest,
  matches: (thing: z.output<S>) => boolean = () => true,
): Promise<Page<z.output<S>>> {
  const found: { readonly thing: z.output<S>; readonly item: Item }[] = [];
  // One more than the page holds tells whether there is a next one.
  for await (const item of itemsOf(table, listing, page.limit + 1, page.after)) {
    const thing = shape.parse(item);
    if (!matches(thing)) continue;
    const last = found.at(-1);
    if (last !== undefined && found.length === page.limit) {
      return { items: found.map((one) => one.thing), next: positionAt(last.item, listing) };
    }
    found.push({ thing, item });
  }
  return { items: found.map((one) => one.thing) };
}

/** Items of a listing one by one, read `first` at once and then more. */
async function* itemsOf(table: TableEngine, listing: Listing, first: number, from?: Position): AsyncIterable<Item> {
  let after = from;
  let limit = first;
  do {
    const reply = await table.query({ ...listing, limit, ...(after && { after }) });
    yield* reply.items;
    after = reply.next;
    limit = READ_AT_ONCE;
  } while (after !== undefined);
}

/** Everything of a bounded list. */
export async function everyOf<S extends z.ZodType>(
  table: TableEngine,
  listing: Listing,
  shape: S,
): Promise<z.output<S>[]> {
  const all: z.output<S>[] = [];
  for await (const thing of streamOf(table, listing, shape)) all.push(thing);
  return all;
}

/** Everything of a list, page by page. */
export async function* streamOf<S extends z.ZodType>(
  table: TableEngine,
  listing: Listing,
  shape: S,
): AsyncIterable<z.output<S>> {
  for await (const item of itemsOf(table, listing, READ_AT_ONCE)) yield shape.parse(item);
}

function positionAt(item: Item, { index }: Listing): Position {
  const { partitionKey, sortKey } = index === undefined ? schema : schema.indexes[index];
  const attributes = new Set([schema.partitionKey, schema.sortKey, partitionKey, sortKey]);
  return Object.fromEntries([...attributes].map((name) => [name, String(item[name])]));
}

/** Parses an item that may be missing. */
export const parsed = <S extends z.ZodType>(shape: S, item: Item | undefined): z.output<S> | undefined =>
  item === undefined ? undefined : shape.parse(item);
