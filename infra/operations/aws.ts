import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { DeleteObjectCommand, GetObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import type { Invoke, ParkedBatches } from "./redrive.ts";

/** Batches in the bucket where Lambda parks them; its keys sort by mapping, shard and time. */
export const parkedIn = (client: S3Client, Bucket: string): ParkedBatches => ({
  async *keys() {
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix: "aws/lambda/" }))
      for (const { Key } of Contents) if (Key !== undefined) yield Key;
  },
  async read(Key) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    if (Body === undefined) throw new Error("an object without a body");
    return Body.transformToString();
  },
  async remove(Key) {
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
  },
});

export const invokeWith =
  (client: LambdaClient): Invoke =>
  async (FunctionName, Payload) => {
    const reply = await client.send(new InvokeCommand({ FunctionName, Payload }));
    return { functionError: reply.FunctionError, payload: Buffer.from(reply.Payload ?? []).toString() };
  };
