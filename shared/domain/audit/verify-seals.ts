/** Whether entries and seals still are what they were, and if not, the first thing that is not. Pure. */
import { canonicalJson } from "../kernel/canonical.ts";
import { type Instant, plusHours, plusMilliseconds } from "../kernel/time.ts";
import { digestOf, hashOf, headOf, NO_HASH, type Seal, type SealHead } from "./seal.ts";

/** An entry as it is stored now. */
export interface StoredEntry {
  readonly key: string;
  /** When it says that it was written. */
  readonly at: Instant;
  /** Everything that is stored under the key. */
  readonly content: object;
}

/** A chain as it is stored now. */
export interface StoredChain {
  readonly chain: number;
  readonly head: SealHead | undefined;
  /** In the order of their places. */
  readonly seals: readonly Seal[];
}

/**
 * What was done to an entry or a chain:
 * `altered`: it is not what was sealed; `missing`: it was sealed and is not there; `unsealed`: nobody sealed it in time;
 * `swapped`: it is what belongs to another place; `inserted`: it is there a second time, or stands behind its chain's head;
 * `late`: it was sealed so long after it says it was written that it is backdated, or an operator put its parked record
 * back (`npm run redrive`, whose log says so); `truncated`: a chain ends before its head, or has lost it.
 */
export type Fault = "altered" | "missing" | "unsealed" | "swapped" | "inserted" | "late" | "truncated";

export interface Break {
  readonly fault: Fault;
  /** Of which chain and seal; missing for an entry that has none. */
  readonly chain?: number;
  readonly sequence?: number;
  /** Of which entry; missing where a seal itself is broken. */
  readonly key?: string;
}

export interface Verification {
  readonly intact: boolean;
  readonly entries: number;
  readonly heads: readonly SealHead[];
  readonly firstBreak?: Break;
}

/** Until when an entry must be sealed: it may be written 15 minutes after its own instant (a job's), and wait as long again. */
export const GRACE_MS = 30 * 60_000;
/**
 * No entry is sealed later than this after it says it was written: the table's stream keeps its records 24 hours (DynamoDB
 * developer guide, "Change data capture for DynamoDB Streams"), and what decides about an entry runs 15 minutes at most.
 */
const LATEST_SEAL_HOURS = 25;

/** All entries that were written until `now`, and all chains, from their beginnings. */
export function verifySeals(
  entries: readonly StoredEntry[],
  chains: readonly StoredChain[],
  now: Instant,
): Verification {
  const firstBreak = breakOf(entries, chains, now);
  const heads = chains.flatMap(({ head }) => head ?? []);
  return { intact: firstBreak === undefined, entries: entries.length, heads, ...(firstBreak && { firstBreak }) };
}

function breakOf(entries: readonly StoredEntry[], chains: readonly StoredChain[], now: Instant): Break | undefined {
  const stored = new Map(entries.map((entry) => [entry.key, entry]));
  const sealed = new Set<string>();
  const digests = new Map(
    chains.flatMap(({ seals }) => seals.flatMap((seal) => seal.entries.map(({ key, digest }) => [digest, key]))),
  );
  for (const chain of chains) {
    const broken = breakOfChain(chain) ?? breakOfEntries(chain, stored, sealed, digests);
    if (broken) return broken;
  }
  const late = entries.find(({ key, at }) => !sealed.has(key) && plusMilliseconds(at, GRACE_MS) < now);
  return late && { fault: "unsealed", key: late.key };
}

/** What of a chain does not hold together: its places, its end, its links. */
function breakOfChain({ chain, head, seals }: StoredChain): Break | undefined {
  const faulty = (faultAt: (seal: Seal, sequence: number) => Fault | undefined): Break | undefined => {
    for (const [at, seal] of seals.entries()) {
      const fault = faultAt(seal, at + 1);
      if (fault) return { fault, chain, sequence: at + 1 };
    }
    return undefined;
  };
  return (
    faulty((seal, sequence) => faultOfPlace(seals, seal, chain, sequence)) ??
    faultOfEnd(chain, seals.length, head) ??
    // Every seal is whole. One that was made anew is another than its neighbours know.
    faulty((seal, sequence) => {
      const next = seals[sequence];
      const follows = seal.previousHash === (seals[sequence - 2]?.hash ?? NO_HASH);
      const known = next === undefined ? isHead(head, seal) : next.previousHash === seal.hash;
      return follows && known ? undefined : "altered";
    })
  );
}

const isHead = (head: SealHead | undefined, last: Seal): boolean =>
  head !== undefined && canonicalJson(head) === canonicalJson(headOf(last));

/** A seal stands in its own place, or in another's, or there is a gap before it; and its hash is its own, or another place's. */
function faultOfPlace(seals: readonly Seal[], seal: Seal, chain: number, sequence: number): Fault | undefined {
  if (seal.sequence !== sequence) return seals.some((other) => other.sequence === sequence) ? "swapped" : "missing";
  if (seal.chain === chain && hashOf(seal) === seal.hash) return undefined;
  return seals.some((other) => hashOf({ ...seal, sequence: other.sequence }) === seal.hash) ? "swapped" : "altered";
}

function faultOfEnd(chain: number, length: number, head: SealHead | undefined): Break | undefined {
  const expected = head?.sequence ?? 0;
  if (length === expected) return undefined;
  const sequence = Math.min(length, expected) + 1;
  return { fault: head !== undefined && length > expected ? "inserted" : "truncated", chain, sequence };
}

/** What of a chain's entries is not as it was sealed. */
function breakOfEntries(
  { chain, seals }: StoredChain,
  stored: ReadonlyMap<string, StoredEntry>,
  sealed: Set<string>,
  digests: ReadonlyMap<string, string>,
): Break | undefined {
  for (const { sequence, entries, sealedAt } of seals) {
    for (const { key, digest } of entries) {
      const entry = stored.get(key);
      const fault = sealed.has(key) ? "inserted" : faultOfEntry(entry, digest, sealedAt, digests);
      if (fault) return { fault, chain, sequence, key };
      sealed.add(key);
    }
  }
  return undefined;
}

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
