import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { limited } from "#shared/adapters/aws/limits";

let shared: DynamoDBDocumentClient | undefined;

/** Each call is one try: the table engine asks again. */
export const newDocumentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(limited({ tries: 1 })), {
    marshallOptions: { removeUndefinedValues: true },
  });

/** One client per process: connections are reused between invocations. */
export const documentClient = (): DynamoDBDocumentClient => (shared ??= newDocumentClient());
