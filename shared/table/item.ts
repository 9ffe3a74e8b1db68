/** What a declaration of a stored kind (items/) says, and everything that follows from it. Nothing else spells a key. */
import { createHash } from "node:crypto";
import type { Item, Key, Query } from "./engine.ts";
import { type IndexName, schema } from "./schema.ts";

type Id = string | number;
/** Fields of a thing that can be written into a key: those it always has. */
type Field<T> = { readonly [K in keyof T & string]-?: T[K] extends Id ? K : never }[keyof T & string];
/** One part of a key: a field, or what a function makes of the thing. The function's name is printed in the key table. */
type Part<T> = Field<T> | ((thing: T) => Id);

/** A partition and the order within it, of the table or of an index. */
interface Place<T> {
  /** Start of its partition keys. No other kind's and no other listing's, so that IAM can tell them apart. */
  readonly prefix: string;
  readonly partition: readonly Part<T>[];
  readonly sort: readonly Part<T>[];
}

/** A list that things are found in by an index. */
interface ListingOf<T> extends Place<T> {
  readonly index: IndexName;
  /** Which things are in it; left out when all are. */
  readonly when?: (thing: T) => boolean;
  /**
   * Over how many partitions it is spread, for a list that everybody's things are in: one partition takes 1,000 write units
   * a second (DynamoDB's developer guide, "Best practices for designing partition keys"), and the newest end of a list gets
   * them all. Its sort keys must differ from thing to thing. Left out for lists of one owner's things.
   */
  readonly spread?: number;
}

/** Days after an instant or a day that a thing names. */
interface Expiry<T> {
  readonly days: number;
  readonly after: Field<T>;
}

/** How one kind of thing is stored. */
export interface Declaration<T> extends Place<T> {
  /** Its name in `items`. */
  readonly kind: string;
  /** A thing is in one of each index at most, at a time. */
  readonly listings?: Readonly<Record<string, ListingOf<T>>>;
  /** When DynamoDB may delete it: days after an instant or a day it names, or at the epoch second it brings along. */
  readonly expires?: Expiry<T> | { readonly at: keyof T & string };
  /** Written once and never changed; nor deleted, unless it is removable. */
  readonly appendOnly?: true;
  /** Sealed into a chain of hashes after it was written. Its partition is its own, so that its partition key names it. */
  readonly sealed?: true;
  /** May be deleted, under a capability that says so: nothing else ever is, but by its expiry. */
  readonly removable?: true;
  /**
   * Of what may be made anew under the key of one that was removed, the field that tells the two apart: their versions both
   * begin at 1, so that by its version alone the second would be taken for the first.
   */
  readonly toldApartBy?: Field<T>;
}

/** Any declaration, for what is asked of all of them. */
export interface AnyDeclaration {
  readonly kind: string;
  readonly prefix: string;
  readonly partition: readonly unknown[];
  readonly sort: readonly unknown[];
  readonly listings?: Readonly<Record<string, ListingDeclaration>>;
  readonly expires?: { readonly days: number; readonly after: string } | { readonly at: string };
  readonly appendOnly?: true;
  readonly sealed?: true;
  readonly removable?: true;
  readonly toldApartBy?: string;
}

/** Any listing. */
export type ListingDeclaration = Pick<AnyDeclaration, "prefix" | "partition" | "sort"> & {
  readonly index: IndexName;
  readonly spread?: number;
  readonly when?: unknown;
};

/** A query that still lacks the size of its page. */
export type Listing = Omit<Query, "limit" | "after">;
/** One that is bounded on both sides. */
export type ListedRange = Listing & { readonly between: readonly [string, string] };

/** Digits of a number in a key, so that numbers sort. */
const DIGITS = 16;
const DAY_SECONDS = 86_400;

/** Encoded, a part that comes from outside (a client's id, Stripe's id) can never reach into another item's key. */
const spelled = (value: Id): string =>
  encodeURIComponent(typeof value === "number" ? String(value).padStart(DIGITS, "0") : value);

function valueOf<T extends object>(part: Part<T>, thing: T): Id {
  const value: unknown = typeof part === "function" ? part(thing) : thing[part];
  if (typeof value !== "string" && typeof value !== "number") throw new TypeError(`a key without ${String(part)}`);
  return value;
}
const spelledOf = <T extends object>(parts: readonly Part<T>[], thing: T): string[] =>
  parts.map((part) => spelled(valueOf(part, thing)));

const partitionOf = <T extends object>(
  { prefix, partition }: Omit<Place<T>, "sort">,
  ids: T,
  ...shard: readonly number[]
): string => [prefix, ...spelledOf(partition, ids), ...shard].join("#");
/** DynamoDB knows no empty sort key. */
const sortKeyOf = <T extends object>({ prefix, sort }: Omit<Place<T>, "partition">, ids: T): string =>
  spelledOf(sort, ids).join("#") || prefix;

/** The key of an item, from its ids or from the whole thing. */
export const itemKey = <T extends object>(declaration: Place<NoInfer<T>>, ids: T): Key => ({
  pk: partitionOf(declaration, ids),
  sk: sortKeyOf(declaration, ids),
});

/** The partition of a spread listing that a thing is in: the same for as long as it has its key. */
const shardOf = ({ pk, sk }: Key, shards: number): number =>
  createHash("sha256").update(`${pk} ${sk}`).digest().readUInt32BE(0) % shards;

