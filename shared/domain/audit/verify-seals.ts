/** Whether entries and seals still are what they were, and if not, the first thing that is not. Pure. */
import { canonicalJson } from "../kernel/canonical.ts";
import { type Instant, plusHours, plusMilliseconds } from "../kernel/time.ts";
import { chainOf, digestOf, hashOf, headOf, NO_HASH, type Seal, type SealHead } from "./seal.ts";

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
  /** Where verification begins; at the chain's beginning, when it is missing. */
  readonly after?: SealHead | undefined;
  /** In the order of their places, those after `after`. */
  readonly seals: readonly Seal[];
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

/** Until when an entry must be sealed: it may be written 15 minutes after its own instant (a job's), and wait as long again. */
export const GRACE_MS = 30 * 60_000;
/** How far the clocks of those who post, seal, suspend and tell us what happened may be apart, with much to spare. */
export const CLOCKS_APART_MS = 60_000;
/**
 * No entry is sealed later than this after it says it was written: the table's stream keeps its records 24 hours (DynamoDB
 * developer guide, "Change data capture for DynamoDB Streams"), and what decides about an entry runs 15 minutes at most.
 */
const LATEST_SEAL_HOURS = 25;

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

/** Everything that is broken. Of a chain that does not hold together, that once, and what those of its seals say that are whole. */
export function breaksOf(
  entries: readonly StoredEntry[],
  chains: readonly StoredChain[],
  now: Instant,
): readonly Break[] {
  const stored = new Map(entries.map((entry) => [entry.key, entry]));
  const sealed = new Set<string>();
  const digests = new Map(
    chains.flatMap(({ seals }) => seals.flatMap((seal) => seal.entries.map(({ key, digest }) => [digest, key]))),
  );
  const torn = chains.flatMap((chain) => breakOfChain(chain) ?? []);
  const inChains = chains.flatMap((chain) => {
    const broken = torn.filter((one) => one.chain === chain.chain);
    // A tear hides nothing that is done elsewhere in its chain.
    const seals = broken.length > 0 ? chain.seals.filter((seal) => isOwn(seal, chain.chain)) : chain.seals;
    return [...broken, ...breaksOfEntries({ ...chain, seals }, stored, sealed, digests)];
  });
  // Of what is in no seal of a torn chain nobody can say whether it was sealed.
  const isOfTorn = (key: string) => torn.some(({ chain }) => chain === chainOf(key));
  const late = entries.filter(({ key, at }) => !sealed.has(key) && plusMilliseconds(at, GRACE_MS) < now);
  const unsealed = late.filter(({ key }) => !isOfTorn(key)).map(({ key }): Break => ({ fault: "unsealed", key }));
  return [...inChains, ...unsealed];
}

/** What of a chain does not hold together: its places, its end, its links. */
function breakOfChain({ chain, after, head, seals }: StoredChain): Break | undefined {
  const first = (after?.sequence ?? 0) + 1;
  const faulty = (faultAt: (seal: Seal, at: number) => Fault | undefined): Break | undefined => {
    for (const [at, seal] of seals.entries()) {
      const fault = faultAt(seal, at);
      if (fault) return { fault, chain, sequence: first + at };
    }
    return undefined;
  };
  return (
    faulty((seal, at) => faultOfPlace(seals, seal, chain, first + at)) ??
    faultOfEnd(chain, first - 1 + seals.length, head, first - 1) ??
    remadeHead({ chain, after, head, seals }) ??
    // Every seal is whole. One that was made anew is another than its neighbours know.
    faulty((seal, at) => {
      const next = seals[at + 1];
      const follows = seal.previousHash === (seals[at - 1]?.hash ?? after?.hash ?? NO_HASH);
      const known = next === undefined ? isHead(head, seal) : next.previousHash === seal.hash;
      return follows && known ? undefined : "altered";
    })
  );
}

/** Nothing came since, and the head is another than it was known to be. */
const remadeHead = ({ chain, after, head, seals }: StoredChain): Break | undefined =>
  seals.length > 0 || after === undefined || canonicalJson(head ?? null) === canonicalJson(after)
    ? undefined
    : { fault: "altered", chain, sequence: after.sequence };

const isWhole = (seal: Seal): boolean => hashOf(seal) === seal.hash;

/** Whole, and of nothing but what belongs into its chain: whoever tears a chain may forge its seals, to vouch for another's rows. */
const isOwn = (seal: Seal, chain: number): boolean =>
  isWhole(seal) && seal.chain === chain && seal.entries.every(({ key }) => chainOf(key) === chain);

const isHead = (head: SealHead | undefined, last: Seal): boolean =>
  head !== undefined && canonicalJson(head) === canonicalJson(headOf(last));

/** A seal stands in its own place, or in another's, or there is a gap before it; and its hash is its own, or another place's. */
function faultOfPlace(seals: readonly Seal[], seal: Seal, chain: number, sequence: number): Fault | undefined {
  if (seal.sequence !== sequence) return seals.some((other) => other.sequence === sequence) ? "swapped" : "missing";
  if (seal.chain === chain && isWhole(seal)) return undefined;
  return seals.some((other) => hashOf({ ...seal, sequence: other.sequence }) === seal.hash) ? "swapped" : "altered";
}

/** @param length the chain's, with `known` seals before those that were read */
function faultOfEnd(chain: number, length: number, head: SealHead | undefined, known: number): Break | undefined {
  const expected = head?.sequence ?? 0;
  if (length === expected) return undefined;
  // It ends before where it was known to.
  if (expected < known) return { fault: "truncated", chain, sequence: expected + 1 };
  const sequence = Math.max(Math.min(length, expected), known) + 1;
  return { fault: head !== undefined && length > expected ? "inserted" : "truncated", chain, sequence };
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
