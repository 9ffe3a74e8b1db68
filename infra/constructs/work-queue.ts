import { Duration } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { DeadLetterQueue } from "./dead-letter-queue.ts";
import { StageAlarm } from "./stage-alarm.ts";

export interface WorkQueueProps {
  /** The consumer's own limit; a message stays invisible six times as long, as AWS advises for batches. */
  readonly timeout: Duration;
  /** Deliveries before a message is given up. AWS advises at least five, so that throttling alone loses nothing. */
  readonly deliveries: number;
  /** What it means that its work is not done, for the alarms. */
  readonly meaning: string;
  /** How long its work may wait, where that is longer than half an hour. */
  readonly lateAfter?: Duration;
  /** Line of the consumer in docs/runbook.md. */
  readonly article: string;
  readonly alarms: ITopic;
}

/** Work that waits longer than this is late: a consumer of ten seconds, and that of mails, has had its six tries by then. */
const LATE = Duration.minutes(30);

/** A queue that a function works off, with a dead-letter queue behind it. It rings when its oldest message is late. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  /** What could not be worked on. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const { timeout, deliveries, meaning, lateAfter = LATE, article, alarms } = props;
    this.deadLetters = new DeadLetterQueue(this, "DeadLetters", { meaning, alarms }).queue;
    this.queue = new Queue(this, "Queue", {
      retentionPeriod: Duration.days(14),
      visibilityTimeout: Duration.seconds(timeout.toSeconds() * 6),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: deliveries },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    new StageAlarm(this, "Late", {
      meaning: `Work waits for ${lateAfter.toMinutes()} minutes: ${meaning}`,
      article,
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: "Maximum" }),
      threshold: lateAfter.toSeconds(),
      topic: alarms,
    });
  }
}
