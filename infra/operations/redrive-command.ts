/**
 * `npm run redrive -- --bucket …`: see docs/runbook.md#parked-records.
 * `npm run redrive -- --from … --to …`, two queues: see docs/runbook.md#dead-letters. Credentials are those of whoever calls.
 */
import { parseArgs } from "node:util";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { deadLettersBetween, invokeWith, parkedIn } from "./aws.ts";
import { bringBack } from "./dead-letters.ts";
import { redrive } from "./redrive.ts";

const { values } = parseArgs({
  options: {
    bucket: { type: "string" },
    only: { type: "string" },
    from: { type: "string" },
    to: { type: "string" },
    "dry-run": { type: "boolean", default: false },
  },
});
const region = "us-east-1";
const dryRun = values["dry-run"];
const say = (line: string): void => console.log(line);
const { bucket, only, from, to } = values;

async function parkedRecords(name: string): Promise<void> {
  const parked = parkedIn(new S3Client({ region }), name);
  const { done, failed } = await redrive({
    parked,
    invoke: invokeWith(new LambdaClient({ region })),
    only,
    dryRun,
    say,
  });
  say(`${done} batches ${dryRun ? "would be put back" : "put back"}, ${failed} stay`);
  if (failed > 0) process.exitCode = 1;
}

async function deadLetters(source: string, target: string): Promise<void> {
  const count = await bringBack({
    letters: deadLettersBetween(new SQSClient({ region }), source, target),
    dryRun,
    say,
  });
  say(`${count} messages ${dryRun ? "would be brought back" : "brought back"}`);
}

if (bucket !== undefined) await parkedRecords(bucket);
else if (from !== undefined && to !== undefined) await deadLetters(from, to);
else
  throw new Error(
    "name the bucket (--bucket, output ParkedRecordsName of the data stack) or two queues (--from the dead-letter queue, --to its source)",
  );
