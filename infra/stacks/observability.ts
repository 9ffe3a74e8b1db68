import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { Construct } from "constructs";
import { type Action, actions } from "#shared/contracts/index";
import { functionNameOf } from "../constructs/action-function.ts";
import type { Surroundings } from "../surroundings.ts";

export interface ObservabilityStackProps extends StackProps {
  readonly around: Surroundings;
}

/** CloudWatch takes at most this many metrics in one widget's search-free form. */
const METRICS_PER_WIDGET = 50;

/** What an engineer on call looks at first, and alarms that belong to no single action. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, { around, ...props }: ObservabilityStackProps) {
    super(scope, id, props);
    const { stage, clickStream, alarms } = around;
    const ofLambda = (metricName: string, action: Action, statistic = "Sum") =>
      new Metric({
        namespace: "AWS/Lambda",
        metricName,
        dimensionsMap: { FunctionName: functionNameOf(stage.name, action) },
        statistic,
        period: Duration.minutes(5),
        label: action.kebabName,
      });
    const graph = (title: string, metric: (action: Action) => Metric) =>
      new GraphWidget({ title, width: 24, left: actions.slice(0, METRICS_PER_WIDGET).map(metric) });
    const dashboard = new Dashboard(this, "Dashboard", { dashboardName: `atomic-${stage.name}` });
    dashboard.addWidgets(graph("Errors", (action) => ofLambda("Errors", action)));
    dashboard.addWidgets(graph("Duration, 95th percentile, ms", (action) => ofLambda("Duration", action, "p95")));
    dashboard.addWidgets(graph("Throttles", (action) => ofLambda("Throttles", action)));

    const age = new Alarm(this, "ClicksLate", {
      alarmName: `atomic-${stage.name}-clicks-late`,
      alarmDescription: "Click figures are more than a minute behind. See docs/runbook.md#roll-up-clicks",
      metric: clickStream.metricGetRecordsIteratorAgeMilliseconds({
        statistic: "Maximum",
        period: Duration.minutes(1),
      }),
      threshold: 60_000,
      evaluationPeriods: 5,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    age.addAlarmAction(new SnsAction(alarms));
  }
}
