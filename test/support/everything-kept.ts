/** Everything that the running local stage keeps, as it keeps it: table and its stream, clicks, files, queues and logs. */
import { GetObjectCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { awsConfig, stack } from "./local-stage.ts";

export type Place = "table" | "table's stream" | "click stream" | "bucket" | "queue" | "log";
export interface Kept {
  readonly place: Place;
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface Page {
  readonly [list: string]: unknown;
}

/** One call of an API that speaks JSON, at the emulator, which asks for no signature that holds. */
async function aws(api: string, version: string, action: string, body: object = {}): Promise<Page> {
  const reply = await fetch(stack.awsEndpoint, {
    method: "POST",
    headers: {
      "content-type": `application/x-amz-json-1.${api === "dynamodb" || api === "sqs" ? 0 : 1}`,
      "x-amz-target": `${version}.${action}`,
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${stack.region}/${api}/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(body),
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${action} answered ${reply.status} ${text}`);
  return JSON.parse(text) as Page;
}
const dynamodb = (action: string, body?: object) => aws("dynamodb", "DynamoDB_20120810", action, body);
const streams = (action: string, body?: object) => aws("dynamodb", "DynamoDBStreams_20120810", action, body);
const kinesis = (action: string, body?: object) => aws("kinesis", "Kinesis_20131202", action, body);
const sqs = (action: string, body?: object) => aws("sqs", "AmazonSQS", action, body);
const logs = (action: string, body?: object) => aws("logs", "Logs_20140328", action, body);
const s3 = new S3Client({ ...awsConfig, forcePathStyle: true });

const spelled = (place: Place, name: string, thing: unknown): Kept => ({
  place,
  name,
  bytes: Buffer.from(JSON.stringify(thing)),
});

async function* tables(): AsyncIterable<Kept> {
  for (const TableName of (await dynamodb("ListTables"))["TableNames"] as string[])
    for (let ExclusiveStartKey: unknown; ;) {
      const page: Page = await dynamodb("Scan", {
        TableName,
        ...(ExclusiveStartKey !== undefined && { ExclusiveStartKey }),
      });
      for (const item of page["Items"] as object[]) yield spelled("table", TableName, item);
      ExclusiveStartKey = page["LastEvaluatedKey"];
      if (ExclusiveStartKey === undefined) break;
    }
}

/** Records of a shard from the first that is left, until none come. */
async function* recordsFrom(get: typeof kinesis, first: unknown): AsyncIterable<object> {
  for (let ShardIterator = first; ;) {
    const page: Page = await get("GetRecords", { ShardIterator });
    const records = page["Records"] as object[];
    yield* records;
    ShardIterator = page["NextShardIterator"];
    if (records.length === 0 || ShardIterator === undefined || ShardIterator === null) return;
  }
}

async function* tableStreams(): AsyncIterable<Kept> {
  const { Streams } = (await streams("ListStreams")) as { Streams: { StreamArn: string }[] };
  for (const { StreamArn } of Streams) {
    const { StreamDescription } = (await streams("DescribeStream", { StreamArn })) as {
      StreamDescription: { Shards: { ShardId: string }[] };
    };
    for (const { ShardId } of StreamDescription.Shards) {
      const at = { StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" };
      const { ShardIterator } = await streams("GetShardIterator", at);
      for await (const record of recordsFrom(streams, ShardIterator))
        yield spelled("table's stream", StreamArn, record);
    }
  }
}

const shardsOf = async (StreamName: string) =>
  (await kinesis("ListShards", { StreamName }))["Shards"] as { ShardId: string }[];
const clickStreams = async () => (await kinesis("ListStreams"))["StreamNames"] as string[];

async function* clicks(): AsyncIterable<Kept> {
  for (const StreamName of await clickStreams())
    for (const { ShardId } of await shardsOf(StreamName)) {
      const at = { StreamName, ShardId, ShardIteratorType: "TRIM_HORIZON" };
      const { ShardIterator } = await kinesis("GetShardIterator", at);
      for await (const record of recordsFrom(kinesis, ShardIterator)) yield spelled("click stream", StreamName, record);
    }
}

/** Those of the stage; what it was deployed from is not what it keeps. */
async function buckets(): Promise<readonly string[]> {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  return Buckets.flatMap(({ Name = "" }) => (Name.startsWith("cdk-") ? [] : [Name]));
}

/** Those written since an instant (ms): what was there before cannot hold what came after. */
export async function* files(since: number): AsyncIterable<Kept> {
  for (const Bucket of await buckets())
    for (let ContinuationToken: string | undefined; ;) {
      const page = await s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken }));
      for (const { Key = "", LastModified } of page.Contents ?? []) {
        if (Number(LastModified) < since) continue;
        const { Body, Metadata } = await s3.send(new GetObjectCommand({ Bucket, Key }));
        yield spelled("bucket", Key, { Bucket, Key, Metadata });
        yield {
          place: "bucket",
          name: `${Bucket}/${Key}`,
          bytes: (await Body?.transformToByteArray()) ?? new Uint8Array(),
        };
      }
      ContinuationToken = page.NextContinuationToken;
      if (ContinuationToken === undefined) break;
    }
}

const queues = async () => ((await sqs("ListQueues"))["QueueUrls"] ?? []) as string[];

/** Messages are left where they are. */
async function* messages(): AsyncIterable<Kept> {
  for (const QueueUrl of await queues()) {
    const asked = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0, MessageAttributeNames: ["All"] };
    for (const message of ((await sqs("ReceiveMessage", asked))["Messages"] ?? []) as object[])
      yield spelled("queue", QueueUrl, message);
  }
}

async function* groups(): AsyncIterable<string> {
  for (let nextToken: unknown; ;) {
    const page: Page = await logs("DescribeLogGroups", nextToken === undefined ? {} : { nextToken });
    for (const { logGroupName } of page["logGroups"] as { logGroupName: string }[]) yield logGroupName;
    nextToken = page["nextToken"];
    if (nextToken === undefined || nextToken === null) return;
  }
}

async function* lines(): AsyncIterable<Kept> {
  for await (const logGroupName of groups())
    for (let nextToken: unknown; ;) {
      const page: Page = await logs("FilterLogEvents", { logGroupName, ...(nextToken !== undefined && { nextToken }) });
      for (const event of page["events"] as object[]) yield spelled("log", logGroupName, event);
      nextToken = page["nextToken"];
      if (nextToken === undefined || nextToken === null) break;
    }
}

/** @param since by the machine's clock: of files only those written since then are read */
export async function* everythingKept(since: number): AsyncIterable<Kept> {
  yield* tables();
  yield* tableStreams();
  yield* clicks();
  yield* files(since);
  yield* messages();
  yield* lines();
}

/** Puts a text into table, queue and log; into the table's stream it comes by the table. Gives back what takes it out again. */
export async function planted(text: string): Promise<() => Promise<void>> {
  const Key = { pk: { S: "PLANTED" }, sk: { S: "PLANTED" } };
  await dynamodb("PutItem", { TableName: stack.tableName, Item: { ...Key, text: { S: text } } });
  const QueueUrl = (await queues()).find((url) => url.toLowerCase().includes("dead"));
  await sqs("SendMessage", { QueueUrl, MessageBody: text });
  for await (const logGroupName of groups()) {
    const to = { logGroupName, logStreamName: `planted-${Date.now()}` };
    await logs("CreateLogStream", to);
    await logs("PutLogEvents", { ...to, logEvents: [{ timestamp: Date.now(), message: text }] });
    break;
  }
  return async () => {
    await dynamodb("DeleteItem", { TableName: stack.tableName, Key });
    await sqs("PurgeQueue", { QueueUrl });
  };
}
