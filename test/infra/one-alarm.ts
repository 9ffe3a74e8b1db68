/** An action's alarms in a stack by themselves. */
import { App, type AppProps, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Topic } from "aws-cdk-lib/aws-sns";
import { ActionAlarm } from "#infra/constructs/action-alarm";
import { actions } from "#shared/contracts/index";

export interface Alarm {
  readonly AlarmName?: string;
  readonly AlarmDescription: string;
  readonly AlarmActions: readonly { readonly Ref: string }[];
  readonly Namespace: string;
  readonly MetricName: string;
  readonly ComparisonOperator: string;
  readonly Period: number;
  readonly EvaluationPeriods: number;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
  /** Of an alarm on what is reckoned from several. */
  readonly Metrics?: readonly {
    readonly Id: string;
    readonly Expression?: string;
    readonly MetricStat?: {
      readonly Metric: Pick<Alarm, "Namespace" | "MetricName">;
      readonly Period: number;
      readonly Stat: string;
    };
  }[];
}

export interface Filter {
  readonly FilterPattern: string;
  readonly LogGroupName: unknown;
  readonly MetricTransformations: readonly {
    readonly MetricNamespace: string;
    readonly MetricName: string;
    readonly MetricValue: string;
    readonly DefaultValue?: number;
  }[];
}

export const propertiesOf = <T>(stack: Stack, type: string): T[] =>
  Object.values(Template.fromStack(stack).findResources(type)).map(({ Properties }) => Properties as T);
export const alarmsOf = (stack: Stack): Alarm[] => propertiesOf(stack, "AWS::CloudWatch::Alarm");
export const filtersOf = (stack: Stack): Filter[] => propertiesOf(stack, "AWS::Logs::MetricFilter");

/**
 * An app whose templates CDK does not check against CloudFormation's rules: `templates.test.ts` has it check every alarm
 * of every stage, and making the checker ready takes longer than all of these tests.
 */
export const uncheckedApp = (props: AppProps = {}): App =>
  new App({ ...props, builtinCloudFormationValidation: false });

/** An action's alarm and nothing else. */
export function alarmOf(kebabName: string): { readonly alarms: Alarm[]; readonly filters: Filter[] } {
  const stack = new Stack(uncheckedApp(), "one-action");
  const action = actions.find((one) => one.kebabName === kebabName)!;
  const logGroup = new LogGroup(stack, "Log");
  const functionName = `atomic-dev-${kebabName}`;
  new ActionAlarm(stack, "Alarm", { stage: "dev", action, logGroup, functionName, topic: new Topic(stack, "Topic") });
  return { alarms: alarmsOf(stack), filters: filtersOf(stack) };
}

/** The one alarm that watches what a filter counts. */
export const watching = (alarms: readonly Alarm[], filter: Filter | undefined): Alarm[] =>
  alarms.filter((alarm) =>
    [alarm, ...(alarm.Metrics ?? []).flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Metric] : []))].some(
      ({ Namespace, MetricName }) =>
        filter?.MetricTransformations[0]?.MetricNamespace === Namespace &&
        filter.MetricTransformations[0].MetricName === MetricName,
    ),
  );
