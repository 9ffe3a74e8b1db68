import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import type { IEventBus } from "aws-cdk-lib/aws-events";
import type { IStream } from "aws-cdk-lib/aws-kinesis";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Stage } from "./stages.ts";

/** What an action's function may be placed among: the stage's stateful things, and where its alarms ring. */
export interface Surroundings {
  readonly stage: Stage;
  readonly table: ITable;
  readonly clickStream: IStream;
  readonly overflowQueue: IQueue;
  /** Events of the payment processor that wait for their consumer. */
  readonly stripeEventsQueue: IQueue;
  /** What SES tells of mails that came back, or that somebody called spam. */
  readonly mailFeedbackQueue: IQueue;
  /** Announcements, page by page. */
  readonly announcementQueue: IQueue;
  /** Work on accounts with networks; missing where the stage has no networks. */
  readonly socialQueue?: IQueue | undefined;
  /** What consumers of streams gave up, whole. */
  readonly parkedRecords: IBucket;
  /** Raw hits. */
  readonly clickArchive: IBucket;
  /** What creators upload. */
  readonly files: IBucket;
  /** Files that people asked for. */
  readonly exports: IBucket;
  readonly eventBus: IEventBus;
  readonly stripeSecretArn: string;
  /** Client secrets of networks, and the key that people's tokens are sealed under; missing where the stage has no networks. */
  readonly social?: { readonly secretArn: string; readonly tokenKey: IKey } | undefined;
  /** Name of the SES configuration set that mails are sent under. */
  readonly mailSettings: string;
  readonly userPool: { readonly id: string; readonly arn: string; readonly clientIds: readonly string[] };
  readonly alarms: ITopic;
  /** Where the API answers from outside, without a path. Missing for those who come up before it: the pool's triggers. */
  readonly apiOrigin?: string;
}
