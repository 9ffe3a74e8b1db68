/** The constructs that ring, each in a stack by itself: what `templates.test.ts` proves of whole stages, in seconds. */
import { describe, expect, test } from "@jest/globals";
import { Stack } from "aws-cdk-lib";
import { Table } from "aws-cdk-lib/aws-dynamodb";
import { Stream } from "aws-cdk-lib/aws-kinesis";
import { Topic } from "aws-cdk-lib/aws-sns";
import { DeadLetterQueue } from "#infra/constructs/dead-letter-queue";
import { incidents } from "#infra/incidents";
import { longestPause } from "#infra/longest-pause";
import { ObservabilityStack } from "#infra/stacks/observability";
import { stageOf } from "#infra/stages";
import type { Surroundings } from "#infra/surroundings";
import type { ScheduleContract } from "#shared/contracts/contract";
import { actions, contracts } from "#shared/contracts/index";
import { alarmOf, alarmsOf, propertiesOf, uncheckedApp, watching } from "./one-alarm.ts";
import { contexts } from "./synth.ts";

const LEVEL_ERROR = '$.level = "error"';

describe("the alarm of an action", () => {
  test("counts the lines of its failures and tells the topic of the first one", () => {
    const { alarms, filters } = alarmOf("create-link");
    expect(filters).toHaveLength(1);
    expect(filters[0]?.FilterPattern).toContain(LEVEL_ERROR);
    expect(alarms).toHaveLength(1);
    expect(watching(alarms, filters[0])).toMatchObject([
      {
        AlarmName: "atomic-dev-create-link-failures",
        AlarmDescription: expect.stringContaining("docs/runbook.md#create-link"),
        AlarmActions: [{ Ref: expect.stringMatching(/^Topic/) }],
        ComparisonOperator: "GreaterThanOrEqualToThreshold",
        Threshold: 1,
        EvaluationPeriods: 1,
      },
    ]);
  });

  test.each(actions.filter(({ contract }) => contract.trigger === "schedule"))(
    "rings for $kebabName also when it is silent",
    ({ kebabName }) => {
      const { alarms, filters } = alarmOf(kebabName);
      const successes = filters.find(({ FilterPattern }) => FilterPattern.includes('"job.completed"'));
      expect(watching(alarms, successes)).toMatchObject([
        { ComparisonOperator: "LessThanThreshold", Threshold: 1, TreatMissingData: "breaching" },
      ]);
      expect(alarms.filter(({ ComparisonOperator }) => ComparisonOperator !== "LessThanThreshold").length).toBe(
        1 + incidents.filter(({ actions: [first] }) => first === kebabName).length,
      );
    },
  );

  test.each(actions.filter(({ contract }) => contract.trigger === "schedule"))(
    "of $kebabName's silence looks at twice its pause, in parts that leave old successes behind",
    ({ kebabName, contract }) => {
      const { alarms, filters } = alarmOf(kebabName);
      const successes = filters.find(({ FilterPattern }) => FilterPattern.includes('"job.completed"'));
      const [{ Period, EvaluationPeriods } = { Period: 0, EvaluationPeriods: 0 }] = watching(alarms, successes);
      const pauseSeconds = longestPause((contract as ScheduleContract).every).toSeconds();
      expect(Period * EvaluationPeriods).toBeGreaterThanOrEqual(2 * pauseSeconds);
      expect(Period * (EvaluationPeriods - 1)).toBeLessThan(2 * pauseSeconds);
      expect(EvaluationPeriods).toBeGreaterThanOrEqual(6);
      // CloudWatch's own limits. Source: API reference, PutMetricAlarm, "EvaluationPeriods".
      expect(Period * EvaluationPeriods).toBeLessThanOrEqual(Period < 3_600 ? 86_400 : 604_800);
    },
  );

  test.each(incidents)(
    "counts a day on which $code was not said, where days in a row count",
    ({ code, actions: [first], days }) => {
      const filter = alarmOf(first).filters.find(({ FilterPattern }) => FilterPattern.includes(`"${code}"`));
      expect(filter?.MetricTransformations[0]?.DefaultValue).toBe(days === undefined ? undefined : 0);
    },
  );

  test.each(incidents.filter(({ many }) => many?.share === undefined))(
    "has one of its own for $code",
    ({ code, actions: [first, ...others], meaning, days, many }) => {
      const countingIn = (action: string) =>
        alarmOf(action).filters.filter(({ FilterPattern }) => FilterPattern.includes(`"${code}"`));
      const { alarms } = alarmOf(first);
      expect(countingIn(first)).toHaveLength(1);
      expect(watching(alarms, countingIn(first)[0])).toMatchObject([
        {
          AlarmDescription: expect.stringContaining(meaning),
          ComparisonOperator: "GreaterThanOrEqualToThreshold",
          EvaluationPeriods: days ?? 1,
          Period: many ? 3_600 : ({ 0: 300 }[days ?? 0] ?? 86_400),
          Threshold: many?.atLeast ?? 1,
        },
      ]);
      // The others count in the same metric, and have no second alarm of the name.
      for (const other of others) {
        expect(watching(alarms, countingIn(other)[0])).toHaveLength(1);
        expect(watching(alarmOf(other).alarms, countingIn(other)[0])).toEqual([]);
      }
    },
  );
});

