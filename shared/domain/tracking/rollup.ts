import { type agentClass, agentClassifier, countClass } from "./classification.ts";
import type { HitClass } from "./classification.ts";
import { bucketName, levelOf, LINKS_PER_BUCKET, pairsPerBucket } from "./bucket.ts";
import type { Bucket, BucketFamily, BucketKey, LinkCounts } from "./bucket.ts";
import type { Hit } from "./hit.ts";
import { type VisitorHash, visitorHash, VisitorTable } from "./visitor-table.ts";

/** A hit and its place in the stream, zero-padded (`paddedSequence`). */
export interface SequencedHit {
  readonly sequence: string;
  readonly hit: Hit;
}

export interface BucketUpdate {
  readonly bucket: Bucket;
  /** What the stored bucket must still say for the update to be right; empty: it must not exist. */
  readonly previousSequence: string;
  readonly retriedHitIds: readonly string[];
}

export interface RollUp {
  /** By level, first level first. */
  readonly updates: readonly BucketUpdate[];
  /** Buckets that must be loaded first; when there are any, `updates` mean nothing. */
  readonly missing: readonly BucketKey[];
}

interface OpenBucket {
  readonly stored: Bucket;
  readonly level: number;
  readonly links: Map<string, LinkCounts>;
  readonly uniqueByCreator: Map<string, number>;
  readonly visitors: VisitorTable;
  unique: number;
  sequence: string;
  retriedHitIds: string[];
}

const copied = ([code, { creatorId, byClass }]: [string, LinkCounts]): [string, LinkCounts] => [
  code,
  { creatorId, byClass: { ...byClass } },
];

const open = (stored: Bucket): OpenBucket => ({
  stored,
  level: levelOf(stored.bucket),
  links: new Map(Object.entries(stored.links).map(copied)),
  uniqueByCreator: new Map(Object.entries(stored.uniqueByCreator)),
  visitors: new VisitorTable(stored.visitors),
  unique: stored.unique,
  sequence: stored.sequence,
  retriedHitIds: [],
});

/** A hit, and the class it shows by itself; without one, its visitor tells. */
interface Classed {
  readonly hit: Hit;
  readonly visitor: VisitorHash;
  readonly shown: HitClass | undefined;
}

/** Closed to new pairs of visitor and link, for ever: neither number ever falls. */
const isClosed = ({ visitors, links, level }: OpenBucket): boolean =>
  visitors.pairs >= pairsPerBucket(level) || links.size >= LINKS_PER_BUCKET;

const clickedFor = (bucket: OpenBucket, { hit, visitor }: Classed): boolean =>
  bucket.visitors.codesOf(visitor).some((code) => bucket.links.get(code)?.creatorId === hit.creatorId);

function bump(bucket: OpenBucket, hit: Hit, hitClass: HitClass): void {
  let link = bucket.links.get(hit.code);
  if (link === undefined) bucket.links.set(hit.code, (link = { creatorId: hit.creatorId, byClass: {} }));
  link.byClass[hitClass] = (link.byClass[hitClass] ?? 0) + 1;
}

/** `path` are the buckets from the first level to the one the pair lives on: a visitor's pairs are nowhere else. */
function countVisitor(path: readonly OpenBucket[], bucket: OpenBucket, classed: Classed): void {
  const { hit, visitor } = classed;
  const before = bucket.visitors.hits(visitor, hit.code);
  if (before === 0) {
    if (!path.some((above) => above.visitors.has(visitor))) bucket.unique += 1;
    if (!path.some((above) => clickedFor(above, classed)))
      bucket.uniqueByCreator.set(hit.creatorId, (bucket.uniqueByCreator.get(hit.creatorId) ?? 0) + 1);
  }
  bucket.visitors.raise(visitor, hit.code);
  bump(bucket, hit, countClass(before));
}

const livesHere = (bucket: OpenBucket, { hit, visitor, shown }: Classed): boolean =>
  shown === undefined
    ? !isClosed(bucket) || bucket.visitors.hits(visitor, hit.code) > 0
    : bucket.links.has(hit.code) || bucket.links.size < LINKS_PER_BUCKET;

