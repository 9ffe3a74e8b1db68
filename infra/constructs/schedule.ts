import { Duration } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as LambdaTarget } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import type { ScheduleContract } from "#shared/contracts/contract";
import { EVENT_SOURCE, type EventType } from "#shared/domain/events/events";
import type { Surroundings } from "../surroundings.ts";
import { DeadLetterQueue } from "./dead-letter-queue.ts";

export interface ScheduleProps {
  readonly contract: ScheduleContract;
  readonly lambda: LambdaFunction;
  readonly around: Surroundings;
}

const RUN_REQUESTED: EventType = "job.run_requested";

/**
 * A job's clock, and the bus for whoever asks for a run beside it: neither the asking action nor any other may invoke it.
 * Scheduler invokes asynchronously: what it cannot deliver and what the function fails at are two different failures, and both
 * end in the job's dead-letter queue.
 */
export class Schedule extends Construct {
  /** One that goes by a rate strikes when it is made. Source: EventBridge Scheduler user guide, "Rate-based schedules". */
  readonly clock: CfnSchedule;

  constructor(scope: Construct, id: string, { contract, lambda, around }: ScheduleProps) {
    super(scope, id);
    const { queue } = new DeadLetterQueue(this, "DeadLetters", {
      meaning: `A run of ${contract.job} was lost: ${contract.ifItFails}`,
      alarms: around.alarms,
    });
    lambda.configureAsyncInvoke({
      onFailure: new SqsDestination(queue),
      retryAttempts: 2,
      maxEventAge: Duration.hours(1),
    });
    new Rule(this, "OnRequest", {
      eventBus: around.eventBus,
      description: `Runs ${contract.job} when an admin asks for it`,
      eventPattern: {
        source: [EVENT_SOURCE],
        detailType: [RUN_REQUESTED],
        detail: { detail: { job: [contract.job] } },
      },
      targets: [new LambdaTarget(lambda, { deadLetterQueue: queue, retryAttempts: 3, maxEventAge: Duration.hours(1) })],
    });
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("scheduler.amazonaws.com") });
    role.addToPolicy(new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [lambda.functionArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [queue.queueArn] }));
    this.clock = new CfnSchedule(this, "Schedule", {
      name: `atomic-${around.stage.name}-${contract.job}`,
      description: contract.summary,
      scheduleExpression: contract.every,
      scheduleExpressionTimezone: contract.timeZone,
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: lambda.functionArn,
        roleArn: role.roleArn,
        input: JSON.stringify({ job: contract.job, scheduledAt: "<aws.scheduler.scheduled-time>" }),
        deadLetterConfig: { arn: queue.queueArn },
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3600 },
      },
    });
  }
}
