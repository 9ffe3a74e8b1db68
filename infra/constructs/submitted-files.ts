import { Duration } from "aws-cdk-lib";
import { type Bucket, HttpMethods } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { UNCLAIMED, UNCLAIMED_DAYS } from "#shared/ports/files";
import type { Stage } from "../stages.ts";
import { PrivateBucket } from "./private-bucket.ts";

export interface SubmittedFilesProps {
  readonly stage: Stage;
}

/**
 * What creators upload, reached by signed forms and links alone. Versioned, because a form is good for more than one upload:
 * what was handed in stays what it was. An upload carries a tag until it was handed in, and goes with it after some days. A
 * rule with a tag cannot take away the marker that an expired object leaves behind, so a second one does.
 * Source: Amazon S3 user guide, "Lifecycle configuration elements".
 */
export class SubmittedFiles extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { stage }: SubmittedFilesProps) {
    super(scope, id);
    this.bucket = new PrivateBucket(this, "Bucket", {
      stage,
      versioned: true,
      cors: [
        {
          allowedMethods: [HttpMethods.POST, HttpMethods.GET],
          allowedOrigins: [...stage.corsOrigins],
          allowedHeaders: ["*"],
          maxAge: 3_600,
        },
      ],
      lifecycleRules: [
        {
          tagFilters: { [UNCLAIMED.key]: UNCLAIMED.value },
          expiration: Duration.days(UNCLAIMED_DAYS),
          noncurrentVersionExpiration: Duration.days(UNCLAIMED_DAYS),
        },
        { expiredObjectDeleteMarker: true, abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
  }
}
