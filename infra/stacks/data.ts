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
import { Stream, StreamEncryption, StreamMode } from "aws-cdk-lib/aws-kinesis";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { processStripeEvent } from "#shared/contracts/webhooks";
import { spreadAnnouncement } from "#shared/contracts/notifications";
import { workOnSocialAccounts } from "#shared/contracts/social";
import { relayOverflowClicks } from "#shared/contracts/tracking";
import { schema } from "#shared/table/schema";
import { timeoutOf } from "../constructs/action-function.ts";
import { ClickArchive } from "../constructs/click-archive.ts";
import { ExportedFiles } from "../constructs/exported-files.ts";
import { MailSender } from "../constructs/mail-sender.ts";
import { ParkedRecords } from "../constructs/parked-records.ts";
import { SocialSecrets } from "../constructs/social-secrets.ts";
import { SubmittedFiles } from "../constructs/submitted-files.ts";
import { WorkQueue } from "../constructs/work-queue.ts";
import { clickRetentionOf, removalPolicyOf, removalPolicyOfGuarded } from "../retention.ts";
import type { Stage } from "../stages.ts";

export interface DataStackProps extends StackProps {
  readonly stage: Stage;
  readonly alarms: ITopic;
  /** Encrypts what people are told. */
  readonly alarmKey: IKey;
}

/** Deliveries before a click of the overflow is given up, a minute each: 16 hours of a stream that is down or full, and the most that SQS knows. */
const OVERFLOW_DELIVERIES = 1_000;

/** Deliveries before an event of the processor's is given up: a quarter of an hour, and the sweep brings it back later. */
const STRIPE_DELIVERIES = 5;

/** Deliveries of other work: AWS advises five at least. */
const WORK_DELIVERIES = 6;

/** Everything that must survive a deployment: the table, raw clicks, events on their way, the processor's keys. */
export class DataStack extends Stack {
  readonly table: ITable;
  readonly clickStream: Stream;
  readonly overflowQueue: IQueue;
  readonly stripeEventsQueue: IQueue;
  readonly mailFeedbackQueue: IQueue;
  readonly announcementQueue: IQueue;
  readonly parkedRecords: IBucket;
  readonly clickArchive: IBucket;
  readonly files: IBucket;
  readonly exports: IBucket;
  readonly eventBus: EventBus;
  readonly stripeSecretArn: string;
  readonly mailSettings: string;
  readonly social: SocialSecrets | undefined;
  /** Work on accounts with networks, where the stage has some. */
  readonly socialQueue: IQueue | undefined;

  constructor(scope: Construct, id: string, { stage, alarms, alarmKey, ...props }: DataStackProps) {
    super(scope, id, props);
    this.table = this.makeTable(stage);
    this.clickStream = new Stream(this, "Clicks", {
      streamMode: StreamMode.PROVISIONED,
      shardCount: stage.clickShards,
      retentionPeriod: clickRetentionOf(stage),
      encryption: StreamEncryption.MANAGED,
      removalPolicy: removalPolicyOf(stage),
    });
    this.clickArchive = new ClickArchive(this, "ClickArchive", { stage, stream: this.clickStream, alarms }).bucket;
    this.overflowQueue = new WorkQueue(this, "ClickOverflow", {
      timeout: timeoutOf(relayOverflowClicks),
      deliveries: OVERFLOW_DELIVERIES,
      meaning: relayOverflowClicks.ifItFails,
      article: "relay-overflow-clicks",
      alarms,
    }).queue;
    const stripeEvents = new WorkQueue(this, "StripeEvents", {
      timeout: timeoutOf(processStripeEvent),
      deliveries: STRIPE_DELIVERIES,
      meaning: processStripeEvent.ifItFails,
      article: "process-stripe-event",
      alarms,
    });
    this.stripeEventsQueue = stripeEvents.queue;
    this.parkedRecords = new ParkedRecords(this, "ParkedRecords", { stage }).bucket;
    this.files = new SubmittedFiles(this, "SubmittedFiles", { stage }).bucket;
    this.exports = new ExportedFiles(this, "ExportedFiles", { stage }).bucket;
    this.eventBus = new EventBus(this, "Events", { description: "What happened, from the table's outbox" });
    this.stripeSecretArn = this.stripeSecret(stage);
    this.social = stage.social ? new SocialSecrets(this, "Social", { stage, social: stage.social }) : undefined;
    this.socialQueue = stage.social ? this.makeSocialQueue(alarms) : undefined;
    const sender = new MailSender(this, "Sender", { stage, key: alarmKey, alarms });
    this.mailSettings = sender.settings;
    this.mailFeedbackQueue = sender.feedbackQueue;
    this.announcementQueue = new WorkQueue(this, "Announcements", {
      timeout: timeoutOf(spreadAnnouncement),
      deliveries: WORK_DELIVERIES,
      meaning: spreadAnnouncement.ifItFails,
      article: "spread-announcement",
      alarms,
    }).queue;
    this.tell();
    const { queue, deadLetters } = stripeEvents;
    new CfnOutput(this, "StripeEventsQueueUrl", { value: queue.queueUrl, description: "For replay and redrive" });
    new CfnOutput(this, "StripeEventsDeadLettersUrl", { value: deadLetters.queueUrl, description: "For redrive" });
  }

  private tell(): void {
    new CfnOutput(this, "TableName", { value: this.table.tableName, description: "The one table" });
    new CfnOutput(this, "ClickStreamName", {
      value: this.clickStream.streamName,
      description: "Raw hits, as they come",
    });
    new CfnOutput(this, "EventBusName", { value: this.eventBus.eventBusName, description: "What happened" });
    new CfnOutput(this, "StripeSecretArn", { value: this.stripeSecretArn, description: "secretKey and webhookSecret" });
  }

  private makeSocialQueue(alarms: ITopic): IQueue {
    return new WorkQueue(this, "SocialAccounts", {
      timeout: timeoutOf(workOnSocialAccounts),
      deliveries: WORK_DELIVERIES,
      meaning: workOnSocialAccounts.ifItFails,
      // A round has six hours, and a slow network uses them: nobody is hurt by figures of the same day. Half of them is too slow.
      lateAfter: Duration.hours(3),
      article: "work-on-social-accounts",
      alarms,
    }).queue;
  }

  private makeTable(stage: Stage): Table {
    const text = (name: string) => ({ name, type: AttributeType.STRING });
    const table = new Table(this, "Table", {
      partitionKey: text(schema.partitionKey),
      sortKey: text(schema.sortKey),
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: schema.expiresAt,
      stream: StreamViewType.NEW_IMAGE,
      // A key of AWS's, in our account: its use is in CloudTrail, as a key of our own's would be, without a second set of
      // rights that every function, stream and restore would need. One of our own is worth it when somebody else must be
      // able to take the key away.
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: stage.keepsData,
      removalPolicy: removalPolicyOfGuarded(stage),
    });
    for (const { name, partitionKey, sortKey } of Object.values(schema.indexes)) {
      table.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: text(partitionKey),
        sortKey: text(sortKey),
        projectionType: ProjectionType[schema.projection],
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