test("a dead-letter queue rings for its first message", () => {
  const stack = new Stack(uncheckedApp(), "one-queue");
  new DeadLetterQueue(stack, "Dead", { meaning: "Something lies here", alarms: new Topic(stack, "Topic") });
  expect(alarmsOf(stack)).toMatchObject([
    {
      MetricName: "ApproximateNumberOfMessagesVisible",
      AlarmDescription: "Something lies here. See docs/runbook.md#dead-letters",
      AlarmActions: [{ Ref: expect.stringMatching(/^Topic/) }],
      Threshold: 1,
    },
  ]);
});

describe("what belongs to no single action", () => {
  const app = uncheckedApp({ context: { ...contexts.prod, stage: "prod" } });
  const stage = stageOf(app);
  const beside = new Stack(app, "beside");
  const around: Partial<Surroundings> = {
    stage,
    table: Table.fromTableName(beside, "Table", "table"),
    clickStream: new Stream(beside, "Clicks"),
    alarms: new Topic(beside, "Topic"),
  };
  const stack = new ObservabilityStack(app, "observability", {
    around: around as Surroundings,
    apiId: "api",
    distributionIds: ["one", "two"],
  });
  const alarms = alarmsOf(stack);
  const [dashboard] = propertiesOf<{ readonly DashboardBody: unknown }>(stack, "AWS::CloudWatch::Dashboard");
  const reserved = Object.keys(stage.reservedConcurrency).length;

  test.each([
    ["functions that are refused for lack of concurrency, whichever", "AWS/Lambda", "Throttles", 1 + reserved],
    ["the API's own errors", "AWS/ApiGateway", "5xx", 1],
    ["the API's slowness", "AWS/ApiGateway", "Latency", 1],
    ["a click stream that is full", "AWS/Kinesis", "WriteProvisionedThroughputExceeded", 1],
    ["links that fail, by distribution", "AWS/CloudFront", "5xxErrorRate", 2],
    ["visitors whom the firewall turns away", "AWS/WAFV2", "BlockedRequests", 1],
  ])("%s", (_name, namespace, metric, times) => {
    const found = alarms.filter(
      ({ Namespace, MetricName }) => [Namespace, MetricName].join() === [namespace, metric].join(),
    );
    expect(found).toHaveLength(times);
  });

  test("reads and writes that the table or one of its indexes refuses", () => {
    const refused = alarms.filter(({ Namespace }) => Namespace === "AWS/DynamoDB");
    const places = refused.map(({ MetricName, Dimensions = [] }) => [
      MetricName,
      Dimensions.find(({ Name }) => Name === "GlobalSecondaryIndexName")?.Value ?? "table",
    ]);
    expect(new Set(places.map(([metric]) => metric))).toEqual(new Set(["ReadThrottleEvents", "WriteThrottleEvents"]));
    expect(places.filter(([, place]) => place === "table")).toHaveLength(2);
    expect(new Set(places.map(([, place]) => place)).size).toBe(places.length / 2);
  });

  test("all of them tell the stage's topic", () => {
    for (const alarm of alarms) expect([alarm.MetricName, alarm.AlarmActions.length]).toEqual([alarm.MetricName, 1]);
  });

  test("the dashboard has a row for each area", () => {
    const body = JSON.stringify(dashboard?.DashboardBody);
    for (const area of Object.keys(contracts)) expect([area, body.split(`${area}: `).length - 1]).toEqual([area, 3]);
  });
});
