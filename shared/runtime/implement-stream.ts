import middy from "@middy/core";
import type { DynamoDBStreamEvent, KinesisStreamEvent } from "aws-lambda";
import type { StreamContract } from "#shared/contracts/contract";
import type { Capability, Granted, Wiring } from "#shared/ports/catalogue";
import type { Invocation } from "./call.ts";
import { connect, type Connected } from "./connect.ts";
import { systemOccasion } from "./implement-consumer.ts";
import { describeError, log } from "./log.ts";

/** One record of a stream: its place, and what was written. */
export interface StreamRecord {
  readonly sequence: string;
  /** Shard of a Kinesis record; the table's stream has none. */
  readonly shard: string;
  /** The bytes of a Kinesis record, or the new item as DynamoDB spells it (`plainItem` reads it). */
  readonly payload: unknown;
}

/** Sequence numbers that could not be worked on; everything before the first of them is done. */
export type FailedSequences = readonly string[];

/**
 * Makes the Lambda handler of a stream's consumer. A batch is handed over whole, in order, at least once. What `run`
 * reports as failed is delivered again from there on, halved until the culprit is alone, and parked after its last try.
 */
export function implementStream<U extends Capability>(
  contract: StreamContract<U>,
  wiring: NoInfer<Wiring<U>>,
  run: (occasion: Invocation, records: readonly StreamRecord[], ports: Granted<U>) => Promise<FailedSequences>,
) {
  let connected: Connected | undefined;
  const handler = middy<
    DynamoDBStreamEvent | KinesisStreamEvent,
    { batchItemFailures: { itemIdentifier: string }[] }
  >().handler(async (event, context) => {
    connected ??= connect(contract.uses, wiring);
    const occasion = systemOccasion(contract.source, context.awsRequestId);
    try {
      const failed = await run(occasion, event.Records.map(recordOf), connected.portsFor(occasion) as Granted<U>);
      if (failed.length > 0) log("stream.failed", { source: contract.source, failed: failed.length });
      return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
    } catch (error) {
      log("stream.failed", { source: contract.source, records: event.Records.length, ...describeError(error) });
      throw error;
    }
  });
  return Object.assign(handler, { run, contract });
}

function recordOf(
  record: DynamoDBStreamEvent["Records"][number] | KinesisStreamEvent["Records"][number],
): StreamRecord {
  if ("kinesis" in record) {
    const payload = Buffer.from(record.kinesis.data, "base64");
    return { sequence: record.kinesis.sequenceNumber, shard: record.eventID.split(":")[0] ?? "", payload };
  }
  return { sequence: record.dynamodb?.SequenceNumber ?? "", shard: "", payload: record.dynamodb?.NewImage };
}
