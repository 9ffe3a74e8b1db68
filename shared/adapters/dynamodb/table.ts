import { OwnError } from "#shared/domain/kernel/own-error";
import { randomUUID } from "node:crypto";
import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { Contended } from "#shared/ports/changes";
import { schema } from "#shared/table/schema";
import {
  ConditionsFailed,
  type Item,
  type Key,
  type Operation,
  type Query,
  type QueryResult,
  refuseRepeatable,
  type TableEngine,
  type Write,
} from "#shared/table/engine";
import { documentClient } from "./client.ts";
import { conditionExpression, Placeholders, positionOf, updateExpression } from "./expressions.ts";

type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

const ATTEMPTS = 8;
const FIRST_WAIT_MS = 20;
const LONGEST_WAIT_MS = 1_000;
const BATCH_KEYS = 100;

/** Codes of a cancelled transaction that say "again", not "no". Source: DynamoDB API reference, TransactWriteItems. */
const transientReasons = new Set([
  "TransactionConflict",
  "ThrottlingError",
  "ProvisionedThroughputExceeded",
  "RequestLimitExceeded",
]);
/**
 * Errors of the whole call whose outcome is unknown, or that were refused for lack of capacity or because of another
 * transaction: safe to repeat under one token, or under a condition that the write itself breaks.
 */
const transientErrors = new Set([
  "TransactionInProgressException",
  "TransactionConflictException",
  "ThrottlingException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "InternalServerError",
  "ServiceUnavailable",
  "TimeoutError",
  "ECONNRESET",
  "EPIPE",
]);

/** The table on DynamoDB. */
export function dynamoTable({ TABLE_NAME }: { readonly TABLE_NAME: string }): TableEngine {
  const client = documentClient();
  return {
    get: async (key) => {
      const { Item } = await client.send(new GetCommand({ TableName: TABLE_NAME, Key: key, ConsistentRead: true }));
      return Item;
    },
    getMany: (keys) => getMany(client, TABLE_NAME, keys),
    query: (query) => runQuery(client, TABLE_NAME, query),
    transact: (operations) => transact(client, TABLE_NAME, operations),
    write: (operation) => write(client, TABLE_NAME, operation),
  };
}

async function getMany(
  client: DynamoDBDocumentClient,
  tableName: string,
  keys: readonly Key[],
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let at = 0; at < keys.length; at += BATCH_KEYS) {
    items.push(...(await getBatch(client, tableName, keys.slice(at, at + BATCH_KEYS))));
  }
  return items;
}

/** One batch; DynamoDB may leave some of it for another try. */
async function getBatch(client: DynamoDBDocumentClient, tableName: string, keys: readonly Key[]): Promise<Item[]> {
  const items: Item[] = [];
  let waiting: Record<string, unknown>[] = keys.map((key) => ({ ...key }));
  for (let attempt = 0; waiting.length > 0; attempt += 1) {
    if (attempt > 0) await backoffOrGiveUp(attempt);
    const RequestItems = { [tableName]: { Keys: waiting, ConsistentRead: true } };
    const { Responses, UnprocessedKeys } = await client.send(new BatchGetCommand({ RequestItems }));
    items.push(...(Responses?.[tableName] ?? []));
    waiting = UnprocessedKeys?.[tableName]?.Keys ?? [];
  }
  return items;
}

