import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";

export interface StageAlarmProps {
  /** What it means that it rings: who is hurt, and how. */
  readonly meaning: string;
  /** Heading or line of docs/runbook.md that says what to do. */
  readonly article: string;
  readonly metric: IMetric;
  /** In the metric's own unit; rings at this value and above, or below it where there should be more. */
  readonly threshold: number;
  /** Rings when there is less than the threshold, and when there is nothing at all. */
  readonly tooFew?: true;
  /** Periods of the metric in a row before it rings; the first one unless said otherwise. */
  readonly periods?: number;
  /** Given where people look for it by name. */
  readonly alarmName?: string;
  readonly topic: ITopic;
}

/**
 * An alarm of the house: it says what it means, where to read on, and is quiet while there is nothing to measure, or too
 * little for a percentile to say anything.
 */
export class StageAlarm extends Construct {
  constructor(scope: Construct, id: string, props: StageAlarmProps) {
    super(scope, id);
    const { meaning, article, metric, threshold, tooFew, periods = 1, alarmName, topic } = props;
    const alarm = new Alarm(this, "Alarm", {
      ...(alarmName !== undefined && { alarmName }),
      alarmDescription: `${meaning}. See docs/runbook.md#${article}`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: tooFew
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: tooFew ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      ...(isPercentile(metric) && { evaluateLowSampleCountPercentile: "ignore" }),
    });
    alarm.addAlarmAction(new SnsAction(topic));
  }
}

const isPercentile = (metric: IMetric): boolean => /^p\d/.test(metric.toMetricConfig().metricStat?.statistic ?? "");
