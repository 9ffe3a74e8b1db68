import { KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";
import { limited } from "#shared/adapters/aws/limits";
import type { ClickStream } from "#shared/ports/tracking";

export function kinesisClickStream({ CLICK_STREAM_NAME }: { readonly CLICK_STREAM_NAME: string }): ClickStream {
  // HTTP/1.1: one short request at a time gains nothing from the client's HTTP/2 default.
  const client = new KinesisClient(limited());
  return {
    async append({ visitor, body }) {
      // On a line of its own: Firehose puts records into the archive without anything between them.
      const Data = Buffer.from(`${body}\n`, "utf8");
      await client.send(new PutRecordCommand({ StreamName: CLICK_STREAM_NAME, PartitionKey: visitor, Data }));
    },
  };
}
