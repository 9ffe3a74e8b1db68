/** Events on the stage: relayed as they happen, and swept when they were not; told once either way. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, expect, test } from "@jest/globals";
import { parseEvent } from "#shared/domain/events/outbox";
import { partitionStart } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { unsentItem } from "#shared/table/repositories/outbox";
import { invited, launched } from "../support/campaign-steps.ts";
import { awsConfig, eventually, type Person, signUp, stack, stageNow } from "../support/local-stage.ts";

const table = DynamoDBDocumentClient.from(new DynamoDBClient(awsConfig));
const lambda = new LambdaClient(awsConfig);
let brand: Person;
let creator: Person;

beforeAll(async () => {
  [brand, creator] = await Promise.all([signUp("brand"), signUp("creator")]);
}, 60_000);

/** The event that this creator was invited, as the outbox holds it. */
async function invitation(): Promise<Record<string, unknown> | undefined> {
  const mine = {
    FilterExpression: "begins_with(pk, :start) AND #type = :type AND detail.creatorId = :creator",
    ExpressionAttributeNames: { "#type": "type" },
    ExpressionAttributeValues: {
      ":start": partitionStart(items.outboxEvent),
      ":type": "invitation.sent",
      ":creator": creator.userId,
    },
  };
  let start: Record<string, unknown> | undefined;
  do {
    const page = await table.send(
      new ScanCommand({ TableName: stack.tableName, ...mine, ...(start && { ExclusiveStartKey: start }) }),
    );
    if (page.Items?.[0]) return page.Items[0];
    start = page.LastEvaluatedKey;
  } while (start);
  return undefined;
}
const notifications = async () => (await creator.get("/v1/notifications")).body.data as { type: string }[];

test("an event is told as it happens; left unsent all the same, it is swept, and told no second time", async () => {
  await invited(brand, creator, await launched(brand));
  const relayed = await eventually("the relay's mark", async () => {
    const item = await invitation();
    return item?.["sentAt"] ? item : false;
  });
  await eventually("the notification", async () => (await notifications()).length === 1);

  // As if the relay had died before its mark, and listed as if that was an hour ago. To the stream it is no new event.
  const event = parseEvent(relayed);
  const anHourAgo = new Date(stageNow() - 3_600_000).toISOString();
  const Item = { ...unsentItem({ ...event, at: anHourAgo }), at: event.at };
  await table.send(new PutCommand({ TableName: stack.tableName, Item }));
  const swept = await eventually("a run of the sweep that is not skipped", async () => {
    const { Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: "atomic-local-system-sweep-outbox", Payload: Buffer.from("{}") }),
    );
    const run = JSON.parse(Buffer.from(Payload ?? []).toString()) as { outcome: string; counts: { sent?: number } };
    return run.outcome !== "skipped" && run;
  });
  expect(swept.outcome).toBe("succeeded");
  await eventually("the sweep's mark", async () => (await invitation())?.["sentAt"] !== undefined);
  expect(parseEvent(await invitation())).toEqual(event);
  expect((await notifications()).map(({ type }) => type)).toEqual(["invitation.sent"]);
}, 60_000);
