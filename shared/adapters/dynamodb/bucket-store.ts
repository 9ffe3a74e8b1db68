import {
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { bucketShape, segmentShape, totalsPartShape } from "#shared/domain/tracking/bucket";
import type { Bucket, BucketKey, Segment } from "#shared/domain/tracking/bucket";
import { type HitSlice, type NotedHits, SLICE_MS } from "#shared/domain/tracking/distinct";
import type { BucketRange, BucketStore, Saved } from "#shared/table/bucket-store";
import { answerOf } from "#shared/table/answers";
import { answered } from "#shared/table/driver";
import type { Item, Key } from "#shared/table/engine";
import {
  itemKey,
  type ListedRange,
  listing,
  ranged,
  spreadListing,
  storedAttributes,
  storedItem,
} from "#shared/table/item";
import { countedHit, hitBucket, hitSegment, hitShard, hitTotals } from "#shared/table/items/tracking";
import { chunksOf, READ_AT_ONCE } from "#shared/table/repositories/reading";
import { schema } from "#shared/table/schema";
import { documentClient } from "./client.ts";
import { Placeholders } from "./expressions.ts";
import { dynamoTable } from "./table.ts";

interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

const bucketKey = ({ campaignId, shard, day }: BucketKey): Key => itemKey(hitBucket, { campaignId, shard, day });

/** Marks last from the time of the hits themselves, so that the same save always writes the same item. */
const markOf = (hitId: string, day: string) => ({ hitId, latestHitAt: `${day}T23:59:59.999Z` });
const sliceOf = ({ shard, slice }: HitSlice) => ({
  hitId: `${shard}@${slice}`,
  latestHitAt: new Date(slice * SLICE_MS).toISOString(),
});

/** Buckets on DynamoDB. Each call here is safe to repeat: a save that meets itself is `stale`, and looked at afresh. */
export function dynamoBucketStore({ TABLE_NAME }: { readonly TABLE_NAME: string }): BucketStore {
  const table: Table = { client: documentClient(), name: TABLE_NAME };
  const engine = dynamoTable({ TABLE_NAME });
  const { getMany } = engine;
  return {
    load: async (buckets) => (await getMany(buckets.map(bucketKey))).map((item) => bucketShape.parse(item)),
    save: (bucket, previousSequence, retriedHitIds) => save(table, bucket, previousSequence, retriedHitIds),
    keepSegment: (segment) => keepSegment(table, segment),
    segments: async ({ campaignId, day, shard }, after, upTo) => {
      const range = ranged(listing(hitSegment, { campaignId, day, shard }), {
        // DynamoDB knows no empty bound.
        ...(after !== "" && { from: after }),
        to: upTo,
      });
      const segments = (await query(table, range)).map((item) => segmentShape.parse(item));
      return segments.filter(({ sequence }) => sequence > after);
    },
    saveTotals: (part, previousSequence) => put(table, storedItem(hitTotals, part), previousSequence),
    totals: async (range) => (await query(table, daysOf(hitTotals, range))).map((item) => totalsPartShape.parse(item)),
    buckets: async (range) => (await query(table, daysOf(hitBucket, range))).map((item) => bucketShape.parse(item)),
    ofDay: async (day) => {
      const buckets: Bucket[] = [];
      const ofDay = spreadListing(hitBucket.listings.ofDay, { day });
      for await (const places of chunksOf(engine, ofDay, READ_AT_ONCE))
        for (const { item } of places) if (item) buckets.push(bucketShape.parse(item));
      return buckets;
    },
    noteShard: async (shardDay) => {
      const Item = storedItem(hitShard, shardDay);
      await answered(() => table.client.send(new PutCommand({ TableName: table.name, Item })));
    },
    shards: async (from, to) => {
      const items = await query(table, ranged(listing(hitShard, {}), { from, to }));
      return items.map((item) => shardShape.parse(item));
    },
    noteHits: (slice, hits) => noteHits(table, sliceOf(slice), hits),
    countedRetries: async (hitIds) => {
      const items = await getMany(hitIds.map((hitId) => itemKey(countedHit, { hitId })));
      return new Set(items.map((item) => markShape.parse(item).hitId));
    },
  };
}

const daysOf = (declaration: typeof hitBucket | typeof hitTotals, { campaignId, shard, from, to }: BucketRange) =>
  ranged(listing(declaration, { campaignId, shard }), { from, to });

const shardShape = z.object({ day: z.string(), shard: z.string() });
const markShape = z.object({ hitId: z.string() });
const noteShape = z.object({ firsts: z.set(z.string()).optional(), retries: z.set(z.string()).optional() });

/** A put under the condition that the stored item still has a sequence; empty: that there is none. */
function putCommand(TableName: string, item: Item & Key, previous: string) {
  const at = new Placeholders();
  const condition =
    previous === ""
      ? `attribute_not_exists(${at.name(schema.partitionKey)})`
      : `${at.name("sequence")} = ${at.value(previous)}`;
  return { TableName, Item: item, ConditionExpression: condition, ...at.attributes() };
}

/** Whether a write was done; not when its conditions did not hold. */
async function saved(send: () => Promise<unknown>): Promise<Saved> {
  try {
    await answered(send);
    return "saved";
  } catch (error) {
    if (answerOf(error).is === "no") return "stale";
    throw error;
  }
}

const put = ({ client, name }: Table, item: Item & Key, previous: string): Promise<Saved> =>
  saved(() => client.send(new PutCommand(putCommand(name, item, previous))));

/** One that is there already is the same. */
const keepSegment = async (table: Table, segment: Segment): Promise<void> =>
  void (await put(table, storedItem(hitSegment, segment), ""));

function save(table: Table, bucket: Bucket, previous: string, retried: readonly string[]): Promise<Saved> {
  const item = storedItem(hitBucket, bucket);
  // A transaction costs twice as much, and retried hits are rare.
  if (retried.length === 0) return put(table, item, previous);
  const marks = retried.map((hitId) => ({
    Put: putCommand(table.name, storedItem(countedHit, markOf(hitId, bucket.day)), ""),
  }));
  const TransactItems = [{ Put: putCommand(table.name, item, previous) }, ...marks];
  return saved(() => table.client.send(new TransactWriteCommand({ TransactItems })));
}

async function noteHits(
  { client, name }: Table,
  slice: ReturnType<typeof sliceOf>,
  hits: NotedHits,
): Promise<NotedHits> {
  const at = new Placeholders();
  const attributes = Object.entries(storedAttributes(countedHit, slice));
  const expires = `SET ${attributes.map(([attribute, value]) => `${at.name(attribute)} = ${at.value(value)}`).join(", ")}`;
  const added = Object.entries({ firsts: hits.firsts, retries: hits.retries })
    .filter(([, marks]) => marks.size > 0)
    .map(([attribute, marks]) => `${at.name(attribute)} ${at.value(new Set(marks))}`);
  const union = new UpdateCommand({
    TableName: name,
    Key: { ...itemKey(countedHit, slice) },
    UpdateExpression: added.length > 0 ? `ADD ${added.join(", ")} ${expires}` : expires,
    ...at.attributes(),
    ReturnValues: "ALL_NEW",
  });
  const { Attributes } = await answered(() => client.send(union));
  const { firsts = new Set(), retries = new Set() } = noteShape.parse(Attributes ?? {});
  return { firsts, retries };
}

async function query({ client, name }: Table, { partition, between }: ListedRange): Promise<readonly Item[]> {
  const items: Item[] = [];
  const at = new Placeholders();
  const [first, last] = between.map((sortKey) => at.value(sortKey));
  const inPartition = `${at.name(schema.partitionKey)} = ${at.value(partition)}`;
  const inRange = `${at.name(schema.sortKey)} BETWEEN ${first} AND ${last}`;
  let after: Record<string, unknown> | undefined;
  do {
    const page = new QueryCommand({
      TableName: name,
      KeyConditionExpression: `${inPartition} AND ${inRange}`,
      ...at.attributes(),
      ConsistentRead: true,
      ...(after && { ExclusiveStartKey: after }),
    });
    const reply = await answered(() => client.send(page));
    items.push(...(reply.Items ?? []));
    after = reply.LastEvaluatedKey;
  } while (after);
  return items;
}
