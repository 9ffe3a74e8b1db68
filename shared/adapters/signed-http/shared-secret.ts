import { randomBytes } from "node:crypto";
import { OwnError } from "#shared/domain/kernel/own-error";
import type { Key } from "#shared/table/engine";
import { PARTITION_KEY } from "#shared/table/schema";
import { AwsRefused, type CallAws, fieldOf } from "./aws-json.ts";
import { getItem, wireKey } from "./get-item.ts";

const SECRET = "secret";
const SECRET_BYTES = 32;
const TIMEOUT_MS = 1_000;
/** For how long nobody asks again after the table has failed: visitors would wait for it one after the other. */
const AGAIN_MS = 2_000;

/** 32 random bytes, in base64. */
export const newSecret = (): string => randomBytes(SECRET_BYTES).toString("base64");

/** As it is stored, in base64. */
const secretOf = (item: unknown): string | undefined => {
  const encoded = fieldOf(fieldOf(item, SECRET), "B");
  return typeof encoded === "string" ? encoded : undefined;
};

const isTaken = (error: unknown): boolean =>
  error instanceof AwsRefused && error.code === "ConditionalCheckFailedException";

async function offer(call: CallAws, TableName: string, key: Key, attributes: object): Promise<void> {
  const body = JSON.stringify({
    TableName,
    Item: { ...wireKey(key), [SECRET]: { B: newSecret() }, ...attributes },
    ConditionExpression: `attribute_not_exists(${PARTITION_KEY})`,
  });
  await call({ api: "dynamodb", target: "DynamoDB_20120810.PutItem", body, timeoutMs: TIMEOUT_MS });
}

/**
 * The secret under a key, in base64: whoever comes first makes it, and everybody, the maker too, uses what is stored.
 *
 * @param attributes what is stored beside it, as on the wire
 */
export async function sharedSecret(
  call: CallAws,
  tableName: string,
  key: Key,
  attributes: object = {},
): Promise<string> {
  const read = async () => secretOf(await getItem(call, tableName, key, true));
  const found = await read();
  if (found) return found;
  await offer(call, tableName, key, attributes).catch((error: unknown) => {
    if (!isTaken(error)) throw error;
  });
  const stored = await read();
  if (!stored) throw new OwnError(`The secret ${key.pk} was written and is gone.`);
  return stored;
}

/**
 * What a process holds on to of `read`: one secret at a time, under the name it was asked for by. That it cannot be had is
 * known for two seconds, and then asked again.
 *
 * @param failed told of every read that failed
 */
export function heldSecret(
  read: (name: string) => Promise<string>,
  now: () => number,
  failed: (error: unknown) => void,
): (name: string) => Promise<string | undefined> {
  let held: { readonly name: string; until: number; readonly secret: Promise<string | undefined> } | undefined;
  return (name) => {
    if (held?.name !== name || now() >= held.until) {
      const secret = read(name).catch((error: unknown) => {
        one.until = now() + AGAIN_MS;
        return void failed(error);
      });
      const one = (held = { name, until: Infinity, secret });
    }
    return held.secret;
  };
}
