import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { pageCountsShape, pageShape } from "#shared/domain/tracking/day-page";
import type { Page, PageCounts, PageKey } from "#shared/domain/tracking/day-page";
import { type HitSlice, type NotedHits, SLICE_MS } from "#shared/domain/tracking/distinct";
import type { TrackingPages } from "#shared/ports/tracking";
import type { Key } from "#shared/table/engine";
import { itemKey, type ListedRange, listingBetween, storedAttributes, storedItem } from "#shared/table/item";
import { countedHit, trackingPage } from "#shared/table/items/tracking";
import { schema } from "#shared/table/schema";
import { documentClient } from "./client.ts";
import { Placeholders } from "./expressions.ts";

interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

const BATCH_KEYS = 100;
const READS = 8;

const pageKey = (page: PageKey): Key => itemKey(trackingPage, page);

/** Marks last from the time of the hits themselves, so that the same save always writes the same item. */
const markOf = (hitId: string, day: string) => ({ hitId, latestHitAt: `${day}T23:59:59.999Z` });
const sliceOf = ({ shard, slice }: HitSlice) => ({
  hitId: `${shard}@${slice}`,
  latestHitAt: new Date(slice * SLICE_MS).toISOString(),
});

/** Click counts on DynamoDB. The SDK's own retries apply: each call here is safe to repeat. */
export function dynamoTrackingPages({ TABLE_NAME }: { readonly TABLE_NAME: string }): TrackingPages {
  const table: Table = { client: documentClient(), name: TABLE_NAME };
  return {
    load: async (pages) => (await getMany(table, pages.map(pageKey))).map((item) => pageShape.parse(item)),
    save: (page, previousSequence, retriedHitIds) => save(table, page, previousSequence, retriedHitIds),
    noteHits: (slice, hits) => noteHits(table, sliceOf(slice), hits),
    countedRetries: async (hitIds) => {
      const items = await getMany(
        table,
        hitIds.map((hitId) => itemKey(countedHit, { hitId })),
      );
      return new Set(items.map((item) => markShape.parse(item).hitId));
    },
    ofCampaign: (campaignId, from, to) => query(table, listingBetween(trackingPage, { campaignId }, { from, to })),
  };
}

const markShape = z.object({ hitId: z.string() });
const noteShape = z.object({ firsts: z.set(z.string()).optional(), retries: z.set(z.string()).optional() });

type Item = Record<string, unknown>;

async function readOnce({ client, name }: Table, Keys: Item[]): Promise<{ got: Item[]; undone: Item[] }> {
  const reply = await client.send(new BatchGetCommand({ RequestItems: { [name]: { Keys, ConsistentRead: true } } }));
  return { got: reply.Responses?.[name] ?? [], undone: reply.UnprocessedKeys?.[name]?.Keys ?? [] };
}

async function getMany(table: Table, wanted: readonly Key[]): Promise<readonly Item[]> {
  const items: Item[] = [];
  let waiting: Item[] = wanted.map((key) => ({ ...key }));
  for (let fruitless = 0; waiting.length > 0;) {
    const asked = waiting.slice(0, BATCH_KEYS);
    const { got, undone } = await readOnce(table, asked);
    items.push(...got);
    fruitless = undone.length === asked.length ? fruitless + 1 : 0;
    if (fruitless >= READS) throw new Error(`DynamoDB left ${undone.length} reads undone ${READS} times.`);
    waiting = [...undone, ...waiting.slice(BATCH_KEYS)];
  }
  return items;
}

async function save({ client, name: TableName }: Table, page: Page, previous: string, retried: readonly string[]) {
  const at = new Placeholders();
  const condition =
    previous === ""
      ? `attribute_not_exists(${at.name(schema.partitionKey)})`
      : `${at.name("sequence")} = ${at.value(previous)}`;
  const marks = retried.map((hitId) => ({
    Put: {
      TableName,
      Item: storedItem(countedHit, markOf(hitId, page.day)),
      ConditionExpression: "attribute_not_exists(#pk)",
      ExpressionAttributeNames: { "#pk": schema.partitionKey },
    },
  }));
  const put = {
    TableName,
    Item: storedItem(trackingPage, page),
    ConditionExpression: condition,
    ...at.attributes(),
  };
  try {
    // A transaction costs twice as much, and retried hits are rare.
    if (marks.length === 0) await client.send(new PutCommand(put));
    else await client.send(new TransactWriteCommand({ TransactItems: [{ Put: put }, ...marks] }));
    return "saved";
  } catch (error) {
    if (isStale(error)) return "stale";
    throw error;
  }
}

/** A conflict is another save in flight; like a failed condition it asks for a fresh look. */
function isStale(error: unknown): boolean {
  if (error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code);
  return codes.includes("ConditionalCheckFailed") || codes.includes("TransactionConflict");
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
  const { Attributes } = await client.send(
    new UpdateCommand({
      TableName: name,
      Key: { ...itemKey(countedHit, slice) },
      UpdateExpression: added.length > 0 ? `ADD ${added.join(", ")} ${expires}` : expires,
      ...at.attributes(),
      ReturnValues: "ALL_NEW",
    }),
  );
  const { firsts = new Set(), retries = new Set() } = noteShape.parse(Attributes ?? {});
  return { firsts, retries };
}

async function query({ client, name }: Table, { partition, between }: ListedRange) {
  const pages: PageCounts[] = [];
  const at = new Placeholders();
  const [first, last] = between.map((sortKey) => at.value(sortKey));
  const inPartition = `${at.name(schema.partitionKey)} = ${at.value(partition)}`;
  const inRange = `${at.name(schema.sortKey)} BETWEEN ${first} AND ${last}`;
  const projection = Object.keys(pageCountsShape.shape).map((attribute) => at.name(attribute));
  let after: Record<string, unknown> | undefined;
  do {
    const reply = await client.send(
      new QueryCommand({
        TableName: name,
        KeyConditionExpression: `${inPartition} AND ${inRange}`,
        ProjectionExpression: projection.join(", "),
        ...at.attributes(),
        ConsistentRead: true,
        ...(after && { ExclusiveStartKey: after }),
      }),
    );
    pages.push(...(reply.Items ?? []).map((item) => pageCountsShape.parse(item)));
    after = reply.LastEvaluatedKey;
  } while (after);
  return pages;
}
