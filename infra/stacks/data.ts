import { CfnOutput, Duration, SecretValue, Stack, type StackProps } from "aws-cdk-lib";
import {
  AttributeType,
  BillingMode,
  type ITable,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from "aws-cdk-lib/aws-dynamodb";
import { EventBus } from "aws-cdk-lib/aws-events";
import { EmailIdentity, Identity } from "aws-cdk-lib/aws-ses";
import { Stream, StreamEncryption, StreamMode } from "aws-cdk-lib/aws-kinesis";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { schema } from "#shared/table/schema";
import { ClickArchive } from "../constructs/click-archive.ts";
import { DeadLetterQueue } from "../constructs/dead-letter-queue.ts";
import { removalPolicyOf } from "../retention.ts";
import { domainOf, type Stage } from "../stages.ts";

export interface DataStackProps extends StackProps {
  readonly stage: Stage;
  readonly alarms: ITopic;
}

/** Everything that must survive a deployment: the table, raw clicks, events on their way, the processor's keys. */
export class DataStack extends Stack {
  readonly table: ITable;
  readonly clickStream: Stream;
  readonly overflowQueue: Queue;
  readonly overflowDeadLetters: Queue;
  readonly eventBus: EventBus;
  readonly stripeSecretArn: string;

  constructor(scope: Construct, id: string, { stage, alarms, ...props }: DataStackProps) {
    super(scope, id, props);
    this.table = this.makeTable(stage);
    this.clickStream = new Stream(this, "Clicks", {
      streamMode: StreamMode.ON_DEMAND,
      retentionPeriod: Duration.hours(stage.keepsData ? 168 : 24),
      encryption: StreamEncryption.MANAGED,
      removalPolicy: removalPolicyOf(stage),
    });
    new ClickArchive(this, "ClickArchive", { stage, stream: this.clickStream });
    this.overflowDeadLetters = new DeadLetterQueue(this, "OverflowDeadLetters", {
      meaning: "Clicks that missed the stream could not be brought back to it",
      alarms,
    }).queue;
    this.overflowQueue = new Queue(this, "ClickOverflow", {
      retentionPeriod: Duration.days(14),
      visibilityTimeout: Duration.seconds(60),
      deadLetterQueue: { queue: this.overflowDeadLetters, maxReceiveCount: 20 },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.eventBus = new EventBus(this, "Events", { description: "What happened, from the table's outbox" });
    this.stripeSecretArn = this.stripeSecret(stage);
    new EmailIdentity(this, "Sender", { identity: Identity.domain(domainOf(stage.senderAddress)) });
    new CfnOutput(this, "TableName", { value: this.table.tableName });
    new CfnOutput(this, "ClickStreamName", { value: this.clickStream.streamName });
    new CfnOutput(this, "EventBusName", { value: this.eventBus.eventBusName });
    new CfnOutput(this, "StripeSecretArn", { value: this.stripeSecretArn });
  }

  private makeTable(stage: Stage): Table {
    const text = (name: string) => ({ name, type: AttributeType.STRING });
    const table = new Table(this, "Table", {
      partitionKey: text(schema.partitionKey),
      sortKey: text(schema.sortKey),
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: schema.expiresAt,
      stream: StreamViewType.NEW_IMAGE,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: stage.keepsData,
      removalPolicy: removalPolicyOf(stage),
    });
    for (const { name, partitionKey, sortKey } of Object.values(schema.indexes)) {
      table.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: text(partitionKey),
        sortKey: text(sortKey),
        projectionType: ProjectionType.ALL,
      });
    }
    return table;
  }

  /** Deployed stages bring a secret that exists; a stage whose secret is missing fails on its first payment, loudly. */
  private stripeSecret({ stripe: { secret } }: Stage): string {
    if ("arn" in secret) return secret.arn;
    return new Secret(this, "Stripe", {
      description: "Keys of the payment processor's stand-in",
      // Not a secret: the local stage's stand-in takes any test key.
      secretStringValue: SecretValue.unsafePlainText(JSON.stringify(secret)),
    }).secretArn;
  }
}
