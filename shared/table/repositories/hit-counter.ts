import { OwnError } from "#shared/domain/kernel/own-error";
import { type Bucket, type BucketFamily, type BucketKey, emptyBucket, levelOf } from "#shared/domain/tracking/bucket";
import { agentClassifier } from "#shared/domain/tracking/classification";
import { distinctHits, doubtful, notesOf } from "#shared/domain/tracking/distinct";
import { familiesOf, type FamilyHits, familyName, inParts } from "#shared/domain/tracking/families";
import { type HitRecord, inStreamOrder, spelledAs } from "#shared/domain/tracking/hit-records";
import { type BucketUpdate, rollUp, type SequencedHit } from "#shared/domain/tracking/rollup";
import type { BatchOutcome, HitCounter } from "#shared/ports/tracking";
import { type BucketStore, MARKS_PER_SAVE } from "#shared/table/bucket-store";

/** Another consumer of the same shard lets us redo the work; one that never stops doing so is a fault. */
const ATTEMPTS = 5;
const FAMILIES_AT_ONCE = 8;

type Buckets = Map<string, Bucket>;
type Part = {
  readonly family: BucketFamily;
  readonly hits: readonly SequencedHit[];
  readonly classOf: ReturnType<typeof agentClassifier>;
};

/** Counts clicks into a store of buckets. */
export const storedHitCounter = (store: BucketStore): HitCounter => ({
  count: (shard, records) => countBatch(store, shard, records),
});

async function countBatch(store: BucketStore, shard: string, records: readonly HitRecord[]): Promise<BatchOutcome> {
  const families = familiesOf(shard, await distinct(store, shard, inStreamOrder(records)));
  const firstBuckets = await firstBucketsOf(store, families);
  const waiting = [...families];
  const failures: { sequenceNumber: string; error: unknown }[] = [];
  const classOf = agentClassifier();
  let bucketsSaved = 0;
  const work = async () => {
    for (let family = waiting.shift(); family !== undefined; family = waiting.shift()) {
      try {
        bucketsSaved += await countFamily(store, family, firstBuckets(family), classOf);
      } catch (error) {
        failures.push({ sequenceNumber: spelledAs(records, family.hits[0]?.sequence), error });
      }
    }
  };
  await Promise.all(Array.from({ length: FAMILIES_AT_ONCE }, work));
  return { bucketsSaved, failures };
}

async function distinct(store: BucketStore, shard: string, hits: readonly SequencedHit[]) {
  const notes = [...notesOf(hits)].map(
    async ([slice, note]) => [slice, await store.noteHits({ shard, slice }, note)] as const,
  );
  const noted = new Map(await Promise.all(notes));
  const ids = new Set(doubtful(hits, noted).map(({ hit }) => hit.id));
  return distinctHits(hits, noted, ids.size > 0 ? await store.countedRetries([...ids]) : ids);
}

const firstBucketOf = ({ campaignId, day, shard }: BucketFamily): BucketKey => ({
  campaignId,
  day,
  shard,
  bucket: "0",
});

/** Every family needs its first bucket, so all are loaded at once. */
async function firstBucketsOf(store: BucketStore, families: readonly BucketFamily[]) {
  const loaded = await store.load(families.map(firstBucketOf));
  const known = new Map(loaded.map((bucket) => [familyName(bucket), bucket]));
  return (family: BucketFamily): Bucket => known.get(familyName(family)) ?? emptyBucket(firstBucketOf(family));
}

/** @param first the family's first bucket; deeper ones, and later states, are loaded here */
async function countFamily(
  store: BucketStore,
  { hits, ...family }: FamilyHits,
  first: Bucket,
  classOf: Part["classOf"],
): Promise<number> {
  let countable = hits;
  let buckets: Buckets = new Map([[first.bucket, first]]);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const saved = await countParts(store, { family, hits: countable, classOf }, buckets);
    if (saved !== "stale") return saved;
    buckets = new Map();
    countable = await distinct(store, family.shard, hits);
  }
  throw new OwnError(
    `The buckets of ${familyName(family)} in ${family.shard} changed under ${ATTEMPTS} attempts to save them.`,
  );
}

/** @returns how many buckets were saved, unless one of them was stale */
async function countParts(store: BucketStore, whole: Part, buckets: Buckets): Promise<number | "stale"> {
  let saved = 0;
  for (const hits of inParts(whole.hits, MARKS_PER_SAVE)) {
    const updates = await updatesOf(store, { ...whole, hits }, buckets);
    if ((await saveAll(store, updates, buckets)) === "stale") return "stale";
    saved += updates.length;
  }
  return saved;
}

/** Rolls up, loading buckets for as long as hits ask for deeper ones. */
async function updatesOf(store: BucketStore, { family, hits, classOf }: Part, buckets: Buckets) {
  for (;;) {
    const { updates, missing } = rollUp(family, buckets, hits, classOf);
    if (missing.length === 0) return updates;
    for (const key of missing) buckets.set(key.bucket, emptyBucket(key));
    for (const bucket of await store.load(missing)) buckets.set(bucket.bucket, bucket);
  }
}

/** First level first, each after the one above: a deeper bucket relies on what is stored above it. */
async function saveAll(
  store: BucketStore,
  updates: readonly BucketUpdate[],
  buckets: Buckets,
): Promise<"saved" | "stale"> {
  for (let level = 0, left = updates; left.length > 0; level += 1) {
    const alike = left.filter(({ bucket }) => levelOf(bucket.bucket) === level);
    const outcomes = await Promise.all(
      alike.map(async ({ bucket, previousSequence, retriedHitIds }) => {
        const outcome = await store.save(bucket, previousSequence, retriedHitIds);
        if (outcome === "saved") buckets.set(bucket.bucket, bucket);
        return outcome;
      }),
    );
    if (outcomes.includes("stale")) return "stale";
    left = left.filter(({ bucket }) => levelOf(bucket.bucket) !== level);
  }
  return "saved";
}
