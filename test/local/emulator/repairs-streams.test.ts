import { writeFileSync } from "node:fs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { invokeWith, parkedIn } from "#infra/operations/aws";
import { type ParkedBatches, redrive } from "#infra/operations/redrive";
import { attribute, inlineFunction, type Pair, ref, type Resources, type Stage, startPair, until } from "./support.ts";

const readKinesis = `
const read = (event) => event.Records.map((r) => Buffer.from(r.kinesis.data, "base64").toString());`;
const throwsOnPoison = `${readKinesis}
exports.handler = async (event) => {
  const records = read(event);
  note(records);
  if (records.includes("poison")) throw new Error("poison");
};`;
const reportsPoison = `${readKinesis}
exports.handler = async (event) => {
  const records = read(event);
  note(records);
  const at = records.indexOf("poison");
  const failed = at < 0 ? [] : [{ itemIdentifier: event.Records[at].kinesis.sequenceNumber }];
  return { batchItemFailures: failed };
};`;
const slow = `
exports.handler = async () => {
  note("slow begins");
  await new Promise((resolve) => setTimeout(resolve, 1500));
  note("slow ends");
};`;
const failsOnTable = `exports.handler = async (event) => {
  note(event.Records.map((record) => record.dynamodb.Keys.pk.S));
  throw new Error("never");
};`;

/** Fails at every batch until somebody has mended it. */
const failsUntilMended = `${readKinesis}
exports.handler = async (event) => {
  if (!require("node:fs").existsSync(process.env.JOURNAL + ".mended")) throw new Error("not mended");
  note(read(event));
  return { batchItemFailures: [] };
};`;

const stream = { Type: "AWS::Kinesis::Stream", Properties: { ShardCount: 1 } };

function mapping(source: unknown, target: string, properties = {}, startingPosition = "TRIM_HORIZON") {
  const shape = { EventSourceArn: source, FunctionName: ref(target), StartingPosition: startingPosition };
  return { Type: "AWS::Lambda::EventSourceMapping", Properties: { ...shape, ...properties } };
}

const twoTries = {
  MaximumRetryAttempts: 1,
  DestinationConfig: { OnFailure: { Destination: attribute("GivenUp") } },
};

const sources = (stage: Stage): Resources => ({
  GivenUp: { Type: "AWS::SQS::Queue" },
  Parking: { Type: "AWS::S3::Bucket", Properties: { VersioningConfiguration: { Status: "Enabled" } } },
  Parked: stream,
  Mendable: inlineFunction(failsUntilMended, { journal: stage.journal("parked") }),
  ParkedSource: mapping(attribute("Parked"), "Mendable", {
    MaximumRetryAttempts: 1,
    DestinationConfig: { OnFailure: { Destination: attribute("Parking") } },
  }),
  Bisected: stream,
  Reported: stream,
  Slow: stream,
  Quick: stream,
  Throwing: inlineFunction(throwsOnPoison, { journal: stage.journal("bisected") }),
  Reporting: inlineFunction(reportsPoison, { journal: stage.journal("reported") }),
  Sleeping: inlineFunction(slow, { journal: stage.journal("threads") }),
  Prompt: inlineFunction(`exports.handler = async () => note("quick");`, { journal: stage.journal("threads") }),
  FailingOnTable: inlineFunction(failsOnTable, { journal: stage.journal("table") }),
  BisectedSource: mapping(attribute("Bisected"), "Throwing", { ...twoTries, BisectBatchOnFunctionError: true }),
  ReportedSource: mapping(attribute("Reported"), "Reporting", {
    ...twoTries,
    FunctionResponseTypes: ["ReportBatchItemFailures"],
  }),
  SlowSource: mapping(attribute("Slow"), "Sleeping"),
  QuickSource: mapping(attribute("Quick"), "Prompt"),
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
  TableSource: mapping(attribute("Table", "StreamArn"), "FailingOnTable", {
    ...twoTries,
    FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ dynamodb: { Keys: { pk: { S: ["poison"] } } } }) }] },
  }),
});

