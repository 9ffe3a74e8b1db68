/**
 * Entries that are never changed (audit rows, journals) are sealed after they were written, into chains of hashes: a seal
 * holds the digests of some entries and the hash of the seal before it. docs/architecture.md, "A seal".
 */
import { createHash } from "node:crypto";
import * as z from "zod";
import { canonicalJson } from "../kernel/canonical.ts";
import { Instant } from "../kernel/time.ts";

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

export const headOf = ({ chain, sequence, hash, sealedAt }: Seal): SealHead => ({ chain, sequence, hash, sealedAt });
