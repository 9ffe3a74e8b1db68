/** The chains of seals since they were known to be whole, and everything that they seal. */
import { CHAINS, Seal, SealHead } from "#shared/domain/audit/seal";
import type { StoredChain, StoredEntry } from "#shared/domain/audit/verify-seals";
import type { Item, Key, TableEngine } from "#shared/table/engine";
import { contentOf, itemKey, listing, ranged } from "#shared/table/item";
import { declarations, items, kindOf } from "#shared/table/items/index";
import { everyOf, parsed } from "./pages.ts";

/** @param heads where each chain was; from the beginning of those that are missing */
export const chainsSince = (table: TableEngine, heads: readonly SealHead[]): Promise<readonly StoredChain[]> =>
  Promise.all(
    Array.from({ length: CHAINS }, (_, chain) =>
      chainSince(
        table,
        chain,
        heads.find((head) => head.chain === chain),
      ),
    ),
  );

async function chainSince(table: TableEngine, chain: number, after: SealHead | undefined): Promise<StoredChain> {
  const headNow = async () => parsed(SealHead, await table.get(itemKey(items.sealHead, { chain })));
  const head = await headNow();
  const from = (after?.sequence ?? 0) + 1;
  const place = ranged(listing(items.seal, { chain }), { from, to: Number.MAX_SAFE_INTEGER });
  const seals = await everyOf(table, place, Seal);
  const last = seals.at(-1)?.sequence ?? 0;
  const grown = (await headNow())?.sequence ?? 0;
  // Seals that were made while they were read belong to the next look; those behind the chain's end to none.
  const isGrowth = last <= grown;
  return {
    chain,
    after,
    head,
    seals: isGrowth ? seals.filter(({ sequence }) => sequence <= (head?.sequence ?? 0)) : seals,
  };
}

/** Where an item is whose kind is alone in its partitions. */
const sealedKey = (pk: string): Key => ({ pk, sk: declarations[kindOf({ pk })].prefix });

/** What is stored under the keys that are sealed, besides what is in hand; what is not there is left out. */
export async function storedEntries(
  table: TableEngine,
  chains: readonly StoredChain[],
  inHand: readonly Item[],
): Promise<readonly StoredEntry[]> {
  const there = new Map(inHand.map((item) => [String(item["pk"]), item]));
  const sealed = chains.flatMap(({ seals }) => seals.flatMap(({ entries }) => entries.map(({ key }) => key)));
  const missing = [...new Set(sealed)].filter((key) => !there.has(key));
  for (const item of await table.getMany(missing.map(sealedKey))) there.set(String(item["pk"]), item);
  return [...there].map(([key, item]) => ({ key, at: writtenAt(item), content: contentOf(item) }));
}

/** When an entry says that it was written, as each sealed kind calls it. */
const writtenAt = (item: Item): string => String(item["postedAt"] ?? item["at"] ?? item["closedAt"]);
