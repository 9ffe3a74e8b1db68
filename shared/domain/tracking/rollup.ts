import { type AgentRules, agentRules } from "./agent-rules.ts";
import { type Bucket, type BucketCounts, emptied, sealedVisits, type Segment, type TotalsPart } from "./bucket.ts";
import { classesOf, COUNT_CAP, countClass, viewClass } from "./classification.ts";
import type { Hit } from "./hit.ts";
import { countKey, ledKeys, Recent, scanKey } from "./recent.ts";
import { Totals } from "./totals.ts";
import { type VisitorHash, visitorHash, VisitorTable } from "./visitor-table.ts";
import { shownBy, Visits } from "./visits.ts";

/** A hit and its place in the stream, zero-padded (`paddedSequence`). */
export interface SequencedHit {
  readonly sequence: string;
  readonly hit: Hit;
}

/** All of a bucket up to its last seal. Segments never change, so it is kept by whoever rolls up, and grows with each seal. */
export interface Sealed {
  /** Of the last segment in it. */
  readonly sequence: string;
  readonly totals: Totals;
  readonly visitors: VisitorTable;
}

export const nothingSealed = (): Sealed => ({ sequence: "", totals: new Totals(), visitors: new VisitorTable() });

export interface BucketUpdate {
  readonly bucket: Bucket;
  /** What the stored bucket must still say for the update to be right; empty: it must not exist. */
  readonly previousSequence: string;
  readonly retriedHitIds: readonly string[];
}

/** A bucket on its way to the next state. */
interface OpenBucket {
  readonly sealed: Sealed;
  readonly recent: Recent;
  readonly visits: Visits;
  /** Who was seen: up to the seal, and since. */
  readonly tables: readonly VisitorTable[];
  unique: number;
}

function openBucket(bucket: Bucket, sealed: Sealed): OpenBucket {
  const recent = Recent.of(bucket.recent);
  const visits = Visits.of(bucket.visits, sealed.totals.hosts);
  return { sealed, recent, visits, tables: [sealed.visitors, recent.visitors], unique: bucket.unique };
}

/** Where a link is counted; a link that is seen for the first time gets the next place. */
function linkPlace(open: OpenBucket, { code, creatorId }: Hit): number {
  const { totals } = open.sealed;
  const { recent } = open;
  const place = totals.linkPlace(code) ?? recent.linkPlace(code);
  if (place !== undefined) return place;
  return recent.addLink(code, creatorPlace(open, creatorId));
}

const creatorPlace = ({ sealed: { totals }, recent }: OpenBucket, creatorId: string): number =>
  totals.creatorPlace(creatorId) ?? recent.creatorPlace(creatorId) ?? recent.addCreator(creatorId);

const creatorOf = ({ sealed: { totals }, recent }: OpenBucket, link: number): number | undefined =>
  totals.creatorOf(link) ?? recent.links[link - recent.known.links]?.creator;

/** Up to `COUNT_CAP`, from which on counting tells nothing more. */
const hitsOf = ({ sealed, recent }: OpenBucket, visitor: VisitorHash, link: number): number =>
  Math.min(sealed.visitors.hits(visitor, link) + recent.visitors.hits(visitor, link), COUNT_CAP);

/** Counts a hit that is no robot's for what it shows, whatever its class: of which it is depends on what came first. */
function countVisit({ visits, recent }: OpenBucket, hit: Hit, link: number, agents: AgentRules): void {
  visits.count(shownBy(hit, agents));
  if (hit.scanned) recent.count(scanKey(link));
  if (hit.rule !== undefined || hit.variant !== undefined) for (const key of ledKeys(link, hit)) recent.count(key);
}

/** Counts a hit whose class its visitor tells, as of everything before it. */
function countVisitor(open: OpenBucket, visitor: VisitorHash, link: number): void {
  const before = hitsOf(open, visitor, link);
  if (before === 0) countNew(open, visitor, link);
  if (before < COUNT_CAP) open.recent.visitors.raise(visitor, link);
  open.recent.count(countKey(link, countClass(before, isOwn(open, visitor, link))));
}

