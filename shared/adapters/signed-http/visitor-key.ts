import { hash, randomBytes } from "node:crypto";
import { OwnError } from "#shared/domain/kernel/own-error";
import { viewerNetwork } from "#shared/domain/tracking/viewer";
import type { Visitors } from "#shared/ports/tracking";
import { expiryOf, itemKey } from "#shared/table/item";
import { visitorKey } from "#shared/table/items/tracking";
import { schema } from "#shared/table/schema";
import { AwsRefused, type CallAws, fieldOf } from "./aws-json.ts";
import { getItem, wireKey } from "./get-item.ts";

const SECRET = "secret";
const SECRET_BYTES = 32;
const TIMEOUT_MS = 1_000;

const newSecret = (): string => randomBytes(SECRET_BYTES).toString("base64");

/** As it is stored, in base64. */
const secretOf = (item: unknown): string | undefined => {
  const encoded = fieldOf(fieldOf(item, SECRET), "B");
  return typeof encoded === "string" ? encoded : undefined;
};

const isTaken = (error: unknown): boolean =>
  error instanceof AwsRefused && error.code === "ConditionalCheckFailedException";

async function offerKey(call: CallAws, TableName: string, day: string): Promise<void> {
  const Item = {
    ...wireKey(itemKey(visitorKey, { day })),
    [SECRET]: { B: newSecret() },
    [schema.expiresAt]: { N: String(expiryOf(visitorKey.expires, { day })) },
  };
  const body = JSON.stringify({
    TableName,
    Item,
    ConditionExpression: "attribute_not_exists(#pk)",
    ExpressionAttributeNames: { "#pk": schema.partitionKey },
  });
  await call({ api: "dynamodb", target: "DynamoDB_20120810.PutItem", body, timeoutMs: TIMEOUT_MS });
}

/** The day's secret: whoever comes first makes it, and everybody, the maker too, uses what is stored. */
async function daySecret(call: CallAws, tableName: string, day: string): Promise<string> {
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
 * 64 bits of SHA-3 over the secret and what it hides. Under SHA-3 a secret before the message makes a MAC, as it does not
 * under SHA-2, which is what HMAC is for (keccak.team, "Strengths of Keccak"); Node's HMAC would be half a click's CPU.
 */
const visitorOf = (secret: string, address: string, agent: string): string =>
  hash("sha3-256", `${secret}|${viewerNetwork(address)}|${agent}`).slice(0, 16);

/**
 * Visitors under a secret of the day. Address and agent are only ever seen here; neither is kept.
 *
 * @param failed told of every time the day's key could not be had
 */
export function keyedVisitors(call: CallAws, tableName: string, failed: (error: unknown) => void): Visitors {
  let held: { readonly day: string; readonly secret: Promise<string> } | undefined;
  const spare = newSecret();
  const secretFor = async (day: string): Promise<string> => {
    const current = held?.day === day ? held : (held = { day, secret: daySecret(call, tableName, day) });
    try {
      return await current.secret;
    } catch (error) {
      if (held === current) held = undefined;
      failed(error);
      return spare;
    }
  };
  return {
    identify: async ({ day, address, agent }) => visitorOf(await secretFor(day), address, agent),
  };
}