const names = ["Bisected", "Reported", "Slow", "Quick", "GivenUp", "Parked", "Parking"] as const;
type Names = Record<(typeof names)[number], string>;

let pair: Pair;
const physical = new Map<Stage, Names>();

beforeAll(async () => {
  pair = await startPair();
  const outputs = Object.fromEntries(names.map((name) => [name, ref(name)]));
  const deploy = async (stage: Stage) =>
    physical.set(stage, (await stage.deploy("sources", sources(stage), outputs)) as Names);
  await Promise.all([deploy(pair.repaired), deploy(pair.stock)]);
}, 60_000);

afterAll(() => pair?.stop());

async function put(stage: Stage, StreamName: string, records: string[]): Promise<void> {
  const kinesis = new KinesisClient({ ...stage.client, requestHandler: new NodeHttpHandler() });
  const Records = records.map((record) => ({ Data: Buffer.from(record), PartitionKey: "key" }));
  await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
}

async function keysOf({ keys }: ParkedBatches): Promise<string[]> {
  const all: string[] = [];
  for await (const key of keys()) all.push(key);
  return all;
}

const tables = (stage: Stage) => DynamoDBDocumentClient.from(new DynamoDBClient(stage.client));

async function received(stage: Stage, about: string) {
  const QueueUrl = physical.get(stage)!.GivenUp;
  const sqs = new SQSClient(stage.client);
  return until(`a message about ${about}`, async () => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0, MaxNumberOfMessages: 10 }),
    );
    const body = Messages.map((message) => message.Body ?? "").find((text) => text.includes(about));
    return body === undefined ? undefined : (JSON.parse(body) as Record<string, Record<string, unknown>>);
  });
}

/** Puts five records with poison in the middle and waits for the given number of calls. */
async function callsFor(stage: Stage, name: "Bisected" | "Reported", calls: number): Promise<string[][]> {
  await put(stage, physical.get(stage)![name], ["a", "b", "poison", "c", "d"]);
  return until("calls", () => {
    const seen = stage.entries(name.toLowerCase()) as unknown as string[][];
    return seen.length >= calls ? seen : undefined;
  });
}

