import { Duration } from "aws-cdk-lib";
import { FilterCriteria, FilterRule } from "aws-cdk-lib/aws-lambda";
import type { DynamoEventSourceProps } from "aws-cdk-lib/aws-lambda-event-sources";
import type { StreamContract } from "#shared/contracts/contract";
import { type AnyDeclaration, isTampering, partitionStart } from "#shared/table/item";
import { declarations, items } from "#shared/table/items/index";
import { schema } from "#shared/table/schema";

/**
 * Consumers of the table's stream. A shard has two readers at most; a third is throttled (DynamoDB API reference,
 * LimitExceededException: "More than 2 processes are reading from the same streams shard"). There are two.
 */
type TableSource = Exclude<StreamContract["source"], "clicks">;
type Reading = Pick<DynamoEventSourceProps, "batchSize" | "maxBatchingWindow" | "filters">;

/** What a consumer reads of the table's stream, and in which portions. */
export function tableReading(source: TableSource): Reading {
  const all: readonly AnyDeclaration[] = Object.values(declarations);
  switch (source) {
    case "outbox":
      // As many as ten calls to the bus take, which are made at once.
      return { batchSize: 100, filters: [changes(["INSERT"], [items.outboxEvent, items.sighting])] };
    case "appendOnly":
      return {
        // A seal costs by the batch: few and large ones are cheap.
        batchSize: 1000,
        maxBatchingWindow: Duration.seconds(5),
        filters: [
          changes(
            ["INSERT"],
            all.filter(({ sealed }) => sealed),
          ),
          ...(["MODIFY", "REMOVE"] as const).map((event) =>
            changes(
              [event],
              all.filter((kind) => isTampering(event, kind)),
            ),
          ),
        ],
      };
  }
}

/** Such events, of such kinds. CDK types a filter as anything. */
const changes = (events: readonly string[], kinds: readonly AnyDeclaration[]): Record<string, unknown> =>
  FilterCriteria.filter({
    eventName: FilterRule.or(...events) as unknown,
    dynamodb: {
      Keys: {
        [schema.partitionKey]: { S: kinds.flatMap((kind) => FilterRule.beginsWith(partitionStart(kind))) as unknown },
      },
    },
  });
