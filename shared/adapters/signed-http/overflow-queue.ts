import type { HitSink } from "#shared/ports/tracking";
import type { CallAws } from "./aws-json.ts";

const TIMEOUT_MS = 300;

/** Hits on SQS, for when the stream does not take them. The message body is the hit, as the stream would have had it. */
export const overflowQueue = (call: CallAws, queueUrl: string): HitSink => ({
  put: async (hit) => {
    await call({
      api: "sqs",
      target: "AmazonSQS.SendMessage",
      input: { QueueUrl: queueUrl, MessageBody: JSON.stringify(hit) },
      timeoutMs: TIMEOUT_MS,
    });
  },
});
