import type { HitSink } from "./durable-clicks.ts";
import type { CallAws } from "./aws-json.ts";

/** The visitor waits for this. */
const TIMEOUT_MS = 150;

/** Hits on Kinesis, one visitor's always on one shard: that is why a shard's distinct visitors add up. */
export function clickStream(call: CallAws, streamName: string): HitSink {
  const opening = `{"StreamName":${JSON.stringify(streamName)},"PartitionKey":"`;
  return {
    put: async (hit) => {
      // On a line of its own: Firehose puts records into the archive without anything between them.
      const record = Buffer.from(`${JSON.stringify(hit)}\n`).toString("base64");
      // As text: neither 16 hex digits nor base64 hold anything that JSON would escape, and to look for it takes long.
      const body = `${opening}${hit.visitor}","Data":"${record}"}`;
      await call({ api: "kinesis", target: "Kinesis_20131202.PutRecord", body, timeoutMs: TIMEOUT_MS });
    },
  };
}
