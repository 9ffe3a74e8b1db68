import { Duration } from "aws-cdk-lib";
import { type Bucket, HttpMethods } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { FILE_DAYS } from "#shared/domain/exports/view";
import type { Stage } from "../stages.ts";
import { PrivateBucket } from "./private-bucket.ts";

export interface ExportedFilesProps {
  readonly stage: Stage;
}

/** An export has a day; what is left of its upload then is of no use. */
const UPLOAD_DAYS = 2;

/**
 * Files that people asked for, reached by signed links alone. They can be asked for again, so no version is kept. S3 rounds
 * an object's days up to the next midnight UTC, so none goes before its links end.
 * Source: Amazon S3 user guide, "Lifecycle configuration elements".
 */
export class ExportedFiles extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { stage }: ExportedFilesProps) {
    super(scope, id);
    this.bucket = new PrivateBucket(this, "Bucket", {
      stage,
      cors: [{ allowedMethods: [HttpMethods.GET], allowedOrigins: [...stage.corsOrigins], maxAge: 3_600 }],
      lifecycleRules: [
        {
          expiration: Duration.days(FILE_DAYS),
          abortIncompleteMultipartUploadAfter: Duration.days(UPLOAD_DAYS),
        },
      ],
    });
  }
}
