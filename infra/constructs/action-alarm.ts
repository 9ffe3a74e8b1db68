import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, type Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { ILogGroup } from "aws-cdk-lib/aws-logs";
import type { ITopic } from "aws-cdk-lib/aws-sns";
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
  /** Where it rings. */
  readonly topic: ITopic;
}

const PERIOD = Duration.minutes(5);

/** Lines in which an action failed. */
export const failuresOf = (stage: string, { kebabName }: Pick<Action, "kebabName">): Metric =>
  ownMetric(stage, `${kebabName}-failures`, PERIOD);

/** What is looked at of how often it was said, and from how much on it rings. */
function watched(
  said: (every: Duration) => Metric,
  { days, many }: Pick<Incident, "days" | "many">,
): { readonly metric: IMetric; readonly threshold: number } {
  if (many === undefined) return { metric: said(days === undefined ? PERIOD : Duration.days(1)), threshold: 1 };
  const { atLeast, hours, share } = many;
  const metric = said(Duration.hours(hours));
  return share === undefined
    ? { metric, threshold: atLeast }
    : { metric: manyOf(metric, atLeast, share.percent), threshold: 1 };
}

/**
 * How often it was said, where that is much; else nothing. Lines that say the opposite count as nothing in the same metric, so that
 * its mean is the share. Source: CloudWatch user guide, "Statistics definitions", Average.
 */
const manyOf = (said: Metric, atLeast: number, percent: number): MathExpression =>
  new MathExpression({
    expression: `IF(said >= ${atLeast} AND share * 100 >= ${percent}, said, 0)`,
    usingMetrics: { said, share: said.with({ statistic: "Average" }) },
    period: said.period,
  });

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
  private ringFor(incident: Incident, props: ActionAlarmProps): void {
    const { meaning, article, name = article, days } = incident;
    this.count(incident, name, props);
    if (props.action.kebabName !== incident.actions[0]) return;
    new StageAlarm(this, name, {
      alarmName: `atomic-${props.stage}-${name}`,
      meaning,
      article,
      ...watched((every) => ownMetric(props.stage, metricNameOf(incident), every), incident),
      ...(days !== undefined && { periods: days }),
      topic: props.topic,
    });
  }

  private count(incident: Incident, name: string, { stage, logGroup }: ActionAlarmProps): void {
    const { code, days, many } = incident;
    const counted = { stage, logGroup, metricName: metricNameOf(incident) };
    new CountedLines(this, `${name}-lines`, {
      ...counted,
      pattern: linesOf(code, incident),
      zeroes: days !== undefined,
    });
    if (many?.share === undefined) return;
    const pattern = linesOf(many.share.opposite, incident);
    new CountedLines(this, `${name}-others`, { ...counted, pattern, worth: 0 });
  }
}

const metricNameOf = ({ code, refusal = code, platform }: Incident): string =>
  platform === undefined ? refusal : `${refusal}.${platform}`;
