import type { HitSink } from "./durable-clicks.ts";
import type { CallAws } from "./aws-json.ts";

/** The visitor waits for this. */
const TIMEOUT_MS = 150;

/** Hits on Kinesis, one visitor's always on one shard: that is why a shard's distinct visitors add up. */
export const clickStream = (call: CallAws, streamName: string): HitSink => ({
  put: async (hit) => {
    await call({
      api: "kinesis",
      target: "Kinesis_20131202.PutRecord",
      input: {
        StreamName: streamName,
        PartitionKey: hit.visitor,
        Data: Buffer.from(JSON.stringify(hit)).toString("base64"),
      },
      timeoutMs: TIMEOUT_MS,
    });
  },
});
