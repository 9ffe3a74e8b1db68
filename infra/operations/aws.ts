import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { DeleteObjectCommand, GetObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { DeadLetters } from "./dead-letters.ts";
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

/** Long enough for the whole of a dead-letter queue to be gone through: until then nobody else is given its messages. */
const UNSEEN_SECONDS = 900;

export const deadLettersBetween = (client: SQSClient, from: string, to: string): DeadLetters => ({
  async *messages() {
    for (;;) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: from,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 2,
          VisibilityTimeout: UNSEEN_SECONDS,
        }),
      );
      if (Messages.length === 0) return;
      for (const { Body = "", ReceiptHandle: receipt = "" } of Messages) yield { body: Body, receipt };
    }
  },
  async send(MessageBody) {
    await client.send(new SendMessageCommand({ QueueUrl: to, MessageBody }));
  },
  async remove(ReceiptHandle) {
    await client.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle }));
  },
});
