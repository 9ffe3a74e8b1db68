/** Where sealing goes on in a chain: after its head, or, where that is not what it was, after a gap that says so for ever. */
import { headAfterLoss, isLikely, SealHead } from "#shared/domain/audit/seal";
import type { Instant } from "#shared/domain/kernel/time";
import type { Condition, Item, TableEngine } from "#shared/table/engine";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { lastPlace, placesFrom } from "./stored-seals.ts";

export interface ChainEnd {
  /** What the next seal follows; nothing, in a chain that has none. */
  readonly head: SealHead | undefined;
  /** Where the seals that are there end. */
  readonly place: number;
  /** What must hold of the stored head still, when the next one is put in its place. */
  readonly when: Condition;
  readonly isLost: boolean;
}

/** @param isDoubted the place after the head may be taken: others were not there first so often */
export async function chainEnd(table: TableEngine, chain: number, now: Instant, isDoubted: boolean): Promise<ChainEnd> {
  const item = await headItem(table, chain);
  const head = headIn(item, now);
  const when = unchanged(item, head);
  if (head !== undefined && !(isDoubted && (await isTaken(table, chain, head.sequence + 1))))
    return { head, place: head.sequence, when, isLost: false };
  return endFound(table, chain, now, when);
}

/** Where the chain ends by what is stored of it. One of which there is nothing at all begins. */
async function endFound(table: TableEngine, chain: number, now: Instant, when: Condition): Promise<ChainEnd> {
  const last = await lastPlace(table, chain);
  const place = last?.place ?? 0;
  if (place === 0 && when.absent) return { head: undefined, place, when, isLost: false };
  return { head: headAfterLoss(chain, place, last?.seal, now), place, when, isLost: true };
}

/** Of a head that is none: whoever goes on after the same loss takes the place first, which is a seal's own condition. */
const unchanged = (item: Item | undefined, head: SealHead | undefined): Condition =>
  item === undefined ? { absent: true } : head === undefined ? {} : { equals: { hash: head.hash } };

const headItem = (table: TableEngine, chain: number): Promise<Item | undefined> =>
  table.get(itemKey(items.sealHead, { chain }));

function headIn(item: Item | undefined, now: Instant): SealHead | undefined {
  const head = SealHead.safeParse(item).data;
  return head !== undefined && isLikely(head, now) ? head : undefined;
}

async function isTaken(table: TableEngine, chain: number, sequence: number): Promise<boolean> {
  for await (const [next] of placesFrom(table, chain, "up", sequence, 1)) return next?.place === sequence;
  return false;
}
