/**
 * What is proven of the audit trail, and how it is proven on. Proof is kept, so that asking for it costs what came since and
 * not what there is; and everything is proven again from the beginning, over and over, so that what was proven and changed
 * afterwards is found as well.
 */
import * as z from "zod";
import { OwnError } from "../kernel/own-error.ts";
import { Instant, plusMilliseconds } from "../kernel/time.ts";
import { SealHead } from "./seal.ts";
import { type Break, breaksOf, FAULTS, GRACE_MS, type StoredChain, type StoredEntry } from "./verify-seals.ts";

const StoredBreak = z.object({
  fault: z.enum(FAULTS),
  chain: z.int().optional(),
  sequence: z.int().optional(),
  key: z.string().optional(),
});

/** The trail from its beginning up to somewhere. */
export const Proven = z.object({
  /** How far each chain was read. */
  heads: z.array(SealHead),
  /** Audit rows that were looked at. */
  rows: z.int(),
  /** Until when every row that is listed was looked for in the chains. */
  listedUpTo: Instant.optional(),
  /** The first thing that was not as it was. */
  firstBreak: StoredBreak.optional(),
});
export type Proven = z.infer<typeof Proven>;

export const AuditProof = z.object({
  /** As far as anything was proven. */
  proven: Proven,
  /** How far the trail was proven again from its beginning; when it comes to the end, it is what is proven. */
  again: Proven,
  version: z.int(),
  updatedAt: Instant,
});
export type AuditProof = z.infer<typeof AuditProof>;

/** Entries that are proven at once, about: what can be read while somebody waits, and held in memory. */
export const MOST_AT_ONCE = 10_000;

/** Before anything was looked at. */
export const NOTHING_PROVEN: Proven = { heads: [], rows: 0 };

/** A part of the trail as it is stored: what follows on what is proven. */
export interface TrailPart {
  readonly chains: readonly StoredChain[];
  /** All that is sealed in the chains, and rows that no seal was found for. */
  readonly entries: readonly StoredEntry[];
  /** How many audit rows that is. */
  readonly rows: number;
  readonly listedUpTo: Instant;
  /** Seals after this part. */
  readonly left: number;
}

/** Until when rows must have been sealed by now. */
export const sealedUpTo = (now: Instant): Instant => plusMilliseconds(now, -GRACE_MS);

/** What is proven with one more part. The first break is kept: what comes after it may be its consequence. */
export function provenWith(proven: Proven, part: TrailPart, now: Instant): Proven {
  const [broken] = breaksOf(part.entries, part.chains, now);
  const firstBreak = proven.firstBreak ?? broken;
  return {
    heads: part.chains.flatMap(({ seals, after, chain }) => {
      const last = seals.at(-1);
      if (last === undefined) return after ?? [];
      return { chain, sequence: last.sequence, hash: last.hash, sealedAt: last.sealedAt };
    }),
    rows: proven.rows + part.rows,
    listedUpTo: part.listedUpTo,
    ...(firstBreak && { firstBreak }),
  };
}

/** What is proven, and how many seals after it were not read. */
export interface Outcome {
  readonly proven: Proven;
  readonly left: number;
}

/** Proves on, part by part, so many at most. @param read gives the part that follows */
export async function provenOn(
  read: (proven: Proven) => Promise<TrailPart>,
  proven: Proven,
  now: Instant,
  parts: number,
): Promise<Outcome> {
  const part = await read(proven);
  const next = provenWith(proven, part, now);
  return part.left > 0 && parts > 1 ? provenOn(read, next, now, parts - 1) : { proven: next, left: part.left };
}

/**
 * Whether a chain itself is broken, and no entry of it. One that was cut off, or made anew, together with its head is whole
 * in itself: only what was known of it before tells.
 */
export const isTorn = (broken: Break | undefined): boolean => broken?.chain !== undefined && broken.key === undefined;

/** From where it is proven on. A torn chain is held against what was known of it once more: it may have been put right. */
export function provenBefore(proof: AuditProof | undefined): Proven {
  const { firstBreak, ...proven } = proof?.proven ?? NOTHING_PROVEN;
  return firstBreak === undefined || isTorn(firstBreak) ? proven : { ...proven, firstBreak };
}

/** What was proven from the beginning, held against what was proven since. */
export const heldAgainst = (whole: Proven, since: Proven): Proven =>
  whole.firstBreak === undefined && since.firstBreak !== undefined && isTorn(since.firstBreak)
    ? { ...whole, firstBreak: since.firstBreak }
    : whole;

/**
 * Proves while somebody waits: on from what is proven, or from the beginning where that is little, so that nothing is taken on
 * trust; that is then held against what was known.
 */
export async function provenNow(
  read: (proven: Proven) => Promise<TrailPart>,
  proof: AuditProof | undefined,
  now: Instant,
  parts: number,
): Promise<Outcome> {
  const known = provenBefore(proof);
  if (proof === undefined || proof.proven.rows > MOST_AT_ONCE) return provenOn(read, known, now, parts);
  const whole = await provenOn(read, NOTHING_PROVEN, now, parts);
  const since = await provenOn(read, known, now, 1);
  return { ...whole, proven: heldAgainst(whole.proven, since.proven) };
}

/** What an admin is told. Only what was looked at whole, and found whole, is intact. */
export const verificationOf = ({ proven: { heads, rows, firstBreak }, left }: Outcome) => ({
  intact: firstBreak === undefined && left === 0,
  rows,
  heads,
  unread: left,
  ...(firstBreak && { firstBreak }),
});

/** @throws Error with the first break, when there is one: nobody should have to ask to hear of it. */
export function requireIntact({ firstBreak }: Proven): "intact" {
  if (firstBreak) throw new OwnError(`the audit trail is broken: ${spelled(firstBreak)}`);
  return "intact";
}

const spelled = ({ fault, chain, sequence, key }: Break): string =>
  [
    fault,
    ...(key === undefined ? [] : [key]),
    ...(chain === undefined ? [] : [`chain ${chain}`, `seal ${sequence}`]),
  ].join(", ");
