import { Duration } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { DeadLetterQueue } from "./dead-letter-queue.ts";

export interface WorkQueueProps {
  readonly lambda: LambdaFunction;
  readonly timeout: Duration;
  readonly meaning: string;
  readonly alarms: ITopic;
}

/** Deliveries before a message is given up. AWS advises at least five, so that throttling alone loses nothing. */
const DELIVERIES = 6;

/** A queue that a function works off, with partial failures and a dead-letter queue behind it. */
export class WorkQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { lambda, timeout, meaning, alarms }: WorkQueueProps) {
    super(scope, id);
    const deadLetters = new DeadLetterQueue(this, "DeadLetters", { meaning, alarms });
    this.queue = new Queue(this, "Queue", {
      retentionPeriod: Duration.days(4),
      visibilityTimeout: Duration.seconds(timeout.toSeconds() * 6),
      deadLetterQueue: { queue: deadLetters.queue, maxReceiveCount: DELIVERIES },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    lambda.addEventSource(new SqsEventSource(this.queue, { batchSize: 10, reportBatchItemFailures: true }));
  }
}