describe("stream event sources", () => {
  test("stream-failures: a batch that throws is bisected until only its poison is given up", async () => {
    const all = ["a", "b", "poison", "c", "d"];
    const calls = await callsFor(pair.repaired, "Bisected", 6);
    const expected = [all, ["a", "b"], ["poison", "c", "d"], ["poison"], ["poison"], ["c", "d"]];
    expect(calls).toEqual(expected);
    const { KinesisBatchInfo, requestContext } = await received(pair.repaired, "KinesisBatchInfo");
    expect(KinesisBatchInfo).toMatchObject({ batchSize: 1, shardId: expect.stringContaining("shardId-") });
    expect(requestContext).toMatchObject({ condition: "RetryAttemptsExhausted", approximateInvokeCount: 2 });
    expect(await callsFor(pair.stock, "Bisected", 3)).toEqual([all, all, all]);
  }, 30_000);

  test("stream-failures: a named failure is retried from that record on", async () => {
    const rest = ["poison", "c", "d"];
    expect(await callsFor(pair.repaired, "Reported", 3)).toEqual([["a", "b", ...rest], rest, rest]);
    expect(await callsFor(pair.stock, "Reported", 1)).toEqual([["a", "b", ...rest]]);
    // Unrepaired, the failure was taken for success: the next record comes alone.
    await put(pair.stock, physical.get(pair.stock)!.Reported, ["next"]);
    const after = await until("next", () => pair.stock.entries("reported")[1]);
    expect(after).toEqual(["next"]);
  });

  test("stream-failures: a table's records are given up to the destination", async () => {
    await tables(pair.repaired).send(new PutCommand({ TableName: "table", Item: { pk: "poison" } }));
    const { requestContext } = await received(pair.repaired, "DDBStreamBatchInfo");
    expect(requestContext).toMatchObject({ condition: "RetryAttemptsExhausted", approximateInvokeCount: 2 });
    expect(pair.repaired.entries("table")).toEqual([["poison"], ["poison"]]);
  });

  test("stream-failures: a bucket is given the records themselves, which a redrive puts back", async () => {
    const { repaired } = pair;
    const { Parked, Parking } = physical.get(repaired)!;
    const parked = parkedIn(new S3Client({ ...repaired.client, forcePathStyle: true }), Parking);
    await put(repaired, Parked, ["one", "two"]);
    const key = await until("the parked batch", async () => (await keysOf(parked))[0]);
    // Where and how Lambda writes it. Source: Lambda developer guide, "Retain discarded batch records".
    expect(key).toMatch(
      /^aws\/lambda\/[0-9a-f-]{36}\/shardId-\d{12}\/\d{4}\/\d\d\/\d\d\/\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d-[0-9a-f-]{36}$/,
    );
    expect(JSON.parse(await parked.read(key))).toMatchObject({
      requestContext: { condition: "RetryAttemptsExhausted", approximateInvokeCount: 2 },
      KinesisBatchInfo: { batchSize: 2 },
      payload: expect.stringContaining(Buffer.from("one").toString("base64")),
    });

    const run = () =>
      redrive({ parked, invoke: invokeWith(new LambdaClient(repaired.client)), dryRun: false, say: () => undefined });
    expect(await run()).toEqual({ done: 0, failed: 1 });
    expect(await keysOf(parked)).toEqual([key]);
    writeFileSync(`${repaired.journal("parked")}.mended`, "");
    expect(await run()).toEqual({ done: 1, failed: 0 });
    expect([repaired.entries("parked"), await keysOf(parked)]).toEqual([[["one", "two"]], []]);
  }, 30_000);

  test("event-source-threads", async () => {
    const order = async (stage: Stage) => {
      const { Slow, Quick } = physical.get(stage)!;
      await put(stage, Slow, ["one"]);
      await until("the slow function", () => stage.entries("threads")[0]);
      await put(stage, Quick, ["two"]);
      return until("both functions", () =>
        stage.entries("threads").length === 3 ? stage.entries("threads") : undefined,
      );
    };
    const [repaired, stock] = await Promise.all([order(pair.repaired), order(pair.stock)]);
    expect(repaired).toEqual(["slow begins", "quick", "slow ends"]);
    expect(stock).toEqual(["slow begins", "slow ends", "quick"]);
  });

  test("kinesis-latest-position", async () => {
    const seen = async (stage: Stage) => {
      for (const turn of ["1", "2", "3"]) {
        const name = `latest-${turn}`;
        const late: Resources = {
          Late: { Type: "AWS::Kinesis::Stream", Properties: { Name: name, ShardCount: 1 } },
          Latest: inlineFunction(throwsOnPoison, { journal: stage.journal("latest") }),
          Source: mapping(attribute("Late"), "Latest", {}, "LATEST"),
        };
        await stage.deploy(name, late);
        await put(stage, name, [`first-${turn}`]);
        // A second record that is always seen shows that the first one's turn is over.
        await until("the last record", async () => {
          await put(stage, name, [`last-${turn}`]);
          return JSON.stringify(stage.entries("latest")).includes(`last-${turn}`) || undefined;
        });
      }
      return JSON.stringify(stage.entries("latest")).match(/first-\d/g) ?? [];
    };
    const [repaired, stock] = await Promise.all([seen(pair.repaired), seen(pair.stock)]);
    expect(repaired).toEqual(["first-1", "first-2", "first-3"]);
    expect(stock.length).toBeLessThan(3);
  }, 60_000);
});
