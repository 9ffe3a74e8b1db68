import { dynamodb } from "#shared/adapters/dynamodb/index";
import { rollUpClicks } from "#shared/contracts/tracking";
import { hitsByShard } from "#shared/domain/tracking/hit-records";
import { implementStream } from "#shared/runtime/implement-stream";
import { log } from "#shared/runtime/log";

export const handler = implementStream(rollUpClicks, dynamodb, async (_occasion, records, { tracking }) => {
  const { shards, unreadable } = hitsByShard(records);

  const outcomes = await Promise.all([...shards].map(([shard, hits]) => tracking.count(shard, hits)));

  const failures = outcomes.flatMap((outcome) => outcome.failures);
  log("clicks.rolled_up", { records: records.length, unreadable, failed: failures.length });
  return failures.map(({ sequenceNumber }) => sequenceNumber);
});
