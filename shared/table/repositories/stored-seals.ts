/** Chains of seals as they are stored. Whoever can write to the table can make anything of them, and nothing must end there. */
import * as z from "zod";
import { isWhole, NO_HASH, Seal, SealHead } from "#shared/domain/audit/seal";
import type { Item, Position, TableEngine } from "#shared/table/engine";
import { itemKey, listing, ranged } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { READ_AT_ONCE } from "./reading.ts";

const Stored = z.looseObject({ sk: z.string() });
/** Before anything was ever written. */
export const BEFORE_ALL = "1970-01-01T00:00:00.000Z";
/** No seal's hash. */
const UNREADABLE = "unreadable";
/** What a chain's places look like as sort keys. */
const PLACE = /^\d{16}$/;

/** A place of a chain, and what is stored in it, where it can be read: what cannot holds nothing that anybody could find in it. */
export interface ChainPlace {
  readonly place: number;
  readonly seal: Seal | undefined;
}

/** Where something stands is what its key says, whatever it says itself. */
const placesIn = (found: readonly Item[]): readonly ChainPlace[] =>
  found.flatMap((item) => {
    const { sk } = Stored.parse(item);
    const place = Number(sk);
    if (!PLACE.test(sk)) return [];
    const read = Seal.safeParse(item).data;
    return [{ place, seal: read?.sequence === place ? read : read && elsewhere(read, place) }];
  });

/** One that says that it belongs to another place keeps its hash, by which it is known there; one that only says so has none. */
function elsewhere(read: Seal, sequence: number): Seal {
  const seal = { ...read, sequence };
  return isWhole(seal) ? { ...seal, hash: UNREADABLE } : seal;
}

/** Which way a chain is read. */
export type Way = "up" | "down";

/** The places from one on, up to the last or down to the first, in portions of so many. Costs what there is: a gap is passed over. */
export async function* placesFrom(
  table: TableEngine,
  chain: number,
  way: Way,
  from: number,
  size: number,
): AsyncIterable<readonly ChainPlace[]> {
  const span = way === "up" ? { from, to: Number.MAX_SAFE_INTEGER } : { to: from };
  const place = { ...ranged(listing(items.seal, { chain }), span), descending: way === "down", limit: size };
  let after: Position | undefined;
  do {
    const page = await table.query({ ...place, ...(after && { after }) });
    yield placesIn(page.items);
    after = page.next;
  } while (after !== undefined);
}

/** The last place where anything is stored. */
export async function lastPlace(table: TableEngine, chain: number): Promise<ChainPlace | undefined> {
  for await (const [last] of placesFrom(table, chain, "down", Number.MAX_SAFE_INTEGER, 1)) if (last) return last;
  return undefined;
}

/** What is stored in a place, where it can be read. */
export async function sealAt(table: TableEngine, chain: number, sequence: number): Promise<Seal | undefined> {
  for await (const [next] of placesFrom(table, chain, "up", sequence, 1))
    if (next) return next.place === sequence ? next.seal : undefined;
  return undefined;
}

/** Where a chain ends, for who proves it; one that cannot be read is lost. */
export const endOf = async (table: TableEngine, chain: number): Promise<SealHead | undefined> =>
  SealHead.safeParse(await table.get(itemKey(items.sealHead, { chain }))).data;

/** A chain's seals in their order, for who proves it. What is none any more stands in its place, with a hash that is not its own. */
export async function* sealsIn(table: TableEngine, chain: number, after: SealHead | undefined): AsyncIterable<Seal> {
  let { sealedAt } = after ?? { sealedAt: BEFORE_ALL };
  for await (const places of placesFrom(table, chain, "up", (after?.sequence ?? 0) + 1, READ_AT_ONCE))
    for (const { place, seal: read } of places) {
      const seal = read ?? { chain, sequence: place, entries: [], previousHash: NO_HASH, hash: UNREADABLE, sealedAt };
      ({ sealedAt } = seal);
      yield seal;
    }
}