const updateOf = (bucket: OpenBucket): BucketUpdate => ({
  bucket: {
    ...bucket.stored,
    sequence: bucket.sequence,
    unique: bucket.unique,
    uniqueByCreator: Object.fromEntries(bucket.uniqueByCreator),
    links: Object.fromEntries(bucket.links),
    visitors: bucket.visitors.bytes(),
  },
  previousSequence: bucket.stored.sequence,
  retriedHitIds: bucket.retriedHitIds,
});

type BucketAt = (name: string) => OpenBucket | undefined;
type Home = { readonly path: readonly OpenBucket[]; readonly bucket: OpenBucket } | { readonly missing: string };

/** The first bucket on the visitor's path that a hit lives on, or the name of the bucket that must be seen to tell. */
function homeOf(bucketAt: BucketAt, classed: Classed): Home {
  const path: OpenBucket[] = [];
  for (let level = 0; ; level += 1) {
    const name = bucketName(level, classed.hit.visitor);
    const bucket = bucketAt(name);
    if (bucket === undefined) return { missing: name };
    path.push(bucket);
    if (livesHere(bucket, classed)) return { path, bucket };
  }
}

/** Opens each bucket once, and only when a hit asks for it: decoding is most of the work. */
function opener(buckets: ReadonlyMap<string, Bucket>, opened: Map<string, OpenBucket>): BucketAt {
  return (name) => {
    const known = opened.get(name);
    if (known !== undefined) return known;
    const stored = buckets.get(name);
    if (stored === undefined) return undefined;
    const bucket = open(stored);
    opened.set(name, bucket);
    return bucket;
  };
}

const inOrder = (hits: readonly SequencedHit[]): readonly SequencedHit[] =>
  hits.every((hit, place) => place === 0 || (hits[place - 1]?.sequence ?? "") < hit.sequence)
    ? hits
    : [...hits].sort((one, other) => (one.sequence < other.sequence ? -1 : 1));

/**
 * Counts hits into the buckets of one campaign, day and shard.
 *
 * A hit's home is the first bucket on its visitor's path (`0`, `1-a`, `2-a7`, …) that holds its pair of visitor and
 * link, or is still open when the pair is first seen; a hit without visitor state (bot, head, …) needs only its link there.
 * A bucket skips hits up to its own sequence number, so each bucket may be saved, or fail, by itself.
 *
 * Retries find the same homes. A closed bucket stays closed and gains no pair, so what it told a deeper bucket ("not
 * here") stays true; and as updates are saved from the first level down, it was already stored when the deeper bucket
 * was. So a hit that a stored bucket has counted is led to that bucket again, and skipped there.
 *
 * @param buckets by name; a bucket that was looked for and not found is given as `emptyBucket`
 * @param hits of this family, each at most once per id (`distinctHits`), in any order
 * @param classOf remembers agents; given by who rolls up more than once
 */
export function rollUp(
  family: BucketFamily,
  buckets: ReadonlyMap<string, Bucket>,
  hits: readonly SequencedHit[],
  classOf: typeof agentClass = agentClassifier(),
): RollUp {
  const opened = new Map<string, OpenBucket>();
  const bucketAt = opener(buckets, opened);
  const missing = new Set<string>();
  for (const { sequence, hit } of inOrder(hits)) {
    const classed = { hit, visitor: visitorHash(hit.visitor), shown: classOf(hit) };
    const home = homeOf(bucketAt, classed);
    if ("missing" in home) {
      missing.add(home.missing);
    } else if (sequence > home.bucket.sequence) {
      if (classed.shown === undefined) countVisitor(home.path, home.bucket, classed);
      else bump(home.bucket, hit, classed.shown);
      home.bucket.sequence = sequence;
      if (hit.retried) home.bucket.retriedHitIds.push(hit.id);
    }
  }
  const updates = [...opened.values()].filter((bucket) => bucket.sequence !== bucket.stored.sequence);
  return {
    updates: updates.sort((one, other) => one.level - other.level).map(updateOf),
    missing: [...missing].map((bucket) => ({ ...family, bucket })),
  };
}
