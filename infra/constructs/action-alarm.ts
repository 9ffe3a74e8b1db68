import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, type Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { ILogGroup } from "aws-cdk-lib/aws-logs";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Action } from "#shared/contracts/index";
import { type Incident, incidents } from "../incidents.ts";
import { linesOf, linesOfFailure } from "../log-patterns.ts";
import { CountedLines, ownMetric } from "./counted-lines.ts";
import { SilentJobAlarm } from "./silent-job-alarm.ts";
import { StageAlarm } from "./stage-alarm.ts";

export interface ActionAlarmProps {
  readonly stage: string;
  readonly action: Action;
  /** Everything the function and Lambda itself log of it. */
  readonly logGroup: ILogGroup;
  /** As the function was given it, not as the stack will know it. */
  readonly functionName: string;
  /** That it works off, where it works off one. */
  readonly queue?: IQueue | undefined;
  /** Where it rings. */
  readonly topic: ITopic;
}

const PERIOD = Duration.minutes(5);
const HOUR = Duration.hours(1);

/** Lines in which an action failed. */
export const failuresOf = (stage: string, { kebabName }: Pick<Action, "kebabName">): Metric =>
  ownMetric(stage, `${kebabName}-failures`, PERIOD);

/** What is looked at of how often it was said, and from how much on it rings. */
function watched(
  said: (every: Duration) => Metric,
  { days, amongst, queue }: Pick<Incident, "days" | "amongst"> & Pick<ActionAlarmProps, "queue">,
): { readonly metric: IMetric; readonly threshold: number } {
  if (amongst === undefined) return { metric: said(days === undefined ? PERIOD : Duration.days(1)), threshold: 1 };
  const { atLeast, percent } = amongst;
  if (percent === undefined) return { metric: said(HOUR), threshold: atLeast };
  return { metric: shareOf(said(HOUR), queue, { atLeast, percent }), threshold: 1 };
}

/**
 * How often it was said, where that is much; else nothing. What a queue's consumer is done with, it deletes.
 * Source: SQS developer guide, "Available CloudWatch metrics", NumberOfMessagesDeleted.
 */
function shareOf(
  said: Metric,
  queue: IQueue | undefined,
  { atLeast, percent }: Required<NonNullable<Incident["amongst"]>>,
): MathExpression {
  if (queue === undefined) throw new Error(`${said.metricName} is of an action that works off no queue`);
  return new MathExpression({
    expression: `IF(said >= ${atLeast} AND said * 100 >= ${percent} * FILL(done, 0), said, 0)`,
    usingMetrics: { said, done: queue.metricNumberOfMessagesDeleted({ period: HOUR, statistic: "Sum" }) },
    period: HOUR,
  });
}

/**
 * Rings when an action failed within five minutes. Its text says who is hurt; the runbook has a line of its name. It watches
 * the log and not Lambda's `Errors`: a 500, a failed record and a failed item throw nothing, while a refused sign-up does.
 */
export class ActionAlarm extends Construct {
  constructor(scope: Construct, id: string, props: ActionAlarmProps) {
    super(scope, id);
    const { stage, action, logGroup, functionName, topic } = props;
    const { contract, kebabName } = action;
    const metric = failuresOf(stage, action);
    new CountedLines(this, "Failures", {
      stage,
      logGroup,
      pattern: linesOfFailure(contract.trigger),
      metricName: metric.metricName,
    });
    new StageAlarm(this, "Failed", {
      alarmName: `${functionName}-failures`,
      meaning: contract.ifItFails,
      article: kebabName,
      metric,
      threshold: 1,
      topic,
    });
    if (contract.trigger === "schedule") new SilentJobAlarm(this, "Silence", { stage, contract, logGroup, topic });
    for (const incident of incidents) if (incident.actions.includes(kebabName)) this.ringFor(incident, props);
  }

  /**
   * Lines of one code, and an alarm of their own beside the first action that logs them. Days in a row, seven at most, are looked
   * at once an hour; a day on which something else was logged counts as none, or the alarm would look past it to the day before.
   * Sources: CloudWatch API reference, PutMetricAlarm, "Period"; user guide, "Alarm evaluation", multi-day alarms, and "How alarm
   * state is evaluated when data is missing".
   */
  private ringFor(
    { code, refusal, actions: [first], meaning, article, name = article, days, amongst }: Incident,
    { stage, action, logGroup, queue, topic }: ActionAlarmProps,
  ): void {
    const metricName = refusal ?? code;
    const counted = { stage, logGroup, pattern: linesOf(code, refusal), metricName };
    new CountedLines(this, `${name}-lines`, { ...counted, zeroes: days !== undefined });
    if (action.kebabName !== first) return;
    new StageAlarm(this, name, {
      alarmName: `atomic-${stage}-${name}`,
      meaning,
      article,
      ...watched((every) => ownMetric(stage, metricName, every), { days, amongst, queue }),
      ...(days !== undefined && { periods: days }),
      topic,
    });
  }
}
