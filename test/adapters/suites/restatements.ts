import { expect, test } from "@jest/globals";
import { emptyBucket } from "#shared/domain/tracking/bucket";
import { paddedSequence } from "#shared/domain/tracking/hit-records";
import { restatementOf } from "#shared/domain/tracking/restatement";
import type { BucketStore } from "#shared/table/bucket-store";
import { storedHitCounts } from "#shared/table/repositories/hit-counts";

/**
 * What restatements promise over every store of buckets.
 *
 * @param run tells runs on one store apart
 */
export function restatementSuite(make: () => BucketStore | Promise<BucketStore>, run = ""): void {
  test("a restatement stands for what shards had counted, yields to what they count more once that is judged, and to no other", async () => {
    const store = await make();
    const counts = storedHitCounts(store);
    const key = { campaignId: `cmp_restated${run}`, day: "2026-03-01", shard: `shard-restated${run}` };
    const { campaignId, day, shard } = key;
    const known = () => counts.ofDay(campaignId, day);
    const counted = async (...numbers: readonly string[]) => {
      const [first = "", second = ""] = numbers.map(paddedSequence);
      await store.noteShard({ day, shard });
      expect(await store.save({ ...emptyBucket(key), sequence: second || first }, second && first, [])).toBe("saved");
    };
    await counted("1");
    const restatement = restatementOf(await known(), { campaignId, day, totals: [], unique: 0 });
    await counts.restate(restatement);
    expect(await known()).toMatchObject({ restated: restatement.bucket.sequence, isOverridden: false });
    await counted("1", "2");
    const overridden = await known();
    expect(overridden).toMatchObject({ isOverridden: true, covered: { [shard]: paddedSequence("2") } });
    for (const _again of [1, 2]) await counts.yieldTo({ campaignId, day, counted: overridden });
    expect(await known()).toMatchObject({ isOverridden: false, shown: [expect.objectContaining({ shard })] });
    await counted("2", "3");
    expect(await known()).toMatchObject({ isOverridden: true });

    const late = counts.yieldTo({ campaignId, day, counted: { ...overridden, restated: "00000009" } });
    await expect(late).rejects.toThrow("meanwhile");
    expect(await known()).toMatchObject({ isOverridden: true });
  });
}
