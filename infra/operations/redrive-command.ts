/** `npm run redrive -- --bucket …`: see docs/runbook.md#parked-records. Credentials are those of whoever calls. */
import { parseArgs } from "node:util";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { invokeWith, parkedIn } from "./aws.ts";
import { redrive } from "./redrive.ts";

const { values } = parseArgs({
  options: {
    bucket: { type: "string" },
    only: { type: "string" },
    "dry-run": { type: "boolean", default: false },
  },
});
if (values.bucket === undefined)
  throw new Error("name the bucket: --bucket, output ParkedRecordsName of the data stack");

const region = "us-east-1";
const dryRun = values["dry-run"];
const { done, failed } = await redrive({
  parked: parkedIn(new S3Client({ region }), values.bucket),
  invoke: invokeWith(new LambdaClient({ region })),
  only: values.only,
  dryRun,
  say: (line) => console.log(line),
});
console.log(`${done} batches ${dryRun ? "would be put back" : "put back"}, ${failed} stay`);
if (failed > 0) process.exitCode = 1;
