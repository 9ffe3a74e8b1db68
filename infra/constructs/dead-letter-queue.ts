import { Duration } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { StageAlarm } from "./stage-alarm.ts";

export interface DeadLetterQueueProps {
  /** What it means that something lies here, for the alarm. */
  readonly meaning: string;
  readonly alarms: ITopic;
}

/** Where what could not be worked on waits for a person, for fourteen days. One message rings. */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { meaning, alarms }: DeadLetterQueueProps) {
    super(scope, id);
    this.queue = new Queue(this, "Queue", {
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    new StageAlarm(this, "Depth", {
      meaning,
      article: "dead-letters",
      metric: this.queue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: "Maximum",
      }),
      threshold: 1,
      topic: alarms,
    });
  }
}
