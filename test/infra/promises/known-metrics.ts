/** Metrics that AWS publishes, with exactly the dimensions it publishes them under: an alarm on any other never rings. */

interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly string[];
  readonly statistic: string;
}

const metric = (namespace: string, name: string, dimensions: readonly string[], statistic: string): Metric => ({
  namespace,
  name,
  dimensions,
  statistic,
});

/** Sources: the developer guide of each, "metrics and dimensions"; of Lambda's without a dimension: "across all functions". */
const known: readonly Metric[] = [
  metric("AWS/Lambda", "Throttles", [], "Sum"),
  metric("AWS/Lambda", "Throttles", ["FunctionName"], "Sum"),
  metric("AWS/Firehose", "DeliveryToS3.DataFreshness", ["DeliveryStreamName"], "Maximum"),
  metric("AWS/Firehose", "KinesisMillisBehindLatest", ["DeliveryStreamName"], "Maximum"),
  metric("AWS/Lambda", "IteratorAge", ["FunctionName"], "Maximum"),
  // Of stream mappings that ask for them. Source: Lambda developer guide, "Event source mapping metrics".
  metric("AWS/Lambda", "PolledEventCount", ["EventSourceMappingUUID"], "SampleCount"),
  ...["OnFailureDestinationDeliveredEventCount", "DroppedEventCount"].map((name) =>
    metric("AWS/Lambda", name, ["EventSourceMappingUUID"], "Sum"),
  ),
  metric("AWS/ApiGateway", "5xx", ["ApiId"], "Sum"),
  metric("AWS/ApiGateway", "Latency", ["ApiId"], "p95"),
  ...["ReadThrottleEvents", "WriteThrottleEvents"].flatMap((name) => [
    metric("AWS/DynamoDB", name, ["TableName"], "Sum"),
    metric("AWS/DynamoDB", name, ["GlobalSecondaryIndexName", "TableName"], "Sum"),
  ]),
  metric("AWS/Kinesis", "WriteProvisionedThroughputExceeded", ["StreamName"], "Sum"),
  metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", ["QueueName"], "Maximum"),
  metric("AWS/SQS", "ApproximateAgeOfOldestMessage", ["QueueName"], "Maximum"),
  metric("AWS/SES", "Reputation.BounceRate", [], "Maximum"),
  metric("AWS/SES", "Reputation.ComplaintRate", [], "Maximum"),
  // Of distributions: without a region.
  metric("AWS/WAFV2", "BlockedRequests", ["Rule", "WebACL"], "Sum"),
  metric("AWS/CloudFront", "5xxErrorRate", ["DistributionId", "Region"], "Average"),
];

/** What an alarm watches, as a template says it. */
export interface Watched {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { readonly Name: string }[];
  readonly Statistic?: string;
  readonly ExtendedStatistic?: string;
}

/** Of an alarm on one metric, or on what is reckoned from several. */
interface AlarmProperties extends Watched {
  readonly Metrics?: readonly {
    readonly MetricStat?: { readonly Metric: Watched; readonly Stat: string; readonly Period: number };
  }[];
}

export const metricsOf = ({ Metrics, ...alarm }: AlarmProperties): readonly Watched[] =>
  Metrics?.flatMap(({ MetricStat }) => (MetricStat ? [{ ...MetricStat.Metric, Statistic: MetricStat.Stat }] : [])) ?? [
    alarm,
  ];

export const knownMetric = ({ Namespace, MetricName, Dimensions = [], ...alarm }: Watched): boolean =>
  known.some(
    ({ namespace, name, dimensions, statistic }) =>
      namespace === Namespace &&
      name === MetricName &&
      String(dimensions) === String(Dimensions.map(({ Name }) => Name).sort()) &&
      statistic === (alarm.Statistic ?? alarm.ExtendedStatistic),
  );
