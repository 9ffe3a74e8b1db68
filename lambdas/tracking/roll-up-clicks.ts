import { dynamoHitCounter } from "#shared/adapters/dynamodb/hit-counter";
import { rollUpClicks } from "#shared/contracts/tracking";
import { hitsByShard } from "#shared/domain/tracking/hit-records";
import { implementStream } from "#shared/runtime/implement-stream";
import { log } from "#shared/runtime/log";

export const handler = implementStream(
  rollUpClicks,
  { hitCounter: dynamoHitCounter },
  async (_invocation, records, { hitCounter }) => {
    const { shards, unreadable } = hitsByShard(records);

    const outcomes = await Promise.all([...shards].map(([shard, hits]) => hitCounter.count(shard, hits)));

    const failures = outcomes.flatMap((outcome) => outcome.failures);
    log(unreadable > 0 ? "clicks.unreadable" : "clicks.rolled_up", {
      records: records.length,
      unreadable,
      failed: failures.length,
    });
    return failures.map(({ sequenceNumber }) => sequenceNumber);
  },
);
