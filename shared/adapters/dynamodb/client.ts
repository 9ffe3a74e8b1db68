import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { limited } from "#shared/adapters/aws/limits";

let shared: DynamoDBDocumentClient | undefined;

/** One client per process: connections are reused between invocations. Each call is one try: the table engine asks again. */
export function documentClient(): DynamoDBDocumentClient {
  shared ??= DynamoDBDocumentClient.from(new DynamoDBClient(limited({ tries: 1 })), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return shared;
}
