import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { available, limited } from "#shared/adapters/aws/limits";

/** Puts messages into one queue, where they can be had at once, or after some seconds (900 at most). The client asks where it is configured to: a queue's own address names no other place. */
export function sqsSender(queueUrl: string, name: string): (message: object, afterSeconds?: number) => Promise<void> {
  const client = new SQSClient({ ...limited(), useQueueUrlAsEndpoint: false });
  return async (message, DelaySeconds = 0) => {
    const command = new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message), DelaySeconds });
    await available(name, () => client.send(command));
  };
}
