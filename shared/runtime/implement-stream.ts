import type { Context, DynamoDBStreamEvent, KinesisStreamEvent } from "aws-lambda";
import type { StreamContract } from "#shared/contracts/contract";
import type { NeedsOf, UsesOf } from "#shared/contracts/implied";
import type { StreamRecord } from "#shared/domain/kernel/stream-record";
import type { Adapters, Granted } from "#shared/ports/catalogue";
import { type Invocation, realWorld, systemInvocation, type World } from "./call.ts";
import { connectOnce } from "./connect.ts";
import { log } from "./log.ts";
import { failureLog } from "./middleware/failure-log.ts";
import type { FailedRecords } from "./middleware/partial-batch.ts";
import { batchPipeline } from "./pipelines.ts";
import { inTime } from "./time-limit.ts";

type Batch = DynamoDBStreamEvent | KinesisStreamEvent;

/**
 * Makes the Lambda handler of a stream's consumer. A batch is handed over whole, in order, at least once. The sequence
 * numbers that `run` reports as failed are delivered again, with all that follows them, halved until the culprit is
 * alone, and parked after its last try.
 */
export function implementStream<C extends StreamContract>(
  contract: C,
  adapters: NoInfer<Adapters<NeedsOf<C>>>,
  run: (invocation: Invocation, records: readonly StreamRecord[], ports: Granted<UsesOf<C>>) => Promise<FailedRecords>,
  world: World = realWorld,
) {
  const connected = connectOnce(contract, adapters);
  const { source } = contract;
  const work = async ({ Records }: Batch, context: Context): Promise<FailedRecords> => {
    const invocation = systemInvocation(source, context.awsRequestId, world);
    const failed = await inTime(() => run(invocation, Records.map(recordOf), connected().portsFor(invocation)));
    if (failed.length > 0) log("stream.failed", { source, failed: failed.length });
    return failed;
  };
  const pipeline = batchPipeline(failureLog("stream.failed", { source }), work);
  const handler = (event: Batch, context: Context) => pipeline(event, context);
  return Object.assign(handler, { run, contract });
}

function recordOf(record: Batch["Records"][number]): StreamRecord {
  if ("kinesis" in record) {
    const payload = Buffer.from(record.kinesis.data, "base64");
    return {
      sequence: record.kinesis.sequenceNumber,
      shard: record.eventID.split(":")[0] ?? "",
      payload,
      delivered: record,
    };
  }
  const { SequenceNumber = "", NewImage } = record.dynamodb ?? {};
  return { sequence: SequenceNumber, shard: "", payload: NewImage, delivered: record };
}
