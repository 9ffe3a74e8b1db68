import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient, PutCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { partitionStart } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { attribute, inlineFunction, ref, type Resources, type Stage, startStage, until } from "./support.ts";

/** What the emulator does right by itself, and this project would notice at once if it did not. */

const readTable = `exports.handler = async (event) => note(event.Records.map((record) => record.dynamodb.Keys.pk.S));`;
const start = partitionStart(items.outboxEvent);
const prefix = { dynamodb: { Keys: { pk: { S: [{ prefix: start }] } } } };

const resources = (stage: Stage): Resources => ({
  Events: { Type: "AWS::SQS::Queue" },
  Rule: {
    Type: "AWS::Events::Rule",
    Properties: {
      EventPattern: { source: ["tests"], "detail-type": ["Happened"] },
      Targets: [{ Id: "queue", Arn: attribute("Events") }],
    },
  },
  Table: {
    Type: "AWS::DynamoDB::Table",
    Properties: {
      TableName: "table",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      StreamSpecification: { StreamViewType: "NEW_AND_OLD_IMAGES" },
    },
  },
  Reading: inlineFunction(readTable, { journal: stage.journal("filtered") }),
  Source: {
    Type: "AWS::Lambda::EventSourceMapping",
    Properties: {
      EventSourceArn: attribute("Table", "StreamArn"),
      FunctionName: ref("Reading"),
      StartingPosition: "LATEST",
      FilterCriteria: { Filters: [{ Pattern: JSON.stringify(prefix) }] },
    },
  },
});

let stage: Stage;
let queue: string | undefined;
let table: DynamoDBDocumentClient;

beforeAll(async () => {
  stage = await startStage("");
  queue = (await stage.deploy("leaned-on", resources(stage), { events: ref("Events") }))["events"];
  table = DynamoDBDocumentClient.from(new DynamoDBClient(stage.client));
}, 60_000);

afterAll(() => stage?.stop());

test("a stream's filter by prefix of the key", async () => {
  for (const pk of ["another", `${start}1`, `${start}2`]) {
    await table.send(new PutCommand({ TableName: "table", Item: { pk } }));
  }
  const seen = () => stage.entries<string[]>("filtered").flat();
  await until("the last record", () => seen().includes(`${start}2`) || undefined);
  expect(seen()).toEqual([`${start}1`, `${start}2`]);
});

test("a rule puts an event on a queue", async () => {
  const Entries = [{ Source: "tests", DetailType: "Happened", Detail: JSON.stringify({ n: 1 }) }];
  await new EventBridgeClient(stage.client).send(new PutEventsCommand({ Entries }));
  const body = await until("the event", async () => {
    const { Messages } = await new SQSClient(stage.client).send(new ReceiveMessageCommand({ QueueUrl: queue }));
    return Messages?.[0]?.Body;
  });
  expect(JSON.parse(body)).toMatchObject({ source: "tests", "detail-type": "Happened", detail: { n: 1 } });
});

test("a refused transaction shows the item that refused it", async () => {
  await table.send(new PutCommand({ TableName: "table", Item: { pk: "taken", version: 7 } }));
  const Put = {
    TableName: "table",
    Item: { pk: "taken" },
    ConditionExpression: "attribute_not_exists(pk)",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
  };
  await expect(table.send(new TransactWriteCommand({ TransactItems: [{ Put }] }))).rejects.toMatchObject({
    CancellationReasons: [{ Code: "ConditionalCheckFailed", Item: { version: { N: "7" } } }],
  });
});
