import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { removalPolicyOfGuarded } from "../retention.ts";
import type { Stage } from "../stages.ts";

export interface PrivateBucketProps extends Omit<
  BucketProps,
  "encryption" | "blockPublicAccess" | "enforceSSL" | "removalPolicy"
> {
  readonly stage: Stage;
}

/** A bucket of the house: encrypted, spoken to over TLS alone, closed to the public, and kept where data is kept. */
export class PrivateBucket extends Bucket {
  constructor(scope: Construct, id: string, { stage, ...props }: PrivateBucketProps) {
    super(scope, id, {
      ...props,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: removalPolicyOfGuarded(stage),
    });
  }
}
