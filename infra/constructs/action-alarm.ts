import { Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { Action } from "#shared/contracts/index";

export interface ActionAlarmProps {
  readonly action: Action;
  readonly lambda: LambdaFunction;
  /** As the function was given it, not as the stack will know it. */
  readonly functionName: string;
  /** Where it rings. */
  readonly topic: ITopic;
}

/** Rings when an action failed within five minutes. Its text says who is hurt; the runbook has an article of its name. */
export class ActionAlarm extends Construct {
  constructor(scope: Construct, id: string, { action, lambda, functionName, topic }: ActionAlarmProps) {
    super(scope, id);
    const alarm = new Alarm(this, "Errors", {
      alarmName: `${functionName}-errors`,
      alarmDescription: `${action.contract.ifItFails}. See docs/runbook.md#${action.kebabName}`,
      metric: lambda.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
  }
}
