/**
 * What is proven of the audit trail, and how it is proven on. Proof is kept, so that asking for it costs what came since and
 * not what there is; and everything is proven again from the beginning, over and over, so that what was proven and changed
 * afterwards is found as well.
 */
import * as z from "zod";
import { MAX_FAILURES } from "../jobs/job-run.ts";
import { OwnError } from "../kernel/own-error.ts";
import { Instant, plusMilliseconds } from "../kernel/time.ts";
import { type Gap, gapsOf } from "./gaps.ts";
import { GRACE_MS, headOf, isOwn, NO_HASH, SealHead, type StoredChain } from "./seal.ts";
import { type Break, breaksOf, FAULTS, holds, type StoredEntry } from "./verify-seals.ts";

export const StoredBreak = z.object({
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
  /** Where chains were known to have come to, and do not hold what they held there: whole in themselves, nothing else tells of it. */
  known: z.array(SealHead).default([]),
  /** What was not as it was, each entry and each chain once, in the order in which it was found; the first of very many. */
  breaks: z.array(StoredBreak).default([]),
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
export const NOTHING_PROVEN: Proven = { heads: [], rows: 0, known: [], breaks: [] };

/** Most breaks that are named: as many as a run's record holds. */
const MOST_BREAKS = MAX_FAILURES;

/** A part of the trail as it is stored: what follows on what is proven. */
export interface TrailPart {
  readonly chains: readonly StoredChain[];
  /** All that is sealed in the chains, and rows that no seal was found for. */
  readonly entries: readonly StoredEntry[];
  /** What the chains lack around those rows, wherever this part of them ends. */
  readonly gaps: readonly Gap[];
  /** How many audit rows that is. */
  readonly rows: number;
  readonly listedUpTo: Instant;
  /** Seals after this part. */
  readonly left: number;
}

/** Until when rows must have been sealed by now. */
export const sealedUpTo = (now: Instant): Instant => plusMilliseconds(now, -GRACE_MS);

/** What is proven with one more part. */
export function provenWith(proven: Proven, part: TrailPart, now: Instant): Proven {
  const gaps = [...part.gaps, ...part.chains.flatMap(gapsOf)];
  return {
    heads: part.chains.flatMap((chain) => readUpTo(chain) ?? []),
    rows: proven.rows + part.rows,
    listedUpTo: part.listedUpTo,
    known: part.chains.flatMap(({ known = [] }) => known.filter((one) => !holds(one)).map(({ head }) => head)),
    breaks: together(proven.breaks, breaksOf(part.entries, part.chains, now, gaps)),
  };
}

/** Where it is read on from. What stands behind the chain's end is no part of it, and what is no seal any more has no hash. */
function readUpTo({ chain, after, head, seals }: StoredChain): SealHead | undefined {
  const last = seals.findLast(({ sequence }) => head === undefined || sequence <= head.sequence);
  if (last === undefined) return after;
  return { ...headOf(last), chain, ...(isOwn(last, chain) ? {} : { hash: NO_HASH }) };
}

/** Whether what was read of a chain ends with a seal: then it can be gone on from there, whatever is broken before. */
export const isSound = ({ hash }: SealHead): boolean => hash !== NO_HASH;

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
export const isTorn = ({ chain, key }: Break): boolean => chain !== undefined && key === undefined;

/** By what a break is known. A chain that is torn is told once: of what comes behind, nobody can say whether it is another tear. */
const nameOf = ({ chain, key }: Break): string => key ?? `chain ${chain}`;

/** Breaks of both, each once. */
export function together(some: readonly Break[], others: readonly Break[]): Break[] {
  const all = [...some, ...others];
  const first = new Map(all.toReversed().map((one) => [nameOf(one), one]));
  const each = all.filter((one) => first.get(nameOf(one)) === one);
  // A chain that is torn is always among them, however many entries were found broken before: what is kept of it depends on that.
  const ofEntries = each.filter((one) => !isTorn(one));
  const named = new Set(ofEntries.slice(0, MOST_BREAKS - (each.length - ofEntries.length)));
  return each.filter((one) => isTorn(one) || named.has(one));
}

/** From where it is proven on. A torn chain is held against what was known of it once more: it may have been put right. */
export function provenBefore(proof: AuditProof | undefined): Proven {
  const proven = proof?.proven ?? NOTHING_PROVEN;
  return { ...proven, breaks: proven.breaks.filter((one) => !isTorn(one)) };
}

/**
 * Of what is proven, where a chain is torn behind where it is proven on from: going on does not look there again. A round that
 * has passed the place has looked, and says itself what it found.
 */
export const tearsBehind = ({ heads, breaks }: Proven, passed: readonly SealHead[]): readonly Break[] => {
  const ofChain = (some: readonly SealHead[], chain: number | undefined) =>
    some.find((head) => head.chain === chain)?.sequence ?? 0;
  return breaks.filter(
    (one) =>
      isTorn(one) &&
      (one.sequence ?? 0) <= ofChain(heads, one.chain) &&
      (one.sequence ?? 0) > ofChain(passed, one.chain),
  );
};

/** What was proven from the beginning, held against what was proven since. */
export const heldAgainst = (whole: Proven, since: Proven): Proven => ({
  ...whole,
  breaks: together(whole.breaks, since.breaks.filter(isTorn)),
});

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
  if (proof === undefined) return provenOn(read, known, now, parts);
  if (proof.proven.rows > MOST_AT_ONCE) {
    const { proven, left } = await provenOn(read, known, now, parts);
    return { proven: { ...proven, breaks: together(proven.breaks, tearsBehind(proof.proven, [])) }, left };
  }
  const whole = await provenOn(read, NOTHING_PROVEN, now, parts);
  const since = await provenOn(read, known, now, 1);
  return { ...whole, proven: heldAgainst(whole.proven, since.proven) };
}

/** What an admin is told. Only what was looked at whole, and found whole, is intact. */
export const verificationOf = ({ proven: { heads, rows, breaks }, left }: Outcome) => ({
  intact: breaks.length === 0 && left === 0,
  rows,
  heads,
  unread: left,
  ...(breaks[0] && { firstBreak: breaks[0] }),
  breaks,
});

/** What a run found: a break, in words, and whether it was known before; or that there is none. */
export interface Finding {
  readonly name: string;
  readonly is: "intact" | "known" | "new";
}

/** Everything that a run has to say. */
export function findingsOf({ breaks }: Proven, before: AuditProof | undefined): readonly Finding[] {
  if (breaks.length === 0) return [{ name: "trail", is: "intact" }];
  const known = new Set(before?.proven.breaks.map(nameOf));
  return breaks.map((one) => ({ name: spelled(one), is: known.has(nameOf(one)) ? "known" : "new" }));
}

/**
 * Counts what was found, by its name where it is known: each run says so, and rings for nothing that has rung before.
 * @throws Error with a break that is new: nobody should have to ask to hear of it.
 */
export function countedAs({ name, is }: Finding): string {
  if (is === "new") throw new OwnError(`the audit trail is broken: ${name}`);
  return is === "known" ? `still broken: ${name}` : is;
}

const spelled = ({ fault, chain, sequence, key }: Break): string =>
  [
    fault,
    ...(key === undefined ? [] : [key]),
    ...(chain === undefined ? [] : [`chain ${chain}`, `seal ${sequence}`]),
  ].join(", ");
