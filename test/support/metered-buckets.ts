import type { BucketStore } from "#shared/table/bucket-store";
import { storedAttributes, storedItem, itemKey } from "#shared/table/item";
import { countedHit, hitBucket, hitSegment, hitShard, hitTotals } from "#shared/table/items/tracking";
import { itemSize, writeUnits } from "./item-size.ts";

/** What writes cost, summed over everything that was written. */
export interface Meter {
  writes: number;
  /** As billed: whole kilobytes of each write, twice in a transaction. */
  units: number;
  /** Bytes of the images that the table's stream carries: the new item of each write. */
  imageBytes: number;
  /** Bytes of the largest bucket, segment or part of totals. */
  largest: number;
}

export const newMeter = (): Meter => ({ writes: 0, units: 0, imageBytes: 0, largest: 0 });

/** Units of a hit: what the table bills, and a unit for each kilobyte of image that its stream carries besides. */
export const unitsAHit = ({ units, imageBytes }: Meter, hits: number): { billed: number; withImages: number } => ({
  billed: units / hits,
  withImages: (units + imageBytes / 1024) / hits,
});

/** A store whose writes are metered as DynamoDB would bill them. */
export function metered(store: BucketStore, meter: Meter): BucketStore {
  const notes = new Map<string, number>();
  const write = (bytes: number, times = 1, before = 0): void => {
    meter.writes += 1;
    meter.units += times * writeUnits(Math.max(bytes, before));
    meter.imageBytes += bytes;
  };
  const large = (bytes: number): number => {
    meter.largest = Math.max(meter.largest, bytes);
    return bytes;
  };
  const mark = (hitId: string): number => {
    const thing = { hitId, latestHitAt: "2026-03-01T23:59:59.999Z" };
    return itemSize(storedItem(countedHit, thing));
  };
  return {
    ...store,
    save: (bucket, previous, retriedHitIds) => {
      const times = retriedHitIds.length > 0 ? 2 : 1;
      write(large(itemSize(storedItem(hitBucket, bucket))), times);
      // Its place in the index of the day: written once, since nothing of it ever changes.
      if (previous === "") meter.units += times;
      for (const hitId of retriedHitIds) write(mark(hitId), times);
      return store.save(bucket, previous, retriedHitIds);
    },
    keepSegment: (segment) => {
      write(large(itemSize(storedItem(hitSegment, segment))));
      return store.keepSegment(segment);
    },
    saveTotals: (part, previous) => {
      write(large(itemSize(storedItem(hitTotals, part))));
      return store.saveTotals(part, previous);
    },
    noteShard: (shardDay) => {
      write(itemSize(storedItem(hitShard, shardDay)));
      return store.noteShard(shardDay);
    },
    noteHits: async (slice, hits) => {
      const noted = await store.noteHits(slice, hits);
      const thing = { hitId: `${slice.shard}@${slice.slice}`, latestHitAt: "2026-03-01T00:00:00.000Z" };
      const sets = Object.entries(noted).filter(([, marks]: [string, ReadonlySet<string>]) => marks.size > 0);
      const bytes = itemSize({
        ...storedAttributes(countedHit, thing),
        ...itemKey(countedHit, thing),
        ...Object.fromEntries(sets),
      });
      const name = `${slice.shard}@${slice.slice}`;
      write(bytes, 1, notes.get(name));
      notes.set(name, bytes);
      return noted;
    },
  };
}
