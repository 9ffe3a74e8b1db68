import { Duration } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { EVENT_SOURCE } from "#shared/domain/events/events";
import type { EventContract } from "#shared/contracts/contract";
import type { Surroundings } from "../surroundings.ts";
import { DeadLetterQueue } from "./dead-letter-queue.ts";
import { QueueConsumer } from "./queue-consumer.ts";
import { WorkQueue } from "./work-queue.ts";

export interface EventConsumerProps {
  readonly contract: EventContract;
  /** The action's name in kebab-case: its line in the runbook. */
  readonly kebabName: string;
  readonly lambda: LambdaFunction;
  /** The function's own limit; a message stays invisible six times as long. */
  readonly timeout: Duration;
  readonly around: Surroundings;
}

const DELIVERIES = 6;

/** Events of our bus, by type, through a queue of the consumer's own: a slow consumer delays nobody else. */
export class EventConsumer extends Construct {
  /** From when on events are heard: the bus keeps none for who comes later. */
  readonly rule: Rule;

  constructor(scope: Construct, id: string, { contract, kebabName, lambda, timeout, around }: EventConsumerProps) {
    super(scope, id);
    const { queue } = new WorkQueue(this, "Work", {
      timeout,
      deliveries: DELIVERIES,
      meaning: contract.ifItFails,
      article: kebabName,
      alarms: around.alarms,
    });
    new QueueConsumer(this, "Consumer", { queue, lambda, ...contract.delivers });
    const undelivered = new DeadLetterQueue(this, "Undelivered", {
      meaning: `The bus could not deliver: ${contract.ifItFails}`,
      alarms: around.alarms,
    });
    this.rule = new Rule(this, "Rule", {
      eventBus: around.eventBus,
      description: contract.summary,
      eventPattern: { source: [EVENT_SOURCE], detailType: [...contract.events] },
      targets: [
        new SqsQueue(queue, {
          deadLetterQueue: undelivered.queue,
          retryAttempts: 185,
          maxEventAge: Duration.hours(24),
        }),
      ],
    });
  }
}
