import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";

export interface QueueConsumerProps {
  readonly queue: IQueue;
  readonly lambda: LambdaFunction;
  /** Messages the function is given at once, each of which fails alone; ten unless said otherwise. */
  readonly batchSize?: number | undefined;
  /** Calls of the function at once, from two; twelve unless said otherwise. */
  readonly maxConcurrency?: number | undefined;
}

const BATCH = 10;
/** A flood of messages waits in its queue, and takes nobody else the concurrency that the account has. */
const MOST_CALLS = 12;

/** A function that works off a queue and says which messages it could not do. */
export class QueueConsumer extends Construct {
  constructor(scope: Construct, id: string, props: QueueConsumerProps) {
    super(scope, id);
    const { queue, lambda, batchSize = BATCH, maxConcurrency = MOST_CALLS } = props;
    lambda.addEventSource(new SqsEventSource(queue, { batchSize, maxConcurrency, reportBatchItemFailures: true }));
  }
}
