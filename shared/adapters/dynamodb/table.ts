import { BatchGetCommand, type DynamoDBDocumentClient, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { type TableDriver, tableOver } from "#shared/table/driver";
import type { Query, QueryResult, TableEngine } from "#shared/table/engine";
import { schema } from "#shared/table/schema";
import { documentClient } from "./client.ts";
import { Placeholders, positionOf } from "./expressions.ts";
import { transactCommand, writeCommand } from "./write-commands.ts";

/** The table on DynamoDB. */
export const dynamoTable = ({ TABLE_NAME }: { readonly TABLE_NAME: string }): TableEngine =>
  tableOver(dynamoDriver(documentClient(), TABLE_NAME));

export function dynamoDriver(client: DynamoDBDocumentClient, TableName: string): TableDriver {
  return {
    get: async (key) => (await client.send(new GetCommand({ TableName, Key: key, ConsistentRead: true }))).Item,
    getBatch: async (keys) => {
      const RequestItems = { [TableName]: { Keys: keys.map((key) => ({ ...key })), ConsistentRead: true } };
      const { Responses, UnprocessedKeys } = await client.send(new BatchGetCommand({ RequestItems }));
      const left = UnprocessedKeys?.[TableName]?.Keys ?? [];
      return {
        items: Responses?.[TableName] ?? [],
        left: left.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
      };
    },
    query: (query) => (isEmpty(query) ? Promise.resolve({ items: [] }) : runQuery(client, TableName, query)),
    transact: async (operations, token) => void (await client.send(transactCommand(TableName, operations, token))),
    write: async (operation) => {
      const command = writeCommand(TableName, operation);
      // A union of commands is none that `send` knows.
      await client.send(command as Parameters<typeof client.send>[0]);
    },
  };
}

/** DynamoDB calls a range an error that ends before it begins. */
const isEmpty = ({ between }: Query): boolean => between !== undefined && between[0] > between[1];

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
