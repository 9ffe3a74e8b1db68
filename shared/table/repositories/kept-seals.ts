import type { BucketKey } from "#shared/domain/tracking/bucket";
import type { Sealed } from "#shared/domain/tracking/rollup";

/** Pairs of visitor and link, about 30 bytes each in memory: a quarter of a gigabyte, which a day's busiest shard fits in. */
const MOST_PAIRS = 8_000_000;
/** A bucket that nobody has sealed much of is not free either. */
const PAIRS_A_BUCKET = 64;

const nameOf = ({ campaignId, day, shard }: BucketKey): string => `${campaignId} ${day} ${shard}`;
const sizeOf = ({ visitors }: Sealed): number => visitors.pairs + PAIRS_A_BUCKET;

/** What was read of sealed buckets, kept in the process, those used last. */
export class KeptSeals {
  readonly #kept = new Map<string, Sealed>();
  readonly #mostPairs: number;
  #pairs = 0;

  constructor(mostPairs = MOST_PAIRS) {
    this.#mostPairs = mostPairs;
  }

  /** Taken, it is whoever's took it, who may change it, and gives it back when what they made of it is stored. */
  take(bucket: BucketKey): Sealed | undefined {
    const name = nameOf(bucket);
    const kept = this.#kept.get(name);
    if (kept === undefined) return undefined;
    this.#kept.delete(name);
    this.#pairs -= sizeOf(kept);
    return kept;
  }

  keep(bucket: BucketKey, sealed: Sealed): void {
    this.take(bucket);
    this.#kept.set(nameOf(bucket), sealed);
    this.#pairs += sizeOf(sealed);
    for (const [name, oldest] of this.#kept) {
      // The one that was just used stays, however large it is.
      if (this.#pairs <= this.#mostPairs || this.#kept.size === 1) return;
      this.#kept.delete(name);
      this.#pairs -= sizeOf(oldest);
    }
  }
}
