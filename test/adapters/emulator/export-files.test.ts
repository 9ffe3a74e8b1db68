import { randomUUID } from "node:crypto";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { s3ExportFiles } from "#shared/adapters/s3/export-files";
import { useEngine } from "../../support/engine-table.ts";
import { awsConfig, stack } from "../../support/local-stage.ts";
import { exportFilesSuite } from "../suites/export-files.ts";

useEngine(stack.awsEndpoint);
const bucket = `exports-${randomUUID()}`;

exportFilesSuite("the emulator's S3", async () => {
  await new S3Client({ ...awsConfig, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: bucket }));
  const files = s3ExportFiles({
    EXPORTS_BUCKET: bucket,
    EXPORTS_ORIGIN: `${stack.awsEndpoint}/${bucket}`,
    EXPORTS_REGION: "us-east-1",
  });
  return {
    files,
    async fetched(exported) {
      const { url } = await files.link({ exported, seconds: 60 });
      const reply = await fetch(url);
      return reply.ok ? reply.text() : undefined;
    },
  };
});
