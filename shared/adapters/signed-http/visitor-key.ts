import { createHmac, createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { OwnError } from "#shared/domain/kernel/own-error";
import { viewerNetwork } from "#shared/domain/tracking/viewer";
import type { Visitors } from "#shared/ports/tracking";
import { itemKey, storedAttributes } from "#shared/table/item";
import { visitorKey } from "#shared/table/items/tracking";
import { schema } from "#shared/table/schema";
import { AwsRefused, type CallAws, fieldOf } from "./aws-json.ts";
import { getItem, wireKey } from "./get-item.ts";

const SECRET = "secret";
const SECRET_BYTES = 32;
const TIMEOUT_MS = 1_000;

const secretOf = (item: unknown): KeyObject | undefined => {
  const encoded = fieldOf(fieldOf(item, SECRET), "B");
  return typeof encoded === "string" ? createSecretKey(encoded, "base64") : undefined;
};

const isTaken = (error: unknown): boolean =>
  error instanceof AwsRefused && error.code === "ConditionalCheckFailedException";

async function offerKey(call: CallAws, TableName: string, day: string): Promise<void> {
  const Item = {
    ...wireKey(itemKey(visitorKey, { day })),
    [SECRET]: { B: randomBytes(SECRET_BYTES).toString("base64") },
    [schema.expiresAt]: { N: String(storedAttributes(visitorKey, { day })[schema.expiresAt]) },
  };
  const body = JSON.stringify({
    TableName,
    Item,
    ConditionExpression: "attribute_not_exists(#pk)",
    ExpressionAttributeNames: { "#pk": schema.partitionKey },
  });
  await call({ api: "dynamodb", target: "DynamoDB_20120810.PutItem", body, timeoutMs: TIMEOUT_MS });
}

/** The day's key: whoever comes first makes it, and everybody, the maker too, uses what is stored. */
async function dayKey(call: CallAws, tableName: string, day: string): Promise<KeyObject> {
  const read = async () => secretOf(await getItem(call, tableName, itemKey(visitorKey, { day }), true));
  const found = await read();
  if (found) return found;
  await offerKey(call, tableName, day).catch((error: unknown) => {
    if (!isTaken(error)) throw error;
  });
  const stored = await read();
  if (!stored) throw new OwnError(`The visitor key of ${day} is not there after it was written.`);
  return stored;
}

/**
 * Visitors under a secret of the day. Address and agent are only ever seen here; neither is kept.
 *
 * @param failed told of every time the day's key could not be had
 */
export function keyedVisitors(call: CallAws, tableName: string, failed: (error: unknown) => void): Visitors {
  let held: { readonly day: string; readonly key: Promise<KeyObject> } | undefined;
  const spare = createSecretKey(randomBytes(SECRET_BYTES));
  const keyOf = async (day: string): Promise<KeyObject> => {
    const current = held?.day === day ? held : (held = { day, key: dayKey(call, tableName, day) });
    try {
      return await current.key;
    } catch (error) {
      if (held === current) held = undefined;
      failed(error);
      return spare;
    }
  };
  return {
    identify: async ({ day, address, agent }) =>
      createHmac("sha256", await keyOf(day))
        .update(`${viewerNetwork(address)}|${agent}`)
        .digest("hex")
        .slice(0, 16),
  };
}
