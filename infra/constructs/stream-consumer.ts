import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { type Function as LambdaFunction, MetricType, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource, KinesisEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Construct } from "constructs";
import type { StreamContract } from "#shared/contracts/contract";
import { clickRetentionOf } from "../retention.ts";
import type { Surroundings } from "../surroundings.ts";
import { ParkedRecordsDestination } from "./parked-records.ts";
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

/** How long the table's stream keeps a record. Source: DynamoDB developer guide, DynamoDB Streams. */
const TABLE_STREAM = Duration.hours(24);
/**
 * How old a record may grow while it is tried: what a stream forgets is neither handed on nor counted, so what must be given
 * up is given up an hour earlier. Sources: Lambda developer guide, DynamoDB parameters, `DroppedEventCount` among its metrics.
 */
const givenUpAfter = (kept: Duration): Duration => kept.minus(Duration.hours(1));

/** As often as it takes, until then: whatever number of tries one sets is over within one short outage. */
const ENDLESS = -1;

/**
 * Of five minutes each, in a row. CloudWatch goes by older figures while it has some, so that it rings within half an hour;
 * streams keep what they hold for a day and longer. Source: CloudWatch user guide, how alarms treat missing data.
 */
const UNREAD_PERIODS = 3;

/** What the mapping counts of what it gave up; both rings mean that records wait in no stream any more. */
const GIVEN_UP = {
  Parked: { metricName: "OnFailureDestinationDeliveredEventCount", meaning: "Records were given up and parked" },
  Dropped: { metricName: "DroppedEventCount", meaning: "Records were given up and could not be parked" },
} as const;

/**
 * A stream's consumer. What must not be lost outranks what comes after it: a record whose consumer fails is tried until the
 * hour before its stream forgets it, and only then parked, whole.
 *
 * A record that can never succeed does not get that far. One that cannot be read is skipped by the consumers themselves,
 * which ring for it and find it again elsewhere (events by the sweep of the outbox, hits in the raw archive). One that
 * breaks the code is found by halving; it holds up its shard, and `Late` rings within six minutes; who wants the shard to
 * go on before the code is mended says so (docs/runbook.md).
 *
 * One that is not called at all writes no line and has no iterator age: `Unread` hears that.
 */
export class StreamConsumer extends Construct {
  constructor(scope: Construct, id: string, { contract, kebabName, lambda, around }: StreamConsumerProps) {
    super(scope, id);
    const source = sourceOf(contract, around);
    lambda.addEventSource(source);
    new StageAlarm(this, "Late", {
      meaning: `More than a minute behind: ${contract.ifItFails}`,
      article: kebabName,
      // Told only when the function is called: a failing one is called again after ever longer pauses, so that periods in a
      // row may never all have a figure.
      metric: lambda.metric("IteratorAge", { statistic: "Maximum", period: Duration.minutes(5) }),
      threshold: LATE_MS,
      topic: around.alarms,
    });
    const ofMapping = (metricName: string, statistic: string): Metric =>
      new Metric({
        namespace: "AWS/Lambda",
        metricName,
        dimensionsMap: { EventSourceMappingUUID: source.eventSourceMappingId },
        statistic,
        period: Duration.minutes(5),
      });
    for (const [name, { metricName, meaning }] of Object.entries(GIVEN_UP)) {
      new StageAlarm(this, name, {
        meaning: `${meaning}: ${contract.ifItFails}`,
        article: "parked-records",
        metric: ofMapping(metricName, "Sum"),
        threshold: 1,
        topic: around.alarms,
      });
    }
    new StageAlarm(this, "Unread", {
      meaning: `${kebabName} has not looked into its stream for a quarter of an hour: ${contract.ifItFails}`,
      article: "unread-stream",
      // How often it was told, not how much was read: a look that finds nothing tells 0, and a mapping that is disabled, gone
      // or refused tells nothing. Source: Lambda developer guide, event source mapping metrics.
      metric: ofMapping("PolledEventCount", "SampleCount"),
      tooFew: true,
      threshold: 1,
      periods: UNREAD_PERIODS,
      topic: around.alarms,
    });
  }
}

function sourceOf({ source }: StreamContract, around: Surroundings): DynamoEventSource | KinesisEventSource {
  const careful = {
    startingPosition: StartingPosition.TRIM_HORIZON,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: ENDLESS,
    onFailure: new ParkedRecordsDestination(around.parkedRecords),
    // A shard's batches one after the other: clicks are counted up to a sequence number.
    parallelizationFactor: 1,
    // Without it a mapping counts neither what it reads nor what it gives up.
    metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
  };
  return source === "clicks"
    ? new KinesisEventSource(around.clickStream, {
        ...careful,
        maxRecordAge: givenUpAfter(clickRetentionOf(around.stage)),
        batchSize: 10_000,
        maxBatchingWindow: Duration.seconds(10),
      })
    : new DynamoEventSource(around.table, {
        ...careful,
        ...tableReading(source),
        maxRecordAge: givenUpAfter(TABLE_STREAM),
      });
}
