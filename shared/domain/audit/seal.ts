/**
 * Entries that are never changed (audit rows, journals) are sealed after they were written, into chains of hashes: a seal
 * holds the digests of some entries and the hash of the seal before it. docs/architecture.md, "A seal".
 */
import { createHash } from "node:crypto";
import * as z from "zod";
import { canonicalJson } from "../kernel/canonical.ts";
import { Instant, plusHours } from "../kernel/time.ts";

/**
 * Chains side by side. An entry's own key says which is its. More chains make more and smaller seals of a batch, fewer
 * bring more of everything to one partition; four take some
 * 16,000 entries a second: a quarter of a write unit each, and 1,000 units a second for one partition.
 */
export const CHAINS = 4;
/** A seal of so many entries with the longest keys there are is 150 kB; an item may have 400. */
export const MOST_IN_A_SEAL = 250;
/** What the first seal of a chain follows. */
export const NO_HASH = "";
/** Until when an entry must be sealed: it may be written 15 minutes after its own instant (a job's), and wait as long again. */
export const GRACE_MS = 30 * 60_000;
/** How far the clocks of those who post, seal, suspend and tell us what happened may be apart, with much to spare. */
export const CLOCKS_APART_MS = 60_000;
/**
 * No entry is sealed later than this after it says it was written: the table's stream keeps its records 24 hours (DynamoDB
 * developer guide, "Change data capture for DynamoDB Streams"), and what decides about an entry runs 15 minutes at most.
 */
export const LATEST_SEAL_HOURS = 25;
/** No chain has so many seals, at a thousand a second for thirty years: a head that says so is none. */
const PLACES = 1e12;
/** No clock is so far ahead: entries under a seal from then would all read as sealed too late. */
const HOURS_AHEAD = 24;

export const SealedEntry = z.object({
  /** The entry's key as the table spells it; its kind is the first part. */
  key: z.string(),
  /** Of everything that is stored under the key. */
  digest: z.string(),
});
export type SealedEntry = z.infer<typeof SealedEntry>;

export const Seal = z.object({
  chain: z.int(),
  /** From 1, without gaps. */
  sequence: z.int(),
  entries: z.array(SealedEntry),
  previousHash: z.string(),
  hash: z.string(),
  /** Never before the seal before. */
  sealedAt: Instant,
});
export type Seal = z.infer<typeof Seal>;

/** Where a chain ends. */
export const SealHead = Seal.pick({ chain: true, sequence: true, hash: true, sealedAt: true });
export type SealHead = z.infer<typeof SealHead>;

/** An entry that is not sealed yet, as the table's stream tells of it. */
export interface WrittenEntry extends SealedEntry {
  readonly writtenAt: Instant;
}

const sha256 = (text: string) => createHash("sha256").update(text);

/** What an entry's content is known by: another content, in any field, has another. */
export const digestOf = (content: object): string => sha256(canonicalJson(content)).digest("base64url");

/** What a seal must have as its hash: it follows from the seal before, the place in the chain and all that is sealed. */
export const hashOf = ({ chain, sequence, entries, previousHash, sealedAt }: Omit<Seal, "hash">): string =>
  sha256(canonicalJson({ chain, sequence, entries, previousHash, sealedAt })).digest("base64url");

export const chainOf = (key: string): number => sha256(key).digest().readUInt32BE(0) % CHAINS;

/** The seal after `head`, which is missing before a chain's first. */
export function nextSeal(
  chain: number,
  head: SealHead | undefined,
  entries: readonly SealedEntry[],
  now: Instant,
): Seal {
  const content = {
    chain,
    sequence: (head?.sequence ?? 0) + 1,
    entries: entries.map(({ key, digest }) => ({ key, digest })),
    previousHash: head?.hash ?? NO_HASH,
    // A clock that lags behind another's must not turn the chain's own time back: readers stop by it.
    sealedAt: head !== undefined && head.sealedAt > now ? head.sealedAt : now,
  };
  return { ...content, hash: hashOf(content) };
}

/** Whether a chain can have come to where its head says that it is. */
export const isLikely = ({ sequence, sealedAt }: SealHead, now: Instant): boolean =>
  sequence > 0 && sequence < PLACES && sealedAt <= plusHours(now, HOURS_AHEAD);

/**
 * What the next seal of a chain follows that has lost its head: the last place where anything is stored, and one that stays
 * empty for ever. So the chain goes on, and never reads as whole again.
 *
 * @param last what is there, where it can be read
 */
export function headAfterLoss(chain: number, place: number, last: Seal | undefined, now: Instant): SealHead {
  const likely = last !== undefined && isLikely({ ...last, sequence: 1 }, now) ? last : undefined;
  return { chain, sequence: place + 1, hash: likely?.hash ?? NO_HASH, sealedAt: likely?.sealedAt ?? now };
}

export const headOf = ({ chain, sequence, hash, sealedAt }: Seal): SealHead => ({ chain, sequence, hash, sealedAt });

export const isWhole = (seal: Seal): boolean => hashOf(seal) === seal.hash;

/** Whole, and of nothing but what belongs into its chain: whoever tears a chain may forge its seals, to vouch for another's rows. */
export const isOwn = (seal: Seal, chain: number): boolean =>
  isWhole(seal) && seal.chain === chain && seal.entries.every(({ key }) => chainOf(key) === chain);

/** A chain as it is stored now. */
export interface StoredChain {
  readonly chain: number;
  readonly head: SealHead | undefined;
  /** Where verification begins; at the chain's beginning, when it is missing. */
  readonly after?: SealHead | undefined;
  /** In the order of their places, those after `after`. */
  readonly seals: readonly Seal[];
  /** Where the chain was known to have come to, and what is there now. */
  readonly known?: readonly { readonly head: SealHead; readonly seal: Seal | undefined }[];
}
