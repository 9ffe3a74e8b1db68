/** Whether entries and seals still are what they were, and if not, the first thing that is not. Pure. */
import { canonicalJson } from "../kernel/canonical.ts";
import { type Instant, plusHours, plusMilliseconds } from "../kernel/time.ts";
import { type Gap, gapsOf, mayBeOf } from "./gaps.ts";
import {
  digestOf,
  GRACE_MS,
  hashOf,
  headOf,
  isOwn,
  isWhole,
  LATEST_SEAL_HOURS,
  NO_HASH,
  type Seal,
  type SealHead,
  type StoredChain,
} from "./seal.ts";

/** An entry as it is stored now. */
export interface StoredEntry {
  readonly key: string;
  /** When it says that it was written. */
  readonly at: Instant;
  /** Everything that is stored under the key. */
  readonly content: object;
}

/**
 * What was done to an entry or a chain:
 * `altered`: it is not what was sealed; `missing`: it was sealed and is not there; `unsealed`: nobody sealed it in time;
 * `swapped`: it is what belongs to another place; `inserted`: it is there a second time, or stands behind its chain's head;
 * `late`: it was sealed so long after it says it was written that it is backdated, or an operator put its parked record
 * back (`npm run redrive`, whose log says so); `truncated`: a chain ends before its head, or has lost it.
 */
export const FAULTS = ["altered", "missing", "unsealed", "swapped", "inserted", "late", "truncated"] as const;
export type Fault = (typeof FAULTS)[number];

export interface Break {
  readonly fault: Fault;
  /** Of which chain and seal; missing for an entry that has none. */
  readonly chain?: number | undefined;
  readonly sequence?: number | undefined;
  /** Of which entry; missing where a seal itself is broken. */
  readonly key?: string | undefined;
}

export interface Verification {
  readonly intact: boolean;
  readonly entries: number;
  readonly heads: readonly SealHead[];
  readonly firstBreak?: Break;
}

/** All entries that were written until `now`, and all chains, from their beginnings or from where they were known to be whole. */
export function verifySeals(
  entries: readonly StoredEntry[],
  chains: readonly StoredChain[],
  now: Instant,
): Verification {
  const [firstBreak] = breaksOf(entries, chains, now);
  const heads = chains.flatMap(({ head }) => head ?? []);
  return { intact: firstBreak === undefined, entries: entries.length, heads, ...(firstBreak && { firstBreak }) };
}

/**
 * Everything that is broken. Of a chain that does not hold together, that once, and what those of its seals say that are whole.
 *
 * @param gaps of these chains, and of what else is known of them
 */
export function breaksOf(
  entries: readonly StoredEntry[],
  chains: readonly StoredChain[],
  now: Instant,
  gaps: readonly Gap[] = chains.flatMap(gapsOf),
): readonly Break[] {
  const stored = new Map(entries.map((entry) => [entry.key, entry]));
  const sealed = new Set<string>();
  const digests = new Map(
    chains.flatMap(({ seals }) => seals.flatMap((seal) => seal.entries.map(({ key, digest }) => [digest, key]))),
  );
  const inChains = chains.flatMap((chain) => {
    const torn = breakOfChain(chain);
    // A tear hides nothing that is done elsewhere in its chain.
    const seals = torn ? chain.seals.filter((seal) => isOwn(seal, chain.chain)) : chain.seals;
    return [...(torn ? [torn] : []), ...breaksOfEntries({ ...chain, seals }, stored, sealed, digests)];
  });
  const late = entries.filter(({ key, at }) => !sealed.has(key) && plusMilliseconds(at, GRACE_MS) < now);
  // What a seal that is missing may have held is its chain's break, and no entry's.
  const isExcused = mayBeOf(gaps);
  const unsealed = late
    .filter(({ key, at }) => !isExcused(key, at))
    .map(({ key }): Break => ({ fault: "unsealed", key }));
  return [...inChains, ...unsealed];
}

