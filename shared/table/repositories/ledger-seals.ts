/** The chains of seals since they were known to be whole, and everything that they seal. */
import { CHAINS, isOwn, type Seal, type SealHead, type StoredChain } from "#shared/domain/audit/seal";
import type { StoredEntry } from "#shared/domain/audit/verify-seals";
import type { Item, Key, TableEngine } from "#shared/table/engine";
import { type AnyDeclaration, contentOf, isOf } from "#shared/table/item";
import { declarations } from "#shared/table/items/index";
import { Instant } from "#shared/domain/kernel/time";
import { BEFORE_ALL, endOf, sealsIn } from "./stored-seals.ts";

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

/** How often a chain is looked at whose seals do not end at its head. */
const LOOKS = 3;

/**
 * A chain as it is, once its seals end at its head. A seal and its head are written in one transaction, of which a query may see
 * the one and a read of the other not yet (DynamoDB developer guide, "Read isolation levels"). What is torn is so in every look.
 */
export async function seenWhole<C extends StoredChain>(look: () => Promise<C>): Promise<C> {
  for (let looked = 1; ; looked += 1) {
    const chain = await look();
    if (looked === LOOKS || endsAtHead(chain)) return chain;
  }
}

const endsAtHead = ({ after, seals, head }: StoredChain): boolean =>
  ((seals.at(-1) ?? after)?.sequence ?? 0) === (head?.sequence ?? 0);

const chainSince = (table: TableEngine, chain: number, after: SealHead | undefined): Promise<StoredChain> =>
  seenWhole(() => chainSeen(table, chain, after));

async function chainSeen(table: TableEngine, chain: number, after: SealHead | undefined): Promise<StoredChain> {
  const head = await endOf(table, chain);
  const seals: Seal[] = [];
  for await (const seal of sealsIn(table, chain, after)) seals.push(seal);
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

/** What was forged, or stands in another's place, seals nothing: its entries are looked for elsewhere. */
export const soundly = ({ chain, seals }: StoredChain): readonly Seal[] => seals.filter((seal) => isOwn(seal, chain));

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
  const sealed = chains.flatMap(soundly).flatMap(({ entries }) => entries.map(({ key }) => key));
  const missing = [...new Set(sealed)].filter((key) => !there.has(key));
  for (const item of await table.getMany(missing.flatMap(sealedKey))) there.set(String(item["pk"]), item);
  return [...there].map(([key, item]) => ({ key, at: writtenAt(item), content: contentOf(item) }));
}

/** When an entry says that it was written, as each sealed kind calls it; before all others, where it does not say. */
export const writtenAt = (item: Item): Instant =>
  Instant.safeParse(item["postedAt"] ?? item["at"] ?? item["closedAt"]).data ?? BEFORE_ALL;
