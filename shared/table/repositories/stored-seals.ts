/** Chains of seals as they are stored. Whoever can write to the table can make anything of them, and proving must not end there. */
import * as z from "zod";
import { NO_HASH, Seal, SealHead } from "#shared/domain/audit/seal";
import type { Item, TableEngine } from "#shared/table/engine";
import { itemKey, type Listing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { eachOf } from "./pages.ts";

const Stored = z.looseObject({ sk: z.string() });
const BEFORE_ALL = "1970-01-01T00:00:00.000Z";

/** What can be read of these as seals: what cannot holds nothing that anybody could find in it. */
export const readable = (found: readonly Item[]): readonly Seal[] =>
  found.flatMap((item) => Seal.safeParse(item).data ?? []);

/** Where a chain ends, for who proves it or looks for a seal in it; one that cannot be read is lost. */
export const endOf = async (table: TableEngine, chain: number): Promise<SealHead | undefined> =>
  SealHead.safeParse(await table.get(itemKey(items.sealHead, { chain }))).data;

/** A chain's seals in their order, for who proves it. What is none any more stands in its place, with a hash that is not its own. */
export async function* sealsIn(
  table: TableEngine,
  list: Listing,
  chain: number,
  after: SealHead | undefined,
): AsyncIterable<Seal> {
  let { sealedAt } = after ?? { sealedAt: BEFORE_ALL };
  for await (const item of eachOf(table, list, Stored)) {
    // The number that a sort key ends with is the place: see its declaration.
    const sequence = Number(/\d+$/.exec(item.sk)?.[0]);
    const none: Seal = { chain, sequence, entries: [], previousHash: NO_HASH, hash: "unreadable", sealedAt };
    const seal = Seal.safeParse(item).data ?? none;
    ({ sealedAt } = seal);
    yield seal;
  }
}

/** The same, where a chain must be read whole. */
export async function everySealIn(...place: Parameters<typeof sealsIn>): Promise<readonly Seal[]> {
  const all: Seal[] = [];
  for await (const seal of sealsIn(...place)) all.push(seal);
  return all;
}
