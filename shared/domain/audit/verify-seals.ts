/** Whether entries and seals still are what they were, and if not, the first thing that is not. Pure. */
import { type Instant, plusHours, plusMilliseconds } from "../kernel/time.ts";
import { digestOf, hashOf, NO_HASH, type Seal, type SealHead } from "./seal.ts";

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
 * `swapped`: it is what was sealed in another place; `inserted`: it was not there when it says that it was, or is
 * there a second time; `truncated`: a chain ends before or after its head.
 */
export type Fault = "altered" | "missing" | "unsealed" | "swapped" | "inserted" | "truncated";

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

/** What of a chain does not hold together: its places, its links, its end. */
function breakOfChain({ chain, head, seals }: StoredChain): Break | undefined {
  const length = head?.sequence ?? 0;
  for (const [at, seal] of seals.entries()) {
    const sequence = at + 1;
    const fault =
      faultOfPlace(seals, chain, sequence, seal) ??
      (sequence > length
        ? beyond(head)
        : faultOfLink(seal, seals[at - 1]?.hash, seals[at + 1]?.previousHash ?? head?.hash));
    if (fault) return { fault, chain, sequence };
  }
  return seals.length < length ? { fault: "truncated", chain, sequence: seals.length + 1 } : undefined;
}

/** A chain without its head lost it; one that goes on after its head was continued by somebody else. */
const beyond = (head: SealHead | undefined): Fault => (head === undefined ? "truncated" : "inserted");

/** A seal stands in its own place, or in another's, or there is a gap before it. */
function faultOfPlace(seals: readonly Seal[], chain: number, sequence: number, seal: Seal): Fault | undefined {
  if (seal.chain === chain && seal.sequence === sequence)
    return hashOf(seal) === seal.hash ? undefined : forged(seals, seal);
  return seals.some((other) => other.sequence === sequence) ? "swapped" : "missing";
}

/** A seal whose hash is not its own: its content is another place's, or nobody's. */
const forged = (seals: readonly Seal[], seal: Seal): Fault =>
  seals.some(({ sequence }) => hashOf({ ...seal, sequence }) === seal.hash) ? "swapped" : "altered";

/** A seal that was made anew is a whole seal, but its neighbours know another. */
const faultOfLink = (
  { previousHash, hash }: Seal,
  before: string = NO_HASH,
  knownAs: string | undefined,
): Fault | undefined => (previousHash === before && hash === knownAs ? undefined : "altered");

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
  return plusHours(entry.at, LATEST_SEAL_HOURS) < sealedAt ? "inserted" : undefined;
}
