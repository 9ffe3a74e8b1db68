import { OwnError } from "#shared/domain/kernel/own-error";
import { type Bucket, type BucketKey, emptyBucket, isFull } from "#shared/domain/tracking/bucket";
import { type BucketHits, bucketName, hitsByBucket, inParts } from "#shared/domain/tracking/bucket-hits";
import { agentRules } from "#shared/domain/tracking/agent-rules";
import { distinctHits, doubtful, notesOf } from "#shared/domain/tracking/distinct";
import { type HitRecord, inStreamOrder, spelledAs } from "#shared/domain/tracking/hit-records";
import {
  newTo,
  nothingSealed,
  rollUp,
  type Seal,
  sealBucket,
  type Sealed,
  sealedOf,
  type SequencedHit,
} from "#shared/domain/tracking/rollup";
import type { BatchOutcome, HitCounter } from "#shared/ports/tracking";
import { type BucketStore, MARKS_PER_SAVE, type Saved } from "#shared/table/bucket-store";
import { KeptSeals } from "./kept-seals.ts";

/** Another consumer of the same shard lets us redo the work; one that never stops doing so is a fault. */
const ATTEMPTS = 5;
const BUCKETS_AT_ONCE = 8;
/** Each hit may be of a new link and creator, and take a hundred bytes: a bucket stays below DynamoDB's 400 kB. */
const PER_SAVE = { hits: 3_000, retried: MARKS_PER_SAVE };

/** What a process has: its store, and what it keeps from one batch to the next. */
interface Counting {
  readonly store: BucketStore;
  readonly kept: KeptSeals;
  readonly notedShards: Set<string>;
  readonly agents: ReturnType<typeof agentRules>;
}

/** Counts clicks into a store of buckets. */
export function storedHitCounter(store: BucketStore, kept = new KeptSeals()): HitCounter {
  const notedShards = new Set<string>();
  return {
    count: (shard, records) => countBatch({ store, kept, notedShards, agents: agentRules() }, shard, records),
  };
}

async function countBatch(counting: Counting, shard: string, records: readonly HitRecord[]): Promise<BatchOutcome> {
  const { store } = counting;
  const waiting = [...hitsByBucket(shard, await distinct(store, shard, inStreamOrder(records)))];
  await noteShards(counting, waiting);
  const stored = new Map((await store.load(waiting)).map((bucket) => [bucketName(bucket), bucket]));
  const failures: { sequenceNumber: string; error: unknown }[] = [];
  let bucketsSaved = 0;
  const work = async () => {
    for (let bucket = waiting.shift(); bucket !== undefined; bucket = waiting.shift()) {
      try {
        bucketsSaved += await countBucket(counting, bucket, stored.get(bucketName(bucket)) ?? emptyBucket(bucket));
      } catch (error) {
        failures.push({ sequenceNumber: spelledAs(records, bucket.hits[0]?.sequence), error });
      }
    }
  };
  await Promise.all(Array.from({ length: BUCKETS_AT_ONCE }, work));
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

/** Before any of their buckets is saved, so that whatever is counted is found. */
async function noteShards({ store, notedShards }: Counting, buckets: readonly BucketKey[]): Promise<void> {
  const days = new Map(buckets.map(({ day, shard }) => [`${day} ${shard}`, { day, shard }]));
  for (const [name, shardDay] of days) {
    if (notedShards.has(name)) continue;
    await store.noteShard(shardDay);
    notedShards.add(name);
  }
}

/** @param stored as it was loaded; later states are loaded here */
async function countBucket(counting: Counting, { hits, ...key }: BucketHits, stored: Bucket): Promise<number> {
  const { store } = counting;
  let [bucket, countable] = [stored, hits];
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const saved = await countParts(counting, bucket, countable, attempt > 1);
    if (saved !== "stale") return saved;
    bucket = (await store.load([key]))[0] ?? emptyBucket(key);
    countable = await distinct(store, key.shard, hits);
  }
  throw new OwnError(`A bucket of ${bucketName(key)} in ${key.shard} changed under ${ATTEMPTS} attempts to save it.`);
}

/** @returns how often the bucket was saved, unless it had changed */
async function countParts(
  { store, kept, agents }: Counting,
  stored: Bucket,
  hits: readonly SequencedHit[],
  afresh: boolean,
): Promise<number | "stale"> {
  const parts = inParts(newTo(stored, hits), PER_SAVE);
  if (parts.length === 0) return 0;
  let bucket = stored;
  let sealed = await sealedUp(store, bucket, afresh ? undefined : kept.take(bucket), afresh);
  for (const part of parts) {
    if (isFull(bucket)) {
      const seal = sealBucket(bucket, sealed);
      if ((await saveSeal(store, seal)) === "stale") return "stale";
      ({ bucket, sealed } = seal);
    }
    const update = rollUp(bucket, sealed, part, agents);
    if ((await store.save(update.bucket, update.previousSequence, update.retriedHitIds)) === "stale") return "stale";
    ({ bucket } = update);
  }
  // Only now: what was sealed is in no stored bucket before it is saved.
  if (bucket.sealed !== "") kept.keep(bucket, sealed);
  return parts.length;
}

/**
 * Everything up to the bucket's seal: what is kept, and what was sealed since by others.
 * @param afresh also what somebody may have sealed who did not come to save the bucket
 */
async function sealedUp(
  store: BucketStore,
  bucket: Bucket,
  kept: Sealed | undefined,
  afresh: boolean,
): Promise<Sealed> {
  if (kept?.sequence === bucket.sealed) return kept;
  if (bucket.sealed === "" && !afresh) return nothingSealed();
  const { campaignId, shard, day } = bucket;
  // What is kept and not stored (its save may have failed) is nothing to go on from.
  const earlier = kept !== undefined && kept.sequence < bucket.sealed ? kept : nothingSealed();
  const [segments, totals] = await Promise.all([
    store.segments(bucket, earlier.sequence, bucket.sealed),
    store.totals({ campaignId, shard, from: day, to: day }),
  ]);
  const sealed = sealedOf(bucket, earlier, segments, totals);
  if (sealed !== undefined) return sealed;
  throw new OwnError(`A segment of ${bucketName(bucket)} in ${shard} is missing: its visitors are not known any more.`);
}

/** Before the bucket that refers to it. */
async function saveSeal(store: BucketStore, { segment, totals }: Seal): Promise<Saved> {
  const saves = totals.map(({ part, previousSequence }) => store.saveTotals(part, previousSequence));
  const [outcomes] = await Promise.all([Promise.all(saves), store.keepSegment(segment)]);
  return outcomes.includes("stale") ? "stale" : "saved";
}
