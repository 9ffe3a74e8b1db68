import { agentRules } from "./agent-rules.ts";
import { type Bucket, type BucketCounts, emptyBucket } from "./bucket.ts";
import { hitsByBucket } from "./bucket-hits.ts";
import { markOf } from "./distinct.ts";
import type { Hit } from "./hit.ts";
import { paddedSequence } from "./hit-records.ts";
import { parseHit } from "./parse-hit.ts";
import { countsOf, nothingSealed, rollUp, sealBucket, type Sealed, type SequencedHit } from "./rollup.ts";
import { type VisitorHash, VisitorTable } from "./visitor-table.ts";

/** A mark's twelve letters are 60 random bits; in base 36, which has all of them, halves of it fit 32 bits each. */
const markHash = (hit: Hit): VisitorHash => {
  const mark = markOf(hit);
  return { high: Number.parseInt(mark.slice(0, 6), 36) >>> 0, low: Number.parseInt(mark.slice(6), 36) >>> 0 };
};

/**
 * Counts a UTC day's raw hits anew, by the rules as they are: each id once, in whatever order and however often it comes. What
 * the rollup counted of them must be the same.
 */
export class Recount {
  /** Lines that are no hit. */
  unreadable = 0;
  readonly #day: string;
  readonly #seen = new VisitorTable();
  readonly #states = new Map<string, { readonly bucket: Bucket; readonly sealed: Sealed }>();
  readonly #agents = agentRules();
  #hits = 0;

  constructor(day: string) {
    this.#day = day;
  }

  /** @param text hits of any day, each in a line of its own */
  add(text: string): void {
    const hits: SequencedHit[] = [];
    for (const line of text.split("\n")) {
      const hit = line === "" ? undefined : this.#newHit(line);
      if (hit !== undefined) hits.push({ sequence: paddedSequence(String((this.#hits += 1))), hit });
    }
    for (const group of hitsByBucket("", hits)) {
      const { bucket, sealed } = this.#states.get(group.campaignId) ?? {
        bucket: emptyBucket(group),
        sealed: nothingSealed(),
      };
      const update = rollUp(bucket, sealed, group.hits, this.#agents);
      this.#states.set(group.campaignId, sealBucket(update.bucket, sealed));
    }
  }

  get campaigns(): readonly string[] {
    return [...this.#states.keys()];
  }

  /** What there is of a campaign; of one without hits, nothing. */
  of(campaignId: string): readonly BucketCounts[] {
    const state = this.#states.get(campaignId);
    return state === undefined ? [] : [countsOf(state.bucket, state.sealed.totals.parts(state.bucket))];
  }

  #newHit(line: string): Hit | undefined {
    const hit = parseHit(line);
    if (hit === undefined) this.unreadable += 1;
    if (hit?.day !== this.#day) return undefined;
    const hash = markHash(hit);
    if (this.#seen.has(hash)) return undefined;
    this.#seen.raise(hash, 0);
    return hit;
  }
}
