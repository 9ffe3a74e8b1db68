import { AuditEntry, type AuditFilter, isLookedFor, isPerson } from "#shared/domain/audit/audit-entry";
import { AuditProof, type Proven, sealedUpTo, type TrailPart } from "#shared/domain/audit/proof";
import { type Gap, gapsOf } from "#shared/domain/audit/gaps";
import { CHAINS, headOf, type Seal, type SealHead, type StoredChain } from "#shared/domain/audit/seal";
import type { Instant } from "#shared/domain/kernel/time";
import type { AuditTrail, SealedRow } from "#shared/ports/audit-trail";
import type { Page, PageRequest } from "#shared/ports/page";
import type { Item, TableEngine } from "#shared/table/engine";
import { isOf, itemKey, type Listing, listing, ranged, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { seenWhole, soundly, storedEntries, writtenAt } from "./ledger-seals.ts";
import { newestFirst, pageOf, parsed } from "./pages.ts";
import { chunksOf, READ_AT_ONCE } from "./reading.ts";
import { SealSearch } from "./seal-search.ts";
import { endOf, lastPlace, sealAt, sealsIn } from "./stored-seals.ts";

/** After every instant that is ever written. */
const EVER = "9999";
/** Seals that are looked at after a row's instant, and as many before it: it is in one of the first, unless the sealing was far behind. */
const SEALS_FOR_A_ROW = 200;

export const storedAuditTrail = (table: TableEngine): AuditTrail => ({
  rows: (filter, page) => rowsOf(table, filter, page),
  after: (proven, now, most) => partAfter(table, proven, now, most),
  proof: async () => parsed(AuditProof, await table.get(itemKey(items.auditProof, {}))),
});

/** The narrowest list that has all rows that are looked for. */
function narrowest({ resource, actorId }: AuditFilter): readonly Listing[] {
  const { ofResource, ofActor, all } = items.auditEntry.listings;
  if (resource !== undefined) return [listing(ofResource, { resource })];
  return actorId !== undefined && isPerson(actorId) ? [listing(ofActor, { actorId })] : spreadListing(all, {});
}

async function rowsOf(table: TableEngine, filter: AuditFilter, page: PageRequest): Promise<Page<SealedRow>> {
  const span = { to: filter.to ?? EVER, ...(filter.from !== undefined && { from: filter.from }) };
  const list = newestFirst(narrowest(filter).map((one) => ranged(one, span)));
  const found = await pageOf(table, list, AuditEntry, page, isLookedFor(filter));
  const search = new SealSearch(table, SEALS_FOR_A_ROW);
  const rows: SealedRow[] = [];
  // One after the other: neighbours in time are in the same seals.
  for (const row of found.items) rows.push({ row, seal: await search.find(itemKey(items.auditEntry, row).pk, row.at) });
  return { ...found, items: rows };
}

interface ChainPart extends StoredChain {
  /** Seals after those that were read. */
  readonly left: number;
}

async function partAfter(table: TableEngine, proven: Proven, now: Instant, most: number): Promise<TrailPart> {
  const parts = await Promise.all(
    Array.from({ length: CHAINS }, (_, chain) => chainAfter(table, chain, proven, most / CHAINS)),
  );
  const listedUpTo = listedWith(parts, proven, now);
  const listed = await listedBetween(table, proven.listedUpTo, listedUpTo);
  const sealed = new Set(parts.flatMap(soundly).flatMap(({ entries }) => entries.map(({ key }) => key)));
  const { strays, gaps } = await unsealedOf(
    table,
    listed.filter((item) => !sealed.has(String(item["pk"]))),
  );
  const here = listed.filter((item) => sealed.has(String(item["pk"])));
  return {
    chains: parts,
    entries: await storedEntries(table, parts, [...here, ...strays]),
    rows: [...sealed].filter((pk) => isOf(items.auditEntry, { pk })).length + strays.length,
    gaps,
    listedUpTo,
    left: parts.reduce((sum, { left }) => sum + left, 0),
  };
}

/** A chain's seals after what is proven, whole, or so many that they hold about `most` entries. */
const chainAfter = (table: TableEngine, chain: number, proven: Proven, most: number): Promise<ChainPart> =>
  seenWhole(() => chainSeen(table, chain, proven, most));

async function chainSeen(table: TableEngine, chain: number, proven: Proven, most: number): Promise<ChainPart> {
  const after = proven.heads.find((head) => head.chain === chain);
  const known = await knownIn(table, chain, proven);
  // The head first: what is sealed meanwhile is left for the next part, and nothing that this one lacks.
  const head = await endOf(table, chain);
  const last = await lastPlace(table, chain);
  const { seals, isFull } = await sealsUpTo(table, chain, { after, head, most });
  const read = isFull ? seals.at(-1) : undefined;
  // By what is stored, and not by what the head says: whoever spoils that ends no proof.
  const left = read && last ? Math.max(0, last.place - read.sequence) : 0;
  return { chain, after, known, seals, left, head: left > 0 && read ? { ...headOf(read), chain } : head };
}

/** What a chain is read between. */
interface Part {
  readonly after: SealHead | undefined;
  readonly head: SealHead | undefined;
  readonly most: number;
}

async function sealsUpTo(table: TableEngine, chain: number, { after, head, most }: Part) {
  const seals: Seal[] = [];
  let entries = 0;
  // What was sealed while it was read belongs to the next part; what stands behind the chain's end to this one.
  const isSealedMeanwhile = async ({ sequence }: Seal): Promise<boolean> =>
    sequence > sequenceOf(head) && sequence <= sequenceOf(await endOf(table, chain));
  for await (const seal of sealsIn(table, chain, after)) {
    if (await isSealedMeanwhile(seal)) break;
    seals.push(seal);
    entries += seal.entries.length;
    if (entries >= most) return { seals, isFull: true };
  }
  return { seals, isFull: false };
}

/** What is there of the places that a chain was known to have come to. */
async function knownIn(
  table: TableEngine,
  chain: number,
  { known }: Proven,
): Promise<NonNullable<StoredChain["known"]>> {
  const found: { readonly head: SealHead; readonly seal: Seal | undefined }[] = [];
  for (const head of known.filter((one) => one.chain === chain))
    found.push({ head, seal: await sealAt(table, chain, head.sequence) });
  return found;
}

/** Of a chain that has no seal yet, none. */
const sequenceOf = (head: SealHead | undefined): number => head?.sequence ?? 0;

/** Until when whatever was written must be in what was read up to here: a chain that goes on has not told yet. */
function listedWith(parts: readonly ChainPart[], { listedUpTo }: Proven, now: Instant): Instant {
  const ends = parts.flatMap(({ left, head }) => (left > 0 && head ? [head.sealedAt] : []));
  const upTo = sealedUpTo([...ends, now].reduce((a, b) => (a < b ? a : b)));
  return listedUpTo !== undefined && listedUpTo > upTo ? listedUpTo : upTo;
}

async function listedBetween(table: TableEngine, after: Instant | undefined, upTo: Instant): Promise<readonly Item[]> {
  const found: Item[] = [];
  const span = { to: upTo, ...(after !== undefined && { from: after }) };
  const list = spreadListing(items.auditEntry.listings.all, {}).map((one) => ranged(one, span));
  for await (const places of chunksOf(table, list, READ_AT_ONCE))
    for (const { item } of places) if (item && item["at"] !== after) found.push(item);
  return found;
}

/** Those that are in no seal of any part, and what their chains lack there. */
async function unsealedOf(table: TableEngine, listed: readonly Item[]) {
  const search = new SealSearch(table, Infinity);
  const strays: Item[] = [];
  const gaps: Gap[] = [];
  for (const item of listed) {
    const [key, at] = [String(item["pk"]), writtenAt(item)];
    if ((await search.find(key, at)) !== undefined) continue;
    strays.push(item);
    gaps.push(...gapsOf(await search.around(key, at)));
  }
  return { strays, gaps };
}
