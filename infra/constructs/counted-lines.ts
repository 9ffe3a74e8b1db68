import type { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { type IFilterPattern, type ILogGroup, MetricFilter } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";

export interface CountedLinesProps {
  readonly stage: string;
  readonly logGroup: ILogGroup;
  readonly pattern: IFilterPattern;
  /** Of the metric, within the stage's namespace. */
  readonly metricName: string;
  /** Counts nothing where the log says something else: days in a row are those on which it was said, and no other was between. */
  readonly zeroes?: boolean;
  /** What a line adds to the sum: one, or nothing where it is there for the mean alone. */
  readonly worth?: 0 | 1;
}

const namespaceOf = (stage: string): string => `AtomicInfluence/${stage}`;

/** A metric of the stage's own: what is counted is in its name, and it has no dimension. */
export const ownMetric = (stage: string, metricName: string, period: Duration): Metric =>
  new Metric({ namespace: namespaceOf(stage), metricName, statistic: "Sum", period });

/**
 * Counts lines of a log. There is no default value, unless it is asked for: a metric of which nothing was counted is not there
 * and costs nothing. Source: CloudWatch pricing, custom metrics are prorated by the hours in which they are sent.
 */
export class CountedLines extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { stage, logGroup, pattern, metricName, zeroes, worth = 1 }: CountedLinesProps,
  ) {
    super(scope, id);
    new MetricFilter(this, "Filter", {
      logGroup,
      filterPattern: pattern,
      metricNamespace: namespaceOf(stage),
      metricName,
      metricValue: String(worth),
      ...(zeroes && { defaultValue: 0 }),
    });
  }
}
