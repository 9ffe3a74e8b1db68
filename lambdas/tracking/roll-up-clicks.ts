import { dynamoHitCounter } from "#shared/adapters/dynamodb/hit-counter";
import { dynamodb } from "#shared/adapters/dynamodb/index";
import { rollUpClicks } from "#shared/contracts/tracking";
import { hitsByShard, limitedCodes } from "#shared/domain/tracking/hit-records";
import { implementStream } from "#shared/runtime/implement-stream";
import { log } from "#shared/runtime/log";
import { LINKS_AT_ONCE, spentLinks } from "#shared/application/tracking/spent-links";
import { untilEachDecided } from "#shared/runtime/until-each-decided";

export const handler = implementStream(
  rollUpClicks,
  { ...dynamodb, hitCounter: dynamoHitCounter },
  async (invocation, records, { hitCounter, hitCounts, links, commit }) => {
    const { shards, unreadable } = hitsByShard(records);

    const outcomes = await Promise.all([...shards].map(([shard, hits]) => hitCounter.count(shard, hits)));

    // After they are counted: of several batches at once, the last to count sees what all have.
    const endIfSpent = spentLinks({ links, hitCounts, commit }, invocation);
    await untilEachDecided(limitedCodes([...shards.values()].flat()), endIfSpent, { atOnce: LINKS_AT_ONCE });

    const failures = outcomes.flatMap((outcome) => outcome.failures);
    log(unreadable > 0 ? "clicks.unreadable" : "clicks.rolled_up", {
      records: records.length,
      unreadable,
      failed: failures.length,
    });
    return failures.map(({ sequenceNumber }) => sequenceNumber);
  },
);
