import { agentRules } from "./agent-rules.ts";
import { type Bucket, type BucketCounts, type BucketKey, emptyBucket } from "./bucket.ts";
import { type BucketHits, hitsByBucket } from "./bucket-hits.ts";
import type { CreatorVisits } from "./creator-visits.ts";
import { markOf } from "./distinct.ts";
import type { Hit } from "./hit.ts";
import { limitedCodes, paddedSequence } from "./hit-records.ts";
import { parseHit } from "./parse-hit.ts";
import { Recent } from "./recent.ts";
import { countsOf, nothingSealed, rollUp, sealBucket, type Sealed, type SequencedHit } from "./rollup.ts";
import { Totals } from "./totals.ts";
import { type VisitorHash, visitorHash, VisitorTable } from "./visitor-table.ts";
import { isVisit, shownBy, Visits } from "./visits.ts";

/** A mark's twelve letters are 60 random bits; in base 36, which has all of them, halves of it fit 32 bits each. */
const markHash = (hit: Hit): VisitorHash => {
  const mark = markOf(hit);
  return { high: Number.parseInt(mark.slice(0, 6), 36) >>> 0, low: Number.parseInt(mark.slice(6), 36) >>> 0 };
};

interface Counted {
  readonly bucket: Bucket;
  readonly sealed: Sealed;
}
const noneOf = (key: BucketKey): Counted => ({ bucket: emptyBucket(key), sealed: nothingSealed() });

/**
 * Counts a UTC day's raw hits anew, by the rules as they are: each id once, in whatever order and however often it comes. What
 * the rollup counted of them must be the same.
 */
export class Recount {
  /** Links that were clicked and may have so many clicks. */
  readonly limited = new Set<string>();
  /** Lines that are no hit. */
  unreadable = 0;
  readonly #day: string;
  readonly #parts: number;
  #part = 0;
  #seen = new VisitorTable();
  readonly #states = new Map<string, Counted>();
  readonly #ofOthers = new Map<string, Set<string>>();
  readonly #visits = new Map<string, Map<string, Visits>>();
  readonly #agents = agentRules();
  #hits = 0;

  /**
   * @param parts in which its visitors are counted, one part after the other, each by reading all hits again: of a part alone it is
   * kept who came. A visitor's hits, and whatever comes again of them, are all in one, so that parts add up as shards do.
   */
  constructor(day: string, parts = 1) {
    this.#day = day;
    this.#parts = parts;
  }

  /** Hits of the part so far: of each, and of its visitor, it is kept that they came. */
  get held(): number {
    return this.#seen.pairs;
  }

  /** Forgets who came in the part that was read, and begins the next. @returns whether there is one */
  next(): boolean {
    this.#part += 1;
    this.#seen = new VisitorTable();
    for (const [campaignId, { bucket, sealed }] of this.#states)
      this.#states.set(campaignId, { bucket, sealed: { ...sealed, visitors: new VisitorTable() } });
    return this.#part < this.#parts;
  }

  /**
   * @param text hits of any day, each in a line of its own
   * @param hour in which they came (`2026-03-01T05`)
   */
  add(text: string, hour: string): void {
    const hits: SequencedHit[] = [];
    for (const line of text.split("\n")) {
      const hit = line === "" ? undefined : this.#newHit(line, hour);
      if (hit !== undefined) hits.push({ sequence: paddedSequence(String((this.#hits += 1))), hit });
    }
    for (const group of hitsByBucket("", hits)) {
      const { bucket, sealed } = this.#states.get(group.campaignId) ?? noneOf(group);
      const update = rollUp(bucket, sealed, group.hits, this.#agents);
      this.#states.set(group.campaignId, sealBucket(update.bucket, sealed));
      this.#addVisits(group);
      for (const code of limitedCodes(group.hits)) this.limited.add(code);
    }
  }

  /** Hours in which hits of other days came, by day. */
  get ofOthers(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#ofOthers;
  }

  get campaigns(): readonly string[] {
    return [...this.#states.keys()];
  }

  /** What there is of a campaign; of one without hits, nothing. */
  of(campaignId: string): readonly BucketCounts[] {
    const state = this.#states.get(campaignId);
    return state === undefined ? [] : [countsOf(state.bucket, state.sealed.totals.parts(state.bucket))];
  }

  /** All that there is of a campaign as totals, to be stored. */
  totalsOf(campaignId: string) {
    const { bucket, sealed } = this.#states.get(campaignId) ?? noneOf({ campaignId, day: this.#day, shard: "" });
    const totals = Totals.of(sealed.totals.parts(bucket));
    totals.add(Recent.of(bucket.recent), bucket.visits, `${bucket.sequence} and what is not sealed`);
    return { campaignId, day: bucket.day, unique: bucket.unique, totals: totals.parts(bucket) };
  }

  /** Visits by what they show, of each creator of a campaign whose links were hit. */
  visitsOf(campaignId: string): readonly CreatorVisits[] {
    return [...(this.#visits.get(campaignId) ?? [])].map(([creatorId, visits]) => ({
      ...{ campaignId, creatorId, day: this.#day, visits: visits.counts() },
    }));
  }

  /** One by one into a batch of their own: what is kept of a creator knows no more hosts than are told apart. */
  #addVisits({ campaignId, hits }: BucketHits): void {
    const batch = new Map<string, Visits>();
    for (const { hit } of hits) {
      if (hit.kind === "own") continue;
      // Of a creator whose hits are all robots' it is known that there are no visits.
      const visits = batch.get(hit.creatorId) ?? new Visits();
      batch.set(hit.creatorId, visits);
      if (isVisit(hit, this.#agents)) visits.count(shownBy(hit, this.#agents));
    }
    const all = this.#visits.get(campaignId) ?? new Map<string, Visits>();
    this.#visits.set(campaignId, all);
    for (const [creatorId, visits] of batch) {
      const sum = all.get(creatorId) ?? new Visits();
      all.set(creatorId, sum);
      sum.add(visits);
    }
  }

  #noteOther(hit: Hit | undefined, hour: string): void {
    if (hit === undefined) this.unreadable += 1;
    else if (hit.day !== this.#day)
      this.#ofOthers.set(hit.day, (this.#ofOthers.get(hit.day) ?? new Set<string>()).add(hour));
  }

  #newHit(line: string, hour: string): Hit | undefined {
    const hit = parseHit(line);
    if (this.#part === 0) this.#noteOther(hit, hour);
    if (hit?.day !== this.#day || visitorHash(hit.visitor).high % this.#parts !== this.#part) return undefined;
    const hash = markHash(hit);
    if (this.#seen.has(hash)) return undefined;
    this.#seen.raise(hash, 0);
    return hit;
  }
}