async function runQuery(client: DynamoDBDocumentClient, tableName: string, query: Query): Promise<QueryResult> {
  const at = query.index === undefined ? schema : schema.indexes[query.index];
  const placeholders = new Placeholders();
  const sortKey = placeholders.name(at.sortKey);
  const clauses = [`${placeholders.name(at.partitionKey)} = ${placeholders.value(query.partition)}`];
  if (query.between) {
    clauses.push(
      `${sortKey} BETWEEN ${placeholders.value(query.between[0])} AND ${placeholders.value(query.between[1])}`,
    );
  } else if (query.prefix !== undefined) {
    clauses.push(`begins_with(${sortKey}, ${placeholders.value(query.prefix)})`);
  } else {
    delete placeholders.names[sortKey];
  }
  const reply = await client.send(
    new QueryCommand({
      TableName: tableName,
      ...(query.index !== undefined && { IndexName: schema.indexes[query.index].name }),
      KeyConditionExpression: clauses.join(" AND "),
      ...placeholders.attributes(),
      ConsistentRead: query.index === undefined,
      ScanIndexForward: query.descending !== true,
      Limit: query.limit,
      ...(query.after && { ExclusiveStartKey: query.after }),
    }),
  );
  const next = reply.LastEvaluatedKey;
  return { items: reply.Items ?? [], ...(next && { next: positionOf(next, Object.keys(next)) }) };
}

async function transact(
  client: DynamoDBDocumentClient,
  tableName: string,
  operations: readonly Operation[],
): Promise<void> {
  const command = new TransactWriteCommand({
    TransactItems: operations.map((operation) => transactItem(tableName, operation)),
    // The same token on every retry: a transaction whose reply was lost is not applied again.
    ClientRequestToken: randomUUID(),
  });
  await untilDecided(() => client.send(command));
}

async function write(client: DynamoDBDocumentClient, tableName: string, operation: Write): Promise<void> {
  refuseRepeatable(operation);
  const { Put, Update, Delete } = transactItem(tableName, operation);
  await untilDecided(async () => {
    if (Put) await client.send(new PutCommand(Put));
    if (Update) await client.send(new UpdateCommand(Update));
    if (Delete) await client.send(new DeleteCommand(Delete));
  });
}

/** Sends again while the answer is neither yes nor no. */
async function untilDecided(send: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await send();
      return;
    } catch (error) {
      const failed = failedConditions(error);
      if (failed.length > 0) throw new ConditionsFailed(failed);
      if (!isTransient(error)) throw error;
      if (attempt + 1 >= ATTEMPTS) throw new Contended({ cause: error });
      await backoff(attempt);
    }
  }
}

function transactItem(TableName: string, operation: Operation): TransactItem {
  const placeholders = new Placeholders();
  const condition = conditionExpression(operation.when, placeholders);
  const conditional = condition === undefined ? {} : { ConditionExpression: condition };
  if (operation.kind === "put") {
    return { Put: { TableName, Item: { ...operation.item }, ...conditional, ...placeholders.attributes() } };
  }
  const target = { TableName, Key: { ...operation.key }, ...conditional };
  if (operation.kind === "remove") return { Delete: { ...target, ...placeholders.attributes() } };
  if (operation.kind === "check") {
    if (condition === undefined) throw new OwnError("a check without a condition");
    return { ConditionCheck: { ...target, ConditionExpression: condition, ...placeholders.attributes() } };
  }
  const UpdateExpression = updateExpression(operation.add, operation.set ?? {}, placeholders);
  return { Update: { ...target, UpdateExpression, ...placeholders.attributes() } };
}

/** A conflict beside a failed condition may be its cause, so only a cancellation without conflicts is a "no". */
function failedConditions(error: unknown): number[] {
  if (error instanceof ConditionalCheckFailedException) return [0];
  if (!(error instanceof TransactionCanceledException)) return [];
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? "None");
  if (codes.some((code) => transientReasons.has(code))) return [];
  return codes.flatMap((code, position) => (code === "ConditionalCheckFailed" ? [position] : []));
}

function isTransient(error: unknown): boolean {
  if (error instanceof TransactionCanceledException) {
    return (error.CancellationReasons ?? []).some((reason) => transientReasons.has(reason.Code ?? "None"));
  }
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return transientErrors.has(error.name) || transientErrors.has(code);
}

async function backoffOrGiveUp(attempt: number): Promise<void> {
  if (attempt >= ATTEMPTS) throw new Contended();
  await backoff(attempt);
}

/** Capped exponential with full jitter. */
function backoff(attempt: number): Promise<void> {
  const bound = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  return new Promise((resolve) => setTimeout(resolve, Math.random() * bound));
}
