/** Around every Lambda of a stage where tests move time, and in no bundle of any other: see infra/build/test-clock.ts. */
import { awsJson, type CallAws, fieldOf } from "#shared/adapters/signed-http/aws-json";
import { getItem } from "#shared/adapters/signed-http/get-item";
import { OwnError } from "#shared/domain/kernel/own-error";
import { readEnvironment } from "#shared/runtime/environment";
import { itemKey } from "#shared/table/item";
import { testClock } from "#shared/table/items/clock";
import { setAhead } from "./clock.ts";

/**
 * A handler that first looks how far the product's clock is ahead: strongly consistent, so that whatever begins after a
 * move sees it. When that cannot be told nothing is done, because it would be dated wrongly.
 */
export function onTestClock<E, C, R>(run: (event: E, context: C) => Promise<R>, now: () => number = Date.now) {
  let aheadSeconds: (() => Promise<number>) | undefined;
  return async (event: E, context: C): Promise<R> => {
    aheadSeconds ??= connected(now);
    setAhead(await aheadSeconds());
    return run(event, context);
  };
}

/** Signed by the machine's clock, which AWS compares with its own. */
function connected(now: () => number): () => Promise<number> {
  const { AWS_SESSION_TOKEN: sessionToken, AWS_ENDPOINT_URL: endpointUrl } = process.env;
  const { TABLE_NAME, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = readEnvironment([
    "TABLE_NAME",
    "AWS_REGION",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
  ]);
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY, sessionToken };
  const call = awsJson({ region: AWS_REGION, endpointUrl, credentials, now });
  return () => again(ROUNDS, () => aheadOf(call, TABLE_NAME));
}

/** Each is two requests of a second: a machine that tests are crowding may answer late. */
const ROUNDS = 3;

const again = (rounds: number, read: () => Promise<number>): Promise<number> =>
  read().catch((error: unknown) => {
    if (rounds <= 1) throw error;
    return again(rounds - 1, read);
  });

async function aheadOf(call: CallAws, tableName: string): Promise<number> {
  const item = await getItem(call, tableName, itemKey(testClock, {}), true);
  if (item === undefined) return 0;
  const seconds = Number(fieldOf(fieldOf(item, "offsetSeconds"), "N"));
  if (!Number.isSafeInteger(seconds)) throw new OwnError("The test clock has no offset.");
  return seconds;
}
