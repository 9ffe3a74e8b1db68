/**
 * What AWS takes of one thing at most: templates beyond it synthesize, and fail in the middle of a deploy. Most grow with every
 * action, event or alarm. Each is a default quota that holds in an account that has asked for nothing.
 */
import { expect, test } from "@jest/globals";
import { functionsOf, listOf, ofType, pointsTo, type StageUnderTest, statementsOf } from "./stage.ts";

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** As long as AWS makes it, about: what stands for an ARN or a name is longer in a template than what it becomes. */
const written = (expression: unknown): string => JSON.stringify(expression);

type Measured = readonly [name: string, size: number];

/** Those that are larger than AWS takes, of at least one. */
const above = (most: number, measured: readonly Measured[]): readonly Measured[] => {
  expect(measured.length).toBeGreaterThan(0);
  return measured.filter(([, size]) => size > most);
};

const countBy = (names: readonly string[]): Measured[] =>
  [...Map.groupBy(names, String)].map(([name, same]) => [name, same.length]);

export function promiseQuotas(stage: StageUnderTest): void {
  const measured = (type: string, sizeOf: (properties: Record<string, never>) => number): Measured[] =>
    ofType(stage, type).map(({ id, Properties }) => [id, sizeOf(Properties as Record<string, never>)]);

  test("stays within CloudFormation's quotas: 200 outputs and a megabyte for a template", () => {
    // Source: CloudFormation user guide, "Understand CloudFormation quotas".
    const stacks = Map.groupBy(stage.synth().resources, ({ stack }) => stack);
    const sizes = [...stacks].map(([stack, resources]): Measured => [stack, Buffer.byteLength(written(resources))]);
    expect(above(700_000, sizes)).toEqual([]);
    expect(stage.synth().mostOutputs).toBeLessThanOrEqual(200);
  });

  test("stays within Lambda's: 4 kB of environment, 256 characters of description, five filters of 4,096", () => {
    // Source: Lambda developer guide, "Lambda quotas"; "Control which events Lambda sends to your function".
    const variables = ({ Environment }: { readonly Environment?: { readonly Variables?: object } }): number =>
      Object.entries(Environment?.Variables ?? {}).reduce(
        (sum, [name, value]) => sum + name.length + written(value).length,
        0,
      );
    expect(above(4_096, measured("AWS::Lambda::Function", variables))).toEqual([]);
    expect(
      above(
        256,
        measured("AWS::Lambda::Function", ({ Description = "" }) => String(Description).length),
      ),
    ).toEqual([]);
    const filters = ofType(stage, "AWS::Lambda::EventSourceMapping").map(({ id, Properties }) => ({
      id,
      patterns: ((Properties.FilterCriteria?.Filters ?? []) as { Pattern: string }[]).map(({ Pattern }) => Pattern),
    }));
    expect(
      above(
        5,
        filters.map(({ id, patterns }) => [id, patterns.length]),
      ),
    ).toEqual([]);
    expect(
      above(
        4_096,
        filters.flatMap(({ id, patterns }) => patterns.map((one): Measured => [id, one.length])),
      ),
    ).toEqual([]);
  });

  test("lets a flood in every queue leave two hundred of an account's thousand executions for people", () => {
    const mostCalls = ofType(stage, "AWS::Lambda::EventSourceMapping").map(
      ({ Properties }) => (Properties.ScalingConfig?.MaximumConcurrency ?? 0) as number,
    );
    const reserved = [...functionsOf(stage).values()].map(
      ({ Properties }) => (Properties.ReservedConcurrentExecutions ?? 0) as number,
    );
    const taken = [...mostCalls, ...reserved].reduce((sum, one) => sum + one, 0);
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThanOrEqual(800);
  });

  test("stays within IAM's 10,240 characters of all inline policies of a role", () => {
    // Source: IAM user guide, "IAM and AWS STS quotas"; white space does not count.
    const sizes = [...functionsOf(stage)].map(([kebabName, { stack, Properties }]): Measured => {
      const statements = statementsOf(stage, stack, String(Properties.Role["Fn::GetAtt"][0]));
      return [kebabName, written(statements).replaceAll(/\s/g, "").length];
    });
    expect(above(10_240, sizes)).toEqual([]);
  });

  test("stays within EventBridge's: 300 rules of a bus, patterns of 2,048 characters", () => {
    // Source: EventBridge user guide, "Amazon EventBridge quotas".
    expect(
      above(
        2_048,
        measured("AWS::Events::Rule", ({ EventPattern }) => written(EventPattern).length),
      ),
    ).toEqual([]);
    expect(ofType(stage, "AWS::Events::Rule").length).toBeLessThanOrEqual(300);
    expect(
      above(
        64,
        measured("AWS::Scheduler::Schedule", ({ Name }) => String(Name).length),
      ),
    ).toEqual([]);
  });

  test("stays within API Gateway's: 300 routes, and an answer within 30 seconds", () => {
    // Source: API Gateway developer guide, "Quotas for configuring and running an HTTP API".
    expect(ofType(stage, "AWS::ApiGatewayV2::Route").length).toBeLessThanOrEqual(300);
    expect(ofType(stage, "AWS::ApiGatewayV2::Integration").length).toBeLessThanOrEqual(300);
    const called = ofType(stage, "AWS::ApiGatewayV2::Integration").flatMap(({ stack, Properties }) =>
      [...functionsOf(stage).values()]
        .filter((one) => one.stack === stack && pointsTo(Properties.IntegrationUri).includes(`"${one.id}"`))
        .map(({ id, Properties: { Timeout } }): Measured => [id, Number(Timeout)]),
    );
    expect(called).toHaveLength(ofType(stage, "AWS::ApiGatewayV2::Route").length);
    expect(above(29, called)).toEqual([]);
  });

  test("stays within CloudWatch's: a day that an alarm looks back over, or a week by the hour, and what texts may be long", () => {
    // Source: CloudWatch API reference, PutMetricAlarm; CloudWatch Logs user guide, "CloudWatch Logs quotas".
    const windows = ofType(stage, "AWS::CloudWatch::Alarm").map(({ id, Properties }): Measured => {
      const [period, periods] = [Number(Properties.Period), Number(Properties.EvaluationPeriods)];
      return [id, (period * periods) / (period < HOUR_SECONDS ? DAY_SECONDS : 7 * DAY_SECONDS)];
    });
    expect(above(1, windows)).toEqual([]);
    expect(
      above(
        1_024,
        measured("AWS::CloudWatch::Alarm", ({ AlarmDescription }) => String(AlarmDescription).length),
      ),
    ).toEqual([]);
    const filters = ofType(stage, "AWS::Logs::MetricFilter");
    expect(
      above(
        1_024,
        filters.map(({ id, Properties }) => [id, String(Properties.FilterPattern).length]),
      ),
    ).toEqual([]);
    expect(
      above(100, countBy(filters.map(({ stack, Properties }) => stack + pointsTo(Properties.LogGroupName)))),
    ).toEqual([]);
    const [dashboard] = ofType(stage, "AWS::CloudWatch::Dashboard");
    const widgets = pointsTo(dashboard?.Properties.DashboardBody).split('\\"type\\":\\"metric\\"').length - 1;
    expect(above(500, [["dashboard", widgets]])).toEqual([]);
    expect(widgets).toBeGreaterThan(0);
  });

  test("lets the click stream be read by the rollup and the archive alone: a shard gives both two megabytes a second", () => {
    // Source: Kinesis Data Streams developer guide, "Quotas and limits": five reads a second and 2 MB, shared by all readers.
    const mappings = ofType(stage, "AWS::Lambda::EventSourceMapping").filter(
      ({ Properties }) =>
        /Clicks\w*Arn/.test(pointsTo(Properties.EventSourceArn)) && Properties.StartingPosition !== undefined,
    );
    const [delivery, ...others] = ofType(stage, "AWS::KinesisFirehose::DeliveryStream");
    expect([mappings.length, delivery === undefined, others]).toEqual([1, false, []]);
  });

  test("passes ten headers at most on to the click function", () => {
    // Source: CloudFront developer guide, "Quotas": headers of an origin request policy.
    const policies = ofType(stage, "AWS::CloudFront::OriginRequestPolicy").map(({ id, Properties }): Measured => {
      const { Headers } = Properties.OriginRequestPolicyConfig.HeadersConfig as {
        readonly Headers?: readonly string[];
      };
      return [id, listOf(Headers).length];
    });
    expect(above(10, policies)).toEqual([]);
  });
}
