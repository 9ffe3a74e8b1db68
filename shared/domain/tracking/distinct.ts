import type { Hit } from "./hit.ts";
import type { SequencedHit } from "./rollup.ts";

/**
 * Telling a hit from its own retry. A put that timed out may have reached the stream all the same, so the hit can be
 * there twice: once unflagged, and as often as we tried again, flagged `retried`, in any order. Exactly one must count.
 *
 * Both carry the same edge time, so the ids of a shard are noted in slices of five seconds of edge time, before
 * anything is counted. A flagged hit whose first try has been noted never counts. An unflagged one whose retry has been
 * noted counts unless that retry was counted: a stored fact, written with the bucket. The two can then never both count.
 */
export interface HitSlice {
  readonly shard: string;
  /** Edge time in units of five seconds. */
  readonly slice: number;
}

/** Marks (`markOf`) that were noted in one slice, or several. */
export interface NotedHits {
  readonly firsts: ReadonlySet<string>;
  readonly retries: ReadonlySet<string>;
}

/** A shard takes 1,000 records a second, so a slice holds at most 5,000 marks of 12 bytes. */
export const SLICE_MS = 5_000;

export const sliceOf = (hit: Hit): number => Math.floor(hit.at / SLICE_MS);

/** The last 60 random bits of a hit's id: enough among the few thousand hits of a slice. */
export const markOf = (hit: Hit): string => hit.id.slice(-12);

/** What must be noted of these hits, by slice. */
export function notesOf(hits: readonly SequencedHit[]): ReadonlyMap<number, NotedHits> {
  const notes = new Map<number, { firsts: Set<string>; retries: Set<string> }>();
  for (const { hit } of hits) {
    const slice = sliceOf(hit);
    const note = notes.get(slice) ?? { firsts: new Set(), retries: new Set() };
    notes.set(slice, note);
    (hit.retried ? note.retries : note.firsts).add(markOf(hit));
  }
  return notes;
}

/** Hits that are in the stream more than once, or may be: those whose counted retry must be looked for. */
export const doubtful = (
  hits: readonly SequencedHit[],
  noted: ReadonlyMap<number, NotedHits>,
): readonly SequencedHit[] => hits.filter(({ hit }) => noted.get(sliceOf(hit))?.retries.has(markOf(hit)));

/**
 * The hits that may be counted: of each id one, over all batches of its shard.
 *
 * @param noted per slice, everything noted so far, these hits included
 * @param countedRetries ids of flagged hits that a saved bucket contains
 */
export function distinctHits(
  hits: readonly SequencedHit[],
  noted: ReadonlyMap<number, NotedHits>,
  countedRetries: ReadonlySet<string>,
): readonly SequencedHit[] {
  const doubted = new Set(doubtful(hits, noted));
  const taken = new Set<string>();
  return hits.filter((sequenced) => {
    const { hit } = sequenced;
    if (!doubted.has(sequenced)) return true;
    const isFirstTry = !hit.retried;
    const firstTryIsNoted = noted.get(sliceOf(hit))?.firsts.has(markOf(hit)) ?? false;
    if (countedRetries.has(hit.id) || taken.has(hit.id) || (!isFirstTry && firstTryIsNoted)) return false;
    taken.add(hit.id);
    return true;
  });
}
