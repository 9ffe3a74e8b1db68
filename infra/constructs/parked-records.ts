import { CfnOutput, Duration, Stack } from "aws-cdk-lib";
import { type IGrantable, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { DlqDestinationConfig, IEventSourceDlq, IEventSourceMapping, IFunction } from "aws-cdk-lib/aws-lambda";
import { Bucket, type IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { PrivateBucket } from "./private-bucket.ts";
import type { Stage } from "../stages.ts";

export interface ParkedRecordsProps {
  readonly stage: Stage;
}

/** Where Lambda puts them: `aws/lambda/<mapping>/<shard>/<day>/…`. Source: Lambda developer guide, on-failure destinations. */
const PREFIX = "aws/lambda/*";

/**
 * What consumers of streams gave up, whole: a queue would be told no more than its place in a stream that forgets it. Of
 * people it holds what events and hits do, so it is kept for a quarter and no longer; `npm run redrive` puts it back.
 */
export class ParkedRecords extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { stage }: ParkedRecordsProps) {
    super(scope, id);
    this.bucket = new PrivateBucket(this, "Bucket", {
      stage,
      // What was put back is deleted, and can be had for another month.
      versioned: true,
      lifecycleRules: [{ expiration: Duration.days(90), noncurrentVersionExpiration: Duration.days(30) }],
    });
    new CfnOutput(Stack.of(this), "ParkedRecordsName", {
      value: this.bucket.bucketName,
      description: "What consumers of streams gave up, for npm run redrive",
    });
  }
}

/**
 * The bucket as a stream consumer's last resort. CDK's own destination grants its function to read, list and delete
 * everything; Lambda asks for no more than this, and advises to name the account: a bucket's name can be taken by another.
 * Source: Lambda developer guide, "Retain discarded records for a DynamoDB event source".
 */
export class ParkedRecordsDestination implements IEventSourceDlq {
  private readonly bucket: IBucket;

  constructor(bucket: IBucket) {
    this.bucket = bucket;
  }

  bind(_mapping: IEventSourceMapping, lambda: IFunction): DlqDestinationConfig {
    this.grant(lambda, "s3:PutObject", this.bucket.arnForObjects(PREFIX));
    this.grant(lambda, "s3:ListBucket", this.bucket.bucketArn);
    return { destination: this.bucket.bucketArn };
  }

  private grant({ grantPrincipal }: IGrantable, action: string, resource: string): void {
    grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: [action],
        resources: [resource],
        conditions: { StringEquals: { "s3:ResourceAccount": Stack.of(this.bucket).account } },
      }),
    );
  }
}
