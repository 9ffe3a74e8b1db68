import { Duration, Stack } from "aws-cdk-lib";
import type { Distribution } from "aws-cdk-lib/aws-cloudfront";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource } from "aws-cdk-lib/aws-logs";
import { Bucket, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { PrivateBucket } from "./private-bucket.ts";
import { stackNameOf } from "../names.ts";
import type { Stage } from "../stages.ts";

export interface EdgeLogsProps {
  readonly stage: Stage;
  readonly distribution: Distribution;
}

/**
 * What is kept of a visitor's request: enough to find a fault, nothing to find the visitor. Left out are the address
 * (c-ip, c-port, x-forwarded-for), agent, referrer and cookies, and the query, in which networks send ids of people. Source
 * of the names: CloudFront developer guide, standard logging (v2).
 */
export const EDGE_LOG_FIELDS = [
  "date",
  "time",
  "x-edge-location",
  "x-edge-request-id",
  "x-host-header",
  "cs-method",
  "cs-uri-stem",
  "cs-protocol",
  "cs-protocol-version",
  "ssl-protocol",
  "sc-status",
  "sc-bytes",
  "time-taken",
  "time-to-first-byte",
  "x-edge-result-type",
  "x-edge-response-result-type",
  "x-edge-detailed-result-type",
] as const;

const KEPT = Duration.days(30);

/** The distribution's access logs: chosen fields, in a private bucket, forgotten after a month. */
export class EdgeLogs extends Construct {
  constructor(scope: Construct, id: string, { stage, distribution }: EdgeLogsProps) {
    super(scope, id);
    const bucket = this.makeBucket(stage);
    const name = stackNameOf(stage.name, "links");
    const source = new CfnDeliverySource(this, "Source", {
      name,
      logType: "ACCESS_LOGS",
      resourceArn: distribution.distributionArn,
    });
    const destination = new CfnDeliveryDestination(this, "Destination", {
      name,
      destinationResourceArn: bucket.bucketArn,
      outputFormat: "json",
    });
    const delivery = new CfnDelivery(this, "Delivery", {
      deliverySourceName: name,
      deliveryDestinationArn: destination.attrArn,
      recordFields: [...EDGE_LOG_FIELDS],
      s3SuffixPath: "{yyyy}/{MM}/{dd}/{HH}",
    });
    delivery.addResourceDependency(source);
    // Without the right to write, the delivery cannot be made.
    if (bucket.policy) delivery.node.addDependency(bucket.policy);
  }

  private makeBucket(stage: Stage): Bucket {
    const bucket = new PrivateBucket(this, "Bucket", {
      stage,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [{ expiration: KEPT }],
    });
    const { account, region, partition } = Stack.of(this);
    bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("delivery.logs.amazonaws.com")],
        actions: ["s3:PutObject"],
        resources: [bucket.arnForObjects("*")],
        conditions: {
          StringEquals: { "aws:SourceAccount": account, "s3:x-amz-acl": "bucket-owner-full-control" },
          ArnLike: { "aws:SourceArn": `arn:${partition}:logs:${region}:${account}:delivery-source:*` },
        },
      }),
    );
    return bucket;
  }
}