function countNew(open: OpenBucket, visitor: VisitorHash, link: number): void {
  const creator = ownerOf(open, link);
  if (isMarked(open, visitor, creator)) return;
  if (!isUnique(open, visitor)) open.unique += 1;
  if (!open.tables.some((table) => table.some(visitor, (other) => creatorOf(open, other) === creator)))
    open.recent.addUnique(creator);
}

function ownerOf(open: OpenBucket, link: number): number {
  const creator = creatorOf(open, link);
  if (creator === undefined) throw new RangeError("A bucket does not know whose link it counts.");
  return creator;
}

const hasMarks = ({ sealed, recent }: OpenBucket): boolean => sealed.visitors.hasMarks || recent.visitors.hasMarks;
const isMarked = (open: OpenBucket, visitor: VisitorHash, creator: number): boolean =>
  open.tables.some((table) => table.isMarked(visitor, creator));
/** Whether the visitor is the creator whose link it is. */
const isOwn = (open: OpenBucket, visitor: VisitorHash, link: number): boolean =>
  hasMarks(open) && isMarked(open, visitor, ownerOf(open, link));

/** Whether the visitor is counted among the distinct ones: on some link that is not their own. */
const isUnique = (open: OpenBucket, visitor: VisitorHash): boolean =>
  open.tables.some((table) =>
    hasMarks(open) ? table.some(visitor, (link) => !isOwn(open, visitor, link)) : table.has(visitor),
  );

/**
 * From now on, and for what was counted before, the visitor is the creator of these links: so what is counted in the end does
 * not depend on what came first. Marking somebody again changes nothing.
 */
function markOwn(open: OpenBucket, visitor: VisitorHash, creator: number): void {
  if (isMarked(open, visitor, creator)) return;
  const wasUnique = isUnique(open, visitor);
  open.recent.visitors.mark(visitor, creator);
  if (wasUnique && !isUnique(open, visitor)) open.unique -= 1;
  const visited = new Set(open.tables.flatMap((table) => table.links(visitor)));
  const own = [...visited].filter((link) => creatorOf(open, link) === creator);
  if (own.length > 0) open.recent.addUnique(creator, -1);
  for (const link of own) {
    const { valid, repeat } = classesOf(hitsOf(open, visitor, link));
    open.recent.count(countKey(link, "valid"), -valid);
    if (repeat > 0) open.recent.count(countKey(link, "repeat"), -repeat);
    open.recent.count(countKey(link, "self"), valid + repeat);
  }
}

const inOrder = (hits: readonly SequencedHit[]): readonly SequencedHit[] =>
  hits.every((hit, place) => place === 0 || (hits[place - 1]?.sequence ?? "") < hit.sequence)
    ? hits
    : [...hits].sort((one, other) => (one.sequence < other.sequence ? -1 : 1));

/** Those that a bucket has not counted. Its number says so: it counts in order, and leaves none out. */
export const newTo = ({ sequence }: Bucket, hits: readonly SequencedHit[]): readonly SequencedHit[] =>
  inOrder(hits.filter((hit) => hit.sequence > sequence));

/**
 * Counts hits of one campaign, day and shard into their bucket.
 *
 * The update holds everything that was counted, and is saved, or not, as one: whatever was delivered before, or comes again,
 * the stored number says which hits are in it.
 *
 * @param sealed up to the bucket's `sealed`
 * @param hits new to it (`newTo`), at least one, each at most once per id (`distinctHits`)
 * @param agents remembers them; given by who rolls up more than once
 */
