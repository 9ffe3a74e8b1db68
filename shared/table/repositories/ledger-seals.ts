/** The chains of seals since they were known to be whole, and everything that they seal. */
import { CHAINS, type SealHead } from "#shared/domain/audit/seal";
import type { StoredChain, StoredEntry } from "#shared/domain/audit/verify-seals";
import type { Item, Key, TableEngine } from "#shared/table/engine";
import { type AnyDeclaration, contentOf, isOf, listing, ranged } from "#shared/table/item";
import { declarations, items } from "#shared/table/items/index";
import { endOf, everySealIn } from "./stored-seals.ts";

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
  const head = await endOf(table, chain);
  const from = (after?.sequence ?? 0) + 1;
  const place = ranged(listing(items.seal, { chain }), { from, to: Number.MAX_SAFE_INTEGER });
  const seals = await everySealIn(table, place, chain, after);
  const last = seals.at(-1)?.sequence ?? 0;
  const grown = (await endOf(table, chain))?.sequence ?? 0;
  // Seals that were made while they were read belong to the next look; those behind the chain's end to none.
  const isGrowth = last <= grown;
  return {
    chain,
    after,
    head,
    seals: isGrowth ? seals.filter(({ sequence }) => sequence <= (head?.sequence ?? 0)) : seals,
  };
}

const sealedKinds = Object.values<AnyDeclaration>(declarations).filter(({ sealed }) => sealed === true);

/** Where an item is whose kind is alone in its partitions; nowhere, when no kind that is sealed has such a key. */
function sealedKey(pk: string): readonly Key[] {
  const kind = sealedKinds.find((one) => isOf(one, { pk }));
  return kind === undefined ? [] : [{ pk, sk: kind.prefix }];
}

/** What is stored under the keys that are sealed, besides what is in hand; what is not there is left out. */
export async function storedEntries(
  table: TableEngine,
  chains: readonly StoredChain[],
  inHand: readonly Item[],
): Promise<readonly StoredEntry[]> {
  const there = new Map(inHand.map((item) => [String(item["pk"]), item]));
  const sealed = chains.flatMap(({ seals }) => seals.flatMap(({ entries }) => entries.map(({ key }) => key)));
  const missing = [...new Set(sealed)].filter((key) => !there.has(key));
  for (const item of await table.getMany(missing.flatMap(sealedKey))) there.set(String(item["pk"]), item);
  return [...there].map(([key, item]) => ({ key, at: writtenAt(item), content: contentOf(item) }));
}

/** When an entry says that it was written, as each sealed kind calls it. */
const writtenAt = (item: Item): string => String(item["postedAt"] ?? item["at"] ?? item["closedAt"]);