/** What of a chain does not hold together: its places, its end, its links, and what was known of it before. */
function breakOfChain({ chain, after, head, seals, known = [] }: StoredChain): Break | undefined {
  const first = (after?.sequence ?? 0) + 1;
  const inside = seals.filter(({ sequence }) => head === undefined || sequence <= head.sequence);
  const faulty = (faultAt: (seal: Seal, at: number) => Fault | undefined): Break | undefined => {
    for (const [at, seal] of inside.entries()) {
      const fault = faultAt(seal, at);
      if (fault) return { fault, chain, sequence: first + at };
    }
    return undefined;
  };
  return (
    faulty((seal, at) => faultOfPlace(inside, seal, chain, first + at)) ??
    faultOfEnd({ chain, after, head, seals }, inside.length) ??
    remadeHead({ chain, after, head, seals }) ??
    // Every seal is whole. One that was made anew is another than its neighbours know.
    faulty((seal, at) => {
      const next = inside[at + 1];
      const follows = seal.previousHash === (inside[at - 1]?.hash ?? after?.hash ?? NO_HASH);
      const isKnown = next === undefined ? isHead(head, seal) : next.previousHash === seal.hash;
      return follows && isKnown ? undefined : "altered";
    }) ??
    known.flatMap((one) => (holds(one) ? [] : [forgotten(chain, head, one)]))[0]
  );
}

type Known = NonNullable<StoredChain["known"]>[number];

/** Whether a chain still has the seal that it was known to have come to. */
export const holds = ({ head, seal }: Known): boolean =>
  seal !== undefined && seal.hash === head.hash && isOwn(seal, head.chain);

function forgotten(chain: number, end: SealHead | undefined, { head: { sequence }, seal }: Known): Break {
  if (seal !== undefined) return { fault: "altered", chain, sequence };
  return { fault: (end?.sequence ?? 0) < sequence ? "truncated" : "missing", chain, sequence };
}

/** Nothing came since, and the head is another than it was known to be. */
const remadeHead = ({ chain, after, head, seals }: StoredChain): Break | undefined =>
  seals.length > 0 || after === undefined || canonicalJson(head ?? null) === canonicalJson(after)
    ? undefined
    : { fault: "altered", chain, sequence: after.sequence };

const isHead = (head: SealHead | undefined, last: Seal): boolean =>
  head !== undefined && canonicalJson(head) === canonicalJson(headOf(last));

/** A seal stands in its own place, or in another's, or there is a gap before it; and its hash is its own, or another place's. */
function faultOfPlace(seals: readonly Seal[], seal: Seal, chain: number, sequence: number): Fault | undefined {
  if (seal.sequence !== sequence) return seals.some((other) => other.sequence === sequence) ? "swapped" : "missing";
  if (seal.chain === chain && isWhole(seal)) return undefined;
  return seals.some((other) => hashOf({ ...seal, sequence: other.sequence }) === seal.hash) ? "swapped" : "altered";
}

/** @param inside how many seals there are up to the head, since what was known */
function faultOfEnd({ chain, after, head, seals }: StoredChain, inside: number): Break | undefined {
  const known = after?.sequence ?? 0;
  if (head === undefined)
    return known + seals.length === 0 ? undefined : { fault: "truncated", chain, sequence: known + 1 };
  // It ends before its head, or before where it was known to.
  if (known + inside !== head.sequence)
    return { fault: "truncated", chain, sequence: Math.min(known + inside, head.sequence) + 1 };
  const behind = seals[inside];
  return behind && { fault: "inserted", chain, sequence: behind.sequence };
}

/** What of a chain's entries is not as it was sealed. */
const breaksOfEntries = (
  { chain, seals }: StoredChain,
  stored: ReadonlyMap<string, StoredEntry>,
  sealed: Set<string>,
  digests: ReadonlyMap<string, string>,
): Break[] =>
  seals.flatMap(({ sequence, entries, sealedAt }) =>
    entries.flatMap(({ key, digest }) => {
      const fault = sealed.has(key) ? "inserted" : faultOfEntry(stored.get(key), digest, sealedAt, digests);
      sealed.add(key);
      return fault ? [{ fault, chain, sequence, key }] : [];
    }),
  );

function faultOfEntry(
  entry: StoredEntry | undefined,
  digest: string,
  sealedAt: Instant,
  digests: ReadonlyMap<string, string>,
): Fault | undefined {
  if (entry === undefined) return "missing";
  const present = digestOf(entry.content);
  if (present !== digest) return digests.has(present) ? "swapped" : "altered";
  return plusHours(entry.at, LATEST_SEAL_HOURS) < sealedAt ? "late" : undefined;
}
