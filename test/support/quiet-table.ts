import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { isOf } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { awsConfig, eventually, stack } from "./local-stage.ts";

const document = DynamoDBDocumentClient.from(new DynamoDBClient(awsConfig));
const byItself = [
  "jobLease",
  "jobRun",
  "signingKeys",
  "outboxEvent",
  "hitBucket",
  "hitTotals",
  "hitSegment",
  "hitShard",
  "creatorVisits",
  "visitorKey",
  "sighting",
  "seal",
  "sealHead",
] as const;

async function snapshot(): Promise<string[]> {
  const stored: string[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await document.send(
      new ScanCommand({ TableName: stack.tableName, ...(start && { ExclusiveStartKey: start }) }),
    );
    const kept = (page.Items ?? []).filter((item) => !byItself.some((kind) => isOf(items[kind], item)));
    stored.push(...kept.map((item) => JSON.stringify(item, Object.keys(item).sort())));
    start = page.LastEvaluatedKey;
  } while (start);
  return stored.sort();
}

/** Looks that must show the same in a row before nothing is on its way any more. */
const QUIET_LOOKS = 8;

/** Everything stored but for what runs by itself, once nothing is on its way any more. */
export async function quietTable(): Promise<string[]> {
  let last = "";
  let same = 0;
  return eventually("the table to be quiet", async () => {
    const items = await snapshot();
    const text = JSON.stringify(items);
    same = text === last ? same + 1 : 0;
    last = text;
    return same >= QUIET_LOOKS && items;
  });
}
