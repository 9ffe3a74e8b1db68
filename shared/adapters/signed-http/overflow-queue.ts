import type { HitSink } from "./durable-clicks.ts";
import type { CallAws } from "./aws-json.ts";

/** The last place before the log: worth a second. */
const TIMEOUT_MS = 1_000;

/** Hits on SQS, for when the stream does not take them. The message body is the hit, as the stream would have had it. */
export const overflowQueue = (call: CallAws, queueUrl: string): HitSink => ({
  put: async (hit) => {
    await call({
      api: "sqs",
      target: "AmazonSQS.SendMessage",
      body: JSON.stringify({ QueueUrl: queueUrl, MessageBody: JSON.stringify(hit) }),
      timeoutMs: TIMEOUT_MS,
    });
  },
});
