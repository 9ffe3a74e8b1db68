import { Duration } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { Action } from "#shared/contracts/index";
import { StageAlarm } from "./stage-alarm.ts";

export interface ActionAlarmProps {
  readonly action: Action;
  readonly lambda: LambdaFunction;
  /** As the function was given it, not as the stack will know it. */
  readonly functionName: string;
  /** Where it rings. */
  readonly topic: ITopic;
}

/** Rings when an action failed within five minutes. Its text says who is hurt; the runbook has a line of its name. */
export class ActionAlarm extends Construct {
  constructor(scope: Construct, id: string, { action, lambda, functionName, topic }: ActionAlarmProps) {
    super(scope, id);
    new StageAlarm(this, "Errors", {
      alarmName: `${functionName}-errors`,
      meaning: action.contract.ifItFails,
      article: action.kebabName,
      metric: lambda.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      topic,
    });
  }
}
