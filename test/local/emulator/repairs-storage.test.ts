import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { attribute, type Pair, ref, type Resources, type Stage, startPair, until } from "./support.ts";

const store: Resources = {
  Store: { Type: "AWS::S3::Bucket", Properties: { VersioningConfiguration: { Status: "Enabled" } } },
};

let pair: Pair;
beforeAll(async () => {
  pair = await startPair();
}, 60_000);
afterAll(() => pair?.stop());

test("s3-version-overrides", async () => {
  const disposition = async (stage: Stage) => {
    const { bucket: Bucket } = await stage.deploy("storage", store, { bucket: ref("Store") });
    const s3 = new S3Client({ ...stage.client, forcePathStyle: true });
    const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "x" }));
    const asked = { Bucket, Key: "a", VersionId, ResponseContentDisposition: "attachment" };
    return (await s3.send(new GetObjectCommand(asked))).ContentDisposition;
  };
  expect(await disposition(pair.repaired)).toBe("attachment");
  expect(await disposition(pair.stock)).toBeUndefined();
}, 30_000);

test("s3-form-checksums", async () => {
  const sha256 = createHash("sha256").update("x").digest("base64");
  const statuses = async (stage: Stage) => {
    const { bucket: Bucket = "" } = await stage.deploy("forms", store, { bucket: ref("Store") });
    const s3 = new S3Client({ ...stage.client, forcePathStyle: true });
    const form = await createPresignedPost(s3, { Bucket, Key: "a", Fields: { "x-amz-checksum-sha256": sha256 } });
    const posted = async (content: string) => {
      const body = new FormData();
      for (const [name, value] of Object.entries(form.fields)) body.append(name, value);
      body.append("file", new Blob([content]));
      return (await fetch(form.url, { method: "POST", body })).status;
    };
    return [await posted("x"), await posted("y")];
  };
  expect(await statuses(pair.repaired)).toEqual([204, 400]);
  expect(await statuses(pair.stock)).toEqual([204, 204]);
}, 30_000);

test("firehose-compression", async () => {
  const RoleARN = "arn:aws:iam::000000000000:role/any";
  const archive: Resources = {
    ...store,
    Stream: { Type: "AWS::Kinesis::Stream", Properties: { ShardCount: 1 } },
    Delivery: {
      Type: "AWS::KinesisFirehose::DeliveryStream",
      Properties: {
        DeliveryStreamType: "KinesisStreamAsSource",
        KinesisStreamSourceConfiguration: { KinesisStreamARN: attribute("Stream"), RoleARN },
        ExtendedS3DestinationConfiguration: {
          BucketARN: attribute("Store"),
          RoleARN,
          Prefix: "clicks/",
          CompressionFormat: "GZIP",
        },
      },
    },
  };
  const delivered = async (stage: Stage): Promise<Buffer> => {
    const outputs = { bucket: ref("Store"), stream: ref("Stream") };
    const { bucket: Bucket = "", stream: StreamName } = await stage.deploy("archive", archive, outputs);
    const s3 = new S3Client({ ...stage.client, forcePathStyle: true });
    const record = { StreamName, PartitionKey: "a", Data: Buffer.from("a hit\n") };
    await new KinesisClient(stage.client).send(new PutRecordCommand(record));
    const Key = await until("the delivery", async () => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: "clicks/" }));
      return Contents[0]?.Key;
    });
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  };
  expect(gunzipSync(await delivered(pair.repaired)).toString()).toBe("a hit\n");
  expect((await delivered(pair.stock)).toString()).toBe("a hit\n");
}, 30_000);
