import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import { Dashboard, GraphWidget, type IMetric, Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import { type Action, type Area, actions, actionsWith, areasWith } from "#shared/contracts/index";
import { schema } from "#shared/table/schema";
import { failuresOf } from "../constructs/action-alarm.ts";
import { StageAlarm, type StageAlarmProps } from "../constructs/stage-alarm.ts";
import { firewallMetricsOf, functionNameOf } from "../names.ts";
import type { Stage } from "../stages.ts";
import type { Surroundings } from "../surroundings.ts";

export interface ObservabilityStackProps extends StackProps {
  readonly around: Surroundings;
  readonly apiId: string;
  /** Of distributions that links are followed through. */
  readonly distributionIds: readonly string[];
}

type AlarmText = Omit<StageAlarmProps, "topic">;

const PERIOD = Duration.minutes(5);

/** What an engineer on call looks at first, and alarms that belong to no single action. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    const { around, apiId, distributionIds, ...stackProps } = props;
    super(scope, id, stackProps);
    const { stage, table, clickStream, alarms: topic } = around;
    const dashboard = new Dashboard(this, "Dashboard", { dashboardName: `atomic-${stage.name}` });
    for (const area of areasWith(stage)) dashboard.addWidgets(...graphsOf(area, stage));
    const alarms: Readonly<Record<string, AlarmText>> = {
      Throttled: {
        meaning: "Functions are refused for lack of concurrency",
        article: "throttled",
        // Without a dimension: every function of the account and region.
        metric: new Metric({ namespace: "AWS/Lambda", metricName: "Throttles", statistic: "Sum", period: PERIOD }),
        threshold: 1,
        periods: 2,
      },
      ...refusedCallsOf(stage),
      ...gatewayAlarms(apiId),
      ...throttlesOf(table.tableName),
      ...(stage.firewall && { LinksRefused: refusedVisitorsOf(stage) }),
      ClicksThrottled: {
        meaning: "The click stream refuses hits for lack of capacity, and they take the way of the overflow queue",
        article: "clicks-throttled",
        metric: clickStream.metricWriteProvisionedThroughputExceeded({ statistic: "Sum", period: PERIOD }),
        threshold: 1,
        periods: 2,
      },
    };
    for (const [name, alarm] of Object.entries(alarms)) new StageAlarm(this, name, { ...alarm, topic });
    for (const [at, distributionId] of distributionIds.entries())
      new StageAlarm(this, `LinksFail${at}`, { ...failingLinks(distributionId), topic });
  }
}

/** One row for each area, so that no action is left out however many there are. */
function graphsOf(area: Area, { name: stage, testClock, social }: Stage): GraphWidget[] {
  const ofArea = actionsWith({ testClock, social }).filter((action) => action.area === area);
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
    graph("failures", (action) => failuresOf(stage, action).with({ label: action.kebabName })),
    graph("duration, 95th percentile, ms", ofLambda("Duration", "p95")),
    graph("throttles", ofLambda("Throttles", "Sum")),
  ];
}

/** Of those whose callers do not come again: one refusal is one visitor, or one notice of a payment, too many. */
const refusedCallsOf = ({ name: stage, reservedConcurrency }: Stage): Readonly<Record<string, AlarmText>> =>
  Object.fromEntries(
    actions
      .filter(({ name }) => name in reservedConcurrency)
      .map((action) => [
        `${action.name}Throttled`,
        {
          meaning: `Calls are refused for lack of concurrency: ${action.contract.ifItFails}`,
          article: "throttled",
          metric: new Metric({
            namespace: "AWS/Lambda",
            metricName: "Throttles",
            dimensionsMap: { FunctionName: functionNameOf(stage, action) },
            statistic: "Sum",
            period: PERIOD,
          }),
          threshold: 1,
        },
      ]),
  );

/** Slower than any action but the proof of the ledger, in which nobody waits. */
const SLOW_MS = 3_000;

/** Source of names and dimensions: API Gateway developer guide, metrics of HTTP APIs. */
function gatewayAlarms(ApiId: string): Readonly<Record<string, AlarmText>> {
  const ofGateway = (metricName: string, statistic: string) =>
    new Metric({ namespace: "AWS/ApiGateway", metricName, dimensionsMap: { ApiId }, statistic, period: PERIOD });
  return {
    GatewayErrors: {
      meaning: "Clients get errors of ours (5xx) from the API",
      article: "gateway-errors",
      metric: ofGateway("5xx", "Sum"),
      threshold: 5,
    },
    GatewaySlow: {
      meaning: `One request in twenty takes ${SLOW_MS / 1000} seconds or longer`,
      article: "gateway-slow",
      metric: ofGateway("Latency", "p95"),
      threshold: SLOW_MS,
      periods: 3,
    },
  };
}

/**
 * Refused reads and writes of the table, and of each index: the table's own metrics leave its indexes out.
 * Source: DynamoDB developer guide, ReadThrottleEvents and WriteThrottleEvents.
 */
function throttlesOf(TableName: string): Readonly<Record<string, AlarmText>> {
  const indexes = Object.values(schema.indexes).map(({ name }) => ({ GlobalSecondaryIndexName: name }));
  const places: readonly { readonly GlobalSecondaryIndexName?: string }[] = [{}, ...indexes];
  return Object.fromEntries(
    places.flatMap((index) =>
      ["ReadThrottleEvents", "WriteThrottleEvents"].map((metricName) => {
        const place = index.GlobalSecondaryIndexName;
        const alarm: AlarmText = {
          meaning: `${place === undefined ? "The table" : `Index ${place}`} has ${metricName}: requests are slow or answer 503`,
          article: "table-throttled",
          metric: new Metric({
            namespace: "AWS/DynamoDB",
            metricName,
            dimensionsMap: { TableName, ...index },
            statistic: "Sum",
            period: PERIOD,
          }),
          threshold: 1,
          periods: 2,
        };
        return [`${place ?? ""}${metricName}`, alarm];
      }),
    ),
  );
}

/** Of what CloudFront serves these metrics have no region. Source: AWS WAF developer guide, metrics and dimensions. */
function refusedVisitorsOf({ name }: Stage): AlarmText {
  const { webAcl: WebACL, rule: Rule } = firewallMetricsOf(name);
  return {
    meaning:
      "The firewall answers 429 to an address that asks for 200 links a second, or to thousands of people behind it",
    article: "links-refused",
    metric: new Metric({
      namespace: "AWS/WAFV2",
      metricName: "BlockedRequests",
      dimensionsMap: { WebACL, Rule },
      statistic: "Sum",
      period: PERIOD,
    }),
    threshold: 1,
  };
}

/** CloudFront's metrics are all in us-east-1, under the region `Global`. Source: CloudFront developer guide, metrics. */
const failingLinks = (DistributionId: string): AlarmText => ({
  meaning: "Short links answer one visitor in twenty with an error of ours (5xx)",
  article: "links-unavailable",
  metric: new Metric({
    namespace: "AWS/CloudFront",
    metricName: "5xxErrorRate",
    dimensionsMap: { DistributionId, Region: "Global" },
    statistic: "Average",
    period: PERIOD,
  }),
  threshold: 5,
});
