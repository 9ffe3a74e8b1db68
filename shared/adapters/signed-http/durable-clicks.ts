import type { Hit } from "#shared/domain/tracking/hit";
import type { Clicks } from "#shared/ports/tracking";

/** One of the places a hit can be written to. Rejects when it did not say yes in time; it may have it all the same. */
export interface HitSink {
  put(hit: Hit): Promise<void>;
}

export interface ClickSinks {
  readonly stream: HitSink;
  readonly overflow: HitSink;
  /** The last resort, when neither took the hit. */
  readonly park: (hit: Hit, errors: readonly unknown[]) => void;
}

/**
 * The stream, or else the queue that feeds the same rollup, or else the log. A put that failed may have been done all
 * the same, so from then on the hit says that it is a retry.
 */
export const durableClicks = ({ stream, overflow, park }: ClickSinks): Clicks => ({
  record: async (hit) => {
    try {
      await stream.put(hit);
    } catch (streamError) {
      const retried: Hit = { ...hit, retried: true };
      await overflow.put(retried).catch((overflowError: unknown) => park(retried, [streamError, overflowError]));
    }
  },
});