/** The epoch second from which on DynamoDB may delete a thing, where that is some days after what it names. */
export function expiryOf<T extends object>(
  { expires }: Pick<Declaration<NoInfer<T>>, "expires">,
  thing: T,
): number | undefined {
  if (expires === undefined || "at" in expires) return undefined;
  const from = Date.parse(String(valueOf(expires.after, thing)));
  return Math.ceil(from / 1000) + expires.days * DAY_SECONDS;
}

/** What an item carries besides its thing and key: the attributes of the listings it is in, and when it expires. */
export function storedAttributes<T extends object>(
  declaration: Declaration<NoInfer<T>>,
  thing: T,
): Readonly<Record<string, Id>> {
  const { listings = {} } = declaration;
  const attributes: Record<string, Id> = {};
  for (const listing of Object.values(listings).filter(({ when }) => when?.(thing) !== false)) {
    const { partitionKey, sortKey } = schema.indexes[listing.index];
    if (partitionKey in attributes) throw new Error(`a ${declaration.kind} is in two listings of one index at a time`);
    const shard = listing.spread === undefined ? [] : [shardOf(itemKey(declaration, thing), listing.spread)];
    attributes[partitionKey] = partitionOf(listing, thing, ...shard);
    attributes[sortKey] = sortKeyOf(listing, thing);
  }
  const expiry = expiryOf(declaration, thing);
  return { ...attributes, ...(expiry !== undefined && { [schema.expiresAt]: expiry }) };
}

/** A thing as it is stored. */
export const storedItem = <T extends object>(declaration: Declaration<NoInfer<T>>, thing: T): Item & Key => ({
  ...thing,
  ...storedAttributes(declaration, thing),
  ...itemKey(declaration, thing),
});

/** Everything that is stored under a key, besides the key. */
export const contentOf = (item: Item): Item =>
  Object.fromEntries(Object.entries(item).filter(([name]) => name !== schema.partitionKey && name !== schema.sortKey));

type Queried<T> = Omit<Place<T>, "sort"> & { readonly index?: IndexName };
/** What one query can read. */
type Unspread<T> = Queried<T> & { readonly spread?: never };

/**
 * The query of a kind's partition, or of one of its listings.
 *
 * @param leading whole parts that the sort keys begin with, fewer than there are
 */
export function listing<T extends object>(place: Unspread<NoInfer<T>>, ids: T, ...leading: readonly Id[]): Listing {
  return {
    ...(place.index !== undefined && { index: place.index }),
    partition: partitionOf(place, ids),
    ...(leading.length > 0 && { prefix: leading.map((part) => `${spelled(part)}#`).join("") }),
  };
}

/** The queries of a spread listing, one for each of its partitions: together, in order of their sort keys, they are the list. */
export const spreadListing = <T extends object>(
  place: Queried<NoInfer<T>> & { readonly index: IndexName; readonly spread: number },
  ids: T,
): readonly Listing[] =>
  Array.from({ length: place.spread }, (_, shard) => ({
    index: place.index,
    partition: partitionOf(place, ids, shard),
  }));

/** What of a listing has a first part of the sort key that begins with some text. */
export const startingWith = (part: Listing, text: string): Listing => ({ ...part, prefix: spelled(text) });

/** What of a listing has a first part of the sort key from `from`, or from the beginning, up to and with `to`. */
export const ranged = (part: Listing, { from, to }: { readonly from?: Id; readonly to: Id }): ListedRange => ({
  ...part,
  // "!" is before every encoded character, and "$" is what follows the separator.
  between: [from === undefined ? "!" : spelled(from), `${spelled(to)}$`],
});

/** What of a listing has a first part of the sort key after this one. */
export const beyond = (part: Listing, after: Id): ListedRange => ({
  ...part,
  // DEL is after every encoded character.
  between: [`${spelled(after)}$`, "\u007f"],
});

type Partitions = Pick<AnyDeclaration, "prefix" | "partition"> & { readonly spread?: number };

const isOne = ({ partition, spread }: Partitions): boolean => partition.length === 0 && spread === undefined;

/** What the partition keys of a kind or listing begin with, and those of no other. */
export const partitionStart = (place: Partitions): string => (isOne(place) ? place.prefix : `${place.prefix}#`);

/** Partitions of a kind or listing, as `dynamodb:LeadingKeys` matches them. */
export const leadingKey = (place: Partitions): string =>
  isOne(place) ? partitionStart(place) : `${partitionStart(place)}*`;

/** Whether an item is of a kind. */
export const isOf = (declaration: Partitions, { pk }: Item): boolean =>
  String(pk).startsWith(partitionStart(declaration));

/** Whether such a change to a thing is nobody's right. */
export const isTampering = (event: "MODIFY" | "REMOVE", { appendOnly, removable }: AnyDeclaration): boolean =>
  appendOnly === true && !(event === "REMOVE" && removable === true);

/** A key as people write it: `INVITATION#{campaignId}` and `{creatorId}`. */
export function spelling({ prefix, partition, sort, spread }: Partitions & Pick<AnyDeclaration, "sort">) {
  const named = (parts: readonly unknown[]): string[] =>
    parts.map((part) => `{${typeof part === "function" ? part.name : String(part)}}`);
  const shard = spread === undefined ? [] : [`{shard of ${spread}}`];
  return { partition: [prefix, ...named(partition), ...shard].join("#"), sort: named(sort).join("#") || prefix };
}
