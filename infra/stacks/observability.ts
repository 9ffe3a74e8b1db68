import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import { Dashboard, GraphWidget, type IMetric, Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import { type Action, type Area, actions, contracts } from "#shared/contracts/index";
import { StageAlarm, type StageAlarmProps } from "../constructs/stage-alarm.ts";
import { functionNameOf } from "../names.ts";
import type { StageName } from "../stages.ts";
import type { Surroundings } from "../surroundings.ts";

export interface ObservabilityStackProps extends StackProps {
  readonly around: Surroundings;
  readonly apiId: string;
}

const PERIOD = Duration.minutes(5);

/** What an engineer on call looks at first, and alarms that belong to no single action. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, { around, apiId, ...props }: ObservabilityStackProps) {
    super(scope, id, props);
    const dashboard = new Dashboard(this, "Dashboard", { dashboardName: `atomic-${around.stage.name}` });
    for (const area of Object.keys(contracts) as Area[]) dashboard.addWidgets(...graphsOf(area, around.stage.name));
    const { table, clickStream, alarms: topic } = around;
    const alarms: Readonly<Record<string, Omit<StageAlarmProps, "topic">>> = {
      Throttled: {
        meaning: "Functions are refused for lack of concurrency",
        article: "throttled",
        // Without a dimension: every function of the account and region.
        metric: new Metric({ namespace: "AWS/Lambda", metricName: "Throttles", statistic: "Sum", period: PERIOD }),
        threshold: 1,
        periods: 2,
      },
      GatewayErrors: {
        meaning: "Clients get errors of ours (5xx) from the API",
        article: "gateway-errors",
        metric: new Metric({
          namespace: "AWS/ApiGateway",
          metricName: "5xx",
          dimensionsMap: { ApiId: apiId },
          statistic: "Sum",
          period: PERIOD,
        }),
        threshold: 5,
      },
      ReadsThrottled: throttledTable(table.tableName, "ReadThrottleEvents"),
      WritesThrottled: throttledTable(table.tableName, "WriteThrottleEvents"),
      ClicksThrottled: {
        meaning: "The click stream refuses hits for lack of capacity, and they take the way of the overflow queue",
        article: "clicks-throttled",
        metric: clickStream.metricWriteProvisionedThroughputExceeded({ statistic: "Sum", period: PERIOD }),
        threshold: 1,
        periods: 2,
      },
    };
    for (const [name, alarm] of Object.entries(alarms)) new StageAlarm(this, name, { ...alarm, topic });
  }
}

/** One row for each area, so that no action is left out however many there are. */
function graphsOf(area: Area, stage: StageName): GraphWidget[] {
  const ofArea = actions.filter((action) => action.area === area);
  const graph = (title: string, metric: (action: Action) => IMetric) =>
    new GraphWidget({ title: `${area}: ${title}`, width: 8, left: ofArea.map(metric) });
  const ofLambda = (metricName: string, statistic: string) => (action: Action) =>
    new Metric({
      namespace: "AWS/Lambda",
      metricName,
      dimensionsMap: { FunctionName: functionNameOf(stage, action) },
      statistic,
      period: PERIOD,
      label: action.kebabName,
    });
  return [
    graph("errors", ofLambda("Errors", "Sum")),
    graph("duration, 95th percentile, ms", ofLambda("Duration", "p95")),
    graph("throttles", ofLambda("Throttles", "Sum")),
  ];
}

const throttledTable = (TableName: string, metricName: string): Omit<StageAlarmProps, "topic"> => ({
  meaning: `The table has ${metricName}: requests are slow or answer 503`,
  article: "table-throttled",
  metric: new Metric({
    namespace: "AWS/DynamoDB",
    metricName,
    dimensionsMap: { TableName },
    statistic: "Sum",
    period: PERIOD,
  }),
  threshold: 1,
  periods: 2,
});
