import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { productMs } from "#shared/test-clock/clock";
import { onTestClock } from "#shared/test-clock/handler";
import { awsEndpoint, reply } from "../support/aws-endpoint.ts";

const before = { ...process.env };
beforeEach(() => {
  Object.assign(process.env, { TABLE_NAME: "t", AWS_REGION: "us-east-1" });
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "s" });
});
afterEach(() => {
  process.env = { ...before };
});

const HOUR_MS = 3_600_000;
/** How far the product's clock is ahead, while a call is answered. */
const handler = () => onTestClock((event: string, context: string) => Promise.resolve([event, context, aheadMs()]));
const aheadMs = (): number => Math.round((productMs() - Date.now()) / HOUR_MS) * HOUR_MS;

test("every call looks at the clock first, strongly consistent, and is dated by what it says", async () => {
  let hours: number | undefined;
  const offset = () => ({ offsetSeconds: { N: String((hours ?? 0) * 3_600) } });
  const { seen, port } = await awsEndpoint((_, response) =>
    reply(response, 200, hours === undefined ? {} : { Item: offset() }),
  );
  process.env["AWS_ENDPOINT_URL"] = `http://127.0.0.1:${port}`;
  const handle = handler();
  expect(await handle("a", "c")).toEqual(["a", "c", 0]);
  for (hours of [1, 30 * 24]) expect(await handle("b", "c")).toEqual(["b", "c", hours * HOUR_MS]);
  const { pk, sk } = itemKey(items.testClock, {});
  expect(seen.map(({ target, body }) => [target, body])).toEqual(
    Array(3).fill([
      "DynamoDB_20120810.GetItem",
      { TableName: "t", Key: { pk: { S: pk }, sk: { S: sk } }, ConsistentRead: true },
    ]),
  );
});

test("a machine that is crowded is asked again", async () => {
  const { seen, port } = await awsEndpoint((_, response) =>
    seen.length < 5 ? reply(response, 500, {}) : reply(response, 200, { Item: { offsetSeconds: { N: "3600" } } }),
  );
  process.env["AWS_ENDPOINT_URL"] = `http://127.0.0.1:${port}`;
  expect(await handler()("a", "c")).toEqual(["a", "c", HOUR_MS]);
});

test.each([
  ["is not told", 500, {}],
  ["is no number", 200, { Item: { offsetSeconds: { S: "x" } } }],
])("nothing is done when the offset %s", async (_name, status, body) => {
  const { port } = await awsEndpoint((_seen, response) => reply(response, status, body));
  process.env["AWS_ENDPOINT_URL"] = `http://127.0.0.1:${port}`;
  await expect(handler()("a", "c")).rejects.toThrow();
});
