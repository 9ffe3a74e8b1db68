import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { available, limited } from "#shared/adapters/aws/limits";
import type { EventQueue } from "#shared/ports/webhooks";

/** The queue of the processor's events. The client asks where it is configured to: a queue's own address names no other place. */
export function sqsEventQueue({ STRIPE_EVENTS_QUEUE_URL }: { readonly STRIPE_EVENTS_QUEUE_URL: string }): EventQueue {
  const client = new SQSClient({ ...limited(), useQueueUrlAsEndpoint: false });
  return {
    async send(message) {
      const command = new SendMessageCommand({
        QueueUrl: STRIPE_EVENTS_QUEUE_URL,
        MessageBody: JSON.stringify(message),
      });
      await available("the queue of events", () => client.send(command));
    },
  };
}
