import {
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { bucketCountsShape, bucketShape } from "#shared/domain/tracking/bucket";
import type { Bucket, BucketCounts, BucketKey } from "#shared/domain/tracking/bucket";
import { type HitSlice, type NotedHits, SLICE_MS } from "#shared/domain/tracking/distinct";
import type { BucketStore } from "#shared/table/bucket-store";
import { answerOf } from "#shared/table/answers";
import { answered } from "#shared/table/driver";
import type { Key } from "#shared/table/engine";
import { itemKey, type ListedRange, listing, ranged, storedAttributes, storedItem } from "#shared/table/item";
import { countedHit, hitBucket } from "#shared/table/items/tracking";
import { schema } from "#shared/table/schema";
import { documentClient } from "./client.ts";
import { Placeholders } from "./expressions.ts";
import { dynamoTable } from "./table.ts";

interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

const bucketKey = (bucket: BucketKey): Key => itemKey(hitBucket, bucket);

/** Marks last from the time of the hits themselves, so that the same save always writes the same item. */
const markOf = (hitId: string, day: string) => ({ hitId, latestHitAt: `${day}T23:59:59.999Z` });
const sliceOf = ({ shard, slice }: HitSlice) => ({
  hitId: `${shard}@${slice}`,
  latestHitAt: new Date(slice * SLICE_MS).toISOString(),
});

/** Buckets on DynamoDB. Each call here is safe to repeat: a save that meets itself is `stale`, and looked at afresh. */
export function dynamoBucketStore({ TABLE_NAME }: { readonly TABLE_NAME: string }): BucketStore {
  const table: Table = { client: documentClient(), name: TABLE_NAME };
  const { getMany } = dynamoTable({ TABLE_NAME });
  return {
    load: async (buckets) => (await getMany(buckets.map(bucketKey))).map((item) => bucketShape.parse(item)),
    save: (bucket, previousSequence, retriedHitIds) => save(table, bucket, previousSequence, retriedHitIds),
    noteHits: (slice, hits) => noteHits(table, sliceOf(slice), hits),
    countedRetries: async (hitIds) => {
      const items = await getMany(hitIds.map((hitId) => itemKey(countedHit, { hitId })));
      return new Set(items.map((item) => markShape.parse(item).hitId));
    },
    ofCampaign: (campaignId, from, to) => query(table, ranged(listing(hitBucket, { campaignId }), { from, to })),
  };
}

const markShape = z.object({ hitId: z.string() });
const noteShape = z.object({ firsts: z.set(z.string()).optional(), retries: z.set(z.string()).optional() });

async function save({ client, name: TableName }: Table, bucket: Bucket, previous: string, retried: readonly string[]) {
  const at = new Placeholders();
  const condition =
    previous === ""
      ? `attribute_not_exists(${at.name(schema.partitionKey)})`
      : `${at.name("sequence")} = ${at.value(previous)}`;
  const marks = retried.map((hitId) => ({
    Put: {
      TableName,
      Item: storedItem(countedHit, markOf(hitId, bucket.day)),
      ConditionExpression: "attribute_not_exists(#pk)",
      ExpressionAttributeNames: { "#pk": schema.partitionKey },
    },
  }));
  const put = {
    TableName,
    Item: storedItem(hitBucket, bucket),
    ConditionExpression: condition,
    ...at.attributes(),
  };
  try {
    // A transaction costs twice as much, and retried hits are rare.
    if (marks.length === 0) await answered(() => client.send(new PutCommand(put)));
    else await answered(() => client.send(new TransactWriteCommand({ TransactItems: [{ Put: put }, ...marks] })));
    return "saved";
  } catch (error) {
    if (answerOf(error).is === "no") return "stale";
    throw error;
  }
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

async function query({ client, name }: Table, { partition, between }: ListedRange) {
  const buckets: BucketCounts[] = [];
  const at = new Placeholders();
  const [first, last] = between.map((sortKey) => at.value(sortKey));
  const inPartition = `${at.name(schema.partitionKey)} = ${at.value(partition)}`;
  const inRange = `${at.name(schema.sortKey)} BETWEEN ${first} AND ${last}`;
  const projection = Object.keys(bucketCountsShape.shape).map((attribute) => at.name(attribute));
  let after: Record<string, unknown> | undefined;
  do {
    const page = new QueryCommand({
      TableName: name,
      KeyConditionExpression: `${inPartition} AND ${inRange}`,
      ProjectionExpression: projection.join(", "),
      ...at.attributes(),
      ConsistentRead: true,
      ...(after && { ExclusiveStartKey: after }),
    });
    const reply = await answered(() => client.send(page));
    buckets.push(...(reply.Items ?? []).map((item) => bucketCountsShape.parse(item)));
    after = reply.LastEvaluatedKey;
  } while (after);
  return buckets;
}
