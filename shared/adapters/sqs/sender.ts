import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { available, limited } from "#shared/adapters/aws/limits";

/** Puts messages into one queue. The client asks where it is configured to: a queue's own address names no other place. */
export function sqsSender(queueUrl: string, name: string): (message: object) => Promise<void> {
  const client = new SQSClient({ ...limited(), useQueueUrlAsEndpoint: false });
  return async (message) => {
    const command = new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) });
    await available(name, () => client.send(command));
  };
}
