import type { Key } from "#shared/table/engine";
import { PARTITION_KEY, SORT_KEY } from "#shared/table/schema";
import { AwsRefused, type CallAws, fieldOf } from "./aws-json.ts";

/** Only a cold process asks: a visitor who waits a second for it is better off than one who is sent away. */
const TIMEOUT_MS = 1_000;

/** A key as DynamoDB's wire format has it. */
export const wireKey = ({ pk, sk }: Key) => ({
  [PARTITION_KEY]: { S: pk },
  [SORT_KEY]: { S: sk },
});

const isNo = (error: unknown): boolean => error instanceof AwsRefused && error.status < 500;

/** One item, typed as on the wire; asked for twice, because a kept connection may have died and a read is harmless. */
export async function getItem(call: CallAws, TableName: string, key: Key, ConsistentRead = false): Promise<unknown> {
  const operation = {
    api: "dynamodb",
    target: "DynamoDB_20120810.GetItem",
    body: JSON.stringify({ TableName, Key: wireKey(key), ConsistentRead }),
    timeoutMs: TIMEOUT_MS,
  } as const;
  const reply = await call(operation).catch((error: unknown) => {
    if (isNo(error)) throw error;
    return call(operation);
  });
  return fieldOf(reply, "Item");
}
