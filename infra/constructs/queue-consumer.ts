import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";

export interface QueueConsumerProps {
  readonly queue: IQueue;
  readonly lambda: LambdaFunction;
}

/** Messages a function is given at once; each of them fails alone. */
const BATCH = 10;

/** A function that works off a queue and says which messages it could not do. */
export class QueueConsumer extends Construct {
  constructor(scope: Construct, id: string, { queue, lambda }: QueueConsumerProps) {
    super(scope, id);
    lambda.addEventSource(new SqsEventSource(queue, { batchSize: BATCH, reportBatchItemFailures: true }));
  }
}
