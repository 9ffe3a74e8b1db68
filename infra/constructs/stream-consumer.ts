import { Duration } from "aws-cdk-lib";
import { type Function as LambdaFunction, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource, KinesisEventSource, SqsDlq } from "aws-cdk-lib/aws-lambda-event-sources";
import { Construct } from "constructs";
import type { StreamContract } from "#shared/contracts/contract";
import type { Surroundings } from "../surroundings.ts";
import { DeadLetterQueue } from "./dead-letter-queue.ts";
import { StageAlarm } from "./stage-alarm.ts";
import { tableReading } from "./table-reading.ts";

export interface StreamConsumerProps {
  readonly contract: StreamContract;
  /** The action's name in kebab-case: its line in the runbook. */
  readonly kebabName: string;
  readonly lambda: LambdaFunction;
  readonly around: Surroundings;
}

/** A consumer further behind its stream than this is late. */
const LATE_MS = 60_000;

/**
 * A stream's consumer. A poison record is found by halving, tried a bounded number of times and then parked, so that it
 * never holds up its shard for longer than an hour.
 */
export class StreamConsumer extends Construct {
  constructor(scope: Construct, id: string, { contract, kebabName, lambda, around }: StreamConsumerProps) {
    super(scope, id);
    const deadLetters = new DeadLetterQueue(this, "DeadLetters", {
      meaning: contract.ifItFails,
      alarms: around.alarms,
    });
    const careful = {
      startingPosition: StartingPosition.TRIM_HORIZON,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 5,
      onFailure: new SqsDlq(deadLetters.queue),
      parallelizationFactor: 1,
    };
    new StageAlarm(this, "Late", {
      meaning: `More than a minute behind: ${contract.ifItFails}`,
      article: kebabName,
      metric: lambda.metric("IteratorAge", { statistic: "Maximum", period: Duration.minutes(1) }),
      threshold: LATE_MS,
      periods: 5,
      topic: around.alarms,
    });
    lambda.addEventSource(
      contract.source === "clicks"
        ? new KinesisEventSource(around.clickStream, {
            ...careful,
            batchSize: 10_000,
            maxBatchingWindow: Duration.seconds(10),
            maxRecordAge: Duration.hours(24),
          })
        : new DynamoEventSource(around.table, {
            ...careful,
            ...tableReading(contract.source),
            maxRecordAge: Duration.hours(23),
          }),
    );
  }
}