export function rollUp(
  bucket: Bucket,
  sealed: Sealed,
  hits: readonly SequencedHit[],
  agents: AgentRules = agentRules(),
): BucketUpdate {
  const open = openBucket(bucket, sealed);
  for (const { hit } of hits) {
    if (hit.kind === "own") {
      markOwn(open, visitorHash(hit.visitor), creatorPlace(open, hit.creatorId));
      continue;
    }
    const link = linkPlace(open, hit);
    const shown = agents.classOf(hit) ?? viewClass(hit);
    if (shown !== undefined) {
      open.recent.count(countKey(link, shown, hit.kind));
      continue;
    }
    countVisit(open, hit, link, agents);
    countVisitor(open, visitorHash(hit.visitor), link);
  }
  return {
    bucket: {
      ...bucket,
      sequence: hits.at(-1)?.sequence ?? bucket.sequence,
      unique: open.unique,
      recent: open.recent.bytes(),
      visits: open.visits.bytes(),
    },
    previousSequence: bucket.sequence,
    retriedHitIds: hits.flatMap(({ hit }) => (hit.retried ? [hit.id] : [])),
  };
}

/** What must be stored before a bucket that refers to it, in any order. */
export interface Seal {
  readonly segment: Segment;
  /** Parts that change, each with the number that it is stored under now. */
  readonly totals: readonly { readonly part: TotalsPart; readonly previousSequence: string }[];
  /** The bucket with nothing recent, to count on with. */
  readonly bucket: Bucket;
  readonly sealed: Sealed;
}

/**
 * Seals what a bucket counted since it was last sealed. The seal follows from the bucket alone, so whoever repeats one that
 * broke off, at any call, writes the same: a segment that is there stays, and a part of the totals that has it is left alone.
 *
 * @param sealed used up: it becomes a part of the seal's own
 */
export function sealBucket(bucket: Bucket, { totals, visitors, sequence: previous }: Sealed): Seal {
  const { campaignId, day, shard, sequence } = bucket;
  const recent = Recent.of(bucket.recent);
  const recentVisitors = recent.visitors.bytes();
  const before = totals.sequences();
  const changed = totals.add(recent, sealedVisits(bucket), sequence);
  visitors.addBytes(recentVisitors);
  return {
    segment: { campaignId, day, shard, sequence, previous, visitors: recentVisitors },
    totals: changed.map((part) => ({ part: totals.part(bucket, part), previousSequence: before[part] ?? "" })),
    bucket: emptied(bucket, totals.known),
    sealed: { sequence, totals, visitors },
  };
}

/**
 * Everything that is sealed of a bucket.
 *
 * @param earlier an earlier state of it, used up
 * @param segments those after `earlier`, in any order
 * @returns nothing when a segment is missing in between
 */
export function sealedOf(
  { sealed: last }: Bucket,
  earlier: Sealed,
  segments: readonly Segment[],
  parts: readonly TotalsPart[],
): Sealed | undefined {
  const named = new Map(segments.map((segment) => [segment.sequence, segment]));
  const chain: Segment[] = [];
  for (let at = last; at !== earlier.sequence;) {
    const segment = named.get(at);
    if (segment === undefined) return undefined;
    chain.push(segment);
    at = segment.previous;
  }
  for (const { visitors } of chain.reverse()) earlier.visitors.addBytes(visitors);
  return { sequence: last, totals: Totals.of(parts), visitors: earlier.visitors };
}

/**
 * What a bucket counts, sealed or not.
 * @param parts its totals, read after the bucket: what was sealed meanwhile is in them, and not counted again
 */
export function countsOf(bucket: Bucket, parts: readonly TotalsPart[]): BucketCounts {
  const { campaignId, day, shard, sequence, unique, rules } = bucket;
  const totals = Totals.of(parts);
  totals.add(Recent.of(bucket.recent), bucket.visits, sequence);
  const [uniqueByCreator, links, visits] = [totals.byCreator(), totals.byLink(), totals.byDimension()];
  return { campaignId, day, shard, rules, unique, uniqueByCreator, links, visits };
}
