import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Stream } from "aws-cdk-lib/aws-kinesis";
import { CfnDeliveryStream } from "aws-cdk-lib/aws-kinesisfirehose";
import { LogGroup, LogStream } from "aws-cdk-lib/aws-logs";
import { Bucket, StorageClass } from "aws-cdk-lib/aws-s3";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { PrivateBucket } from "./private-bucket.ts";
import { removalPolicyOf, retentionOf } from "../retention.ts";
import type { Stage } from "../stages.ts";
import { StageAlarm } from "./stage-alarm.ts";

export interface ClickArchiveProps {
  readonly stage: Stage;
  readonly stream: Stream;
  readonly alarms: ITopic;
}

/** Three times what a delivery is gathered for. */
const LATE_SECONDS = 900;

/** Every raw hit, kept as it came, so that a day can be counted again. Hits hold no address. */
export class ClickArchive extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { stage, stream, alarms }: ClickArchiveProps) {
    super(scope, id);
    this.bucket = new PrivateBucket(this, "Bucket", {
      stage,
      versioned: true,
      lifecycleRules: [
        {
          transitions: [{ storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(30) }],
          expiration: Duration.days(400),
          noncurrentVersionExpiration: Duration.days(7),
          // Firehose uploads in parts; those of a delivery that broke off are seen by nobody and paid for.
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    const logGroup = new LogGroup(this, "Logs", {
      retention: retentionOf(stage),
      removalPolicy: removalPolicyOf(stage),
    });
    const logStream = new LogStream(this, "Deliveries", { logGroup, removalPolicy: removalPolicyOf(stage) });
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("firehose.amazonaws.com") });
    role.addToPolicy(
      new PolicyStatement({
        actions: ["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
        resources: [this.bucket.bucketArn],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ["s3:PutObject"],
        resources: ["clicks/*", "failed/*"].map((keys) => this.bucket.arnForObjects(keys)),
      }),
    );
    stream.grantRead(role);
    logGroup.grantWrite(role);
    const delivery = new CfnDeliveryStream(this, "Delivery", {
      deliveryStreamType: "KinesisStreamAsSource",
      kinesisStreamSourceConfiguration: { kinesisStreamArn: stream.streamArn, roleArn: role.roleArn },
      extendedS3DestinationConfiguration: {
        bucketArn: this.bucket.bucketArn,
        roleArn: role.roleArn,
        prefix: "clicks/!{timestamp:yyyy/MM/dd/HH}/",
        errorOutputPrefix: "failed/!{firehose:error-output-type}/",
        bufferingHints: { intervalInSeconds: 300, sizeInMBs: 64 },
        compressionFormat: "GZIP",
        cloudWatchLoggingOptions: {
          enabled: true,
          logGroupName: logGroup.logGroupName,
          logStreamName: logStream.logStreamName,
        },
      },
    });
    delivery.node.addDependency(role);
    this.ringWhenLate(delivery.ref, alarms);
  }

  /**
   * Firehose tells the age of what it has, and of what it has not read how far behind the stream it is; told neither, when it is
   * kept from delivering or reading altogether, it is the closing of the day that finds hits counted and not archived. Both are told
   * by `DeliveryStreamName`; of milliseconds behind, the worst counts, and not the average that is usual. Source: Firehose
   * developer guide, "Monitor Amazon Data Firehose using CloudWatch metrics", "Data freshness metric not emitted".
   */
  private ringWhenLate(DeliveryStreamName: string, topic: ITopic): void {
    const late = {
      Late: { metricName: "DeliveryToS3.DataFreshness", threshold: LATE_SECONDS, meaning: "Hits are not archived" },
      Behind: {
        metricName: "KinesisMillisBehindLatest",
        threshold: LATE_SECONDS * 1_000,
        meaning: "Hits are not read for the archive",
      },
    } as const;
    for (const [name, { metricName, threshold, meaning }] of Object.entries(late)) {
      new StageAlarm(this, name, {
        meaning: `${meaning}: what the rollup cannot count is found again nowhere else`,
        article: "archive-late",
        metric: new Metric({
          namespace: "AWS/Firehose",
          metricName,
          dimensionsMap: { DeliveryStreamName },
          statistic: "Maximum",
          period: Duration.minutes(5),
        }),
        threshold,
        topic,
      });
    }
  }
}
