/** Everything that is stored on the running stage, and whether it is as it was sealed. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { type Verification, verifySeals } from "#shared/domain/audit/verify-seals";
import { plusDays } from "#shared/domain/kernel/time";
import { awsConfig, eventually, stack, stageNow } from "./local-stage.ts";
import { sealedState } from "./sealing.ts";

const document = DynamoDBDocumentClient.from(new DynamoDBClient(awsConfig));
const TableName = stack.tableName;

export async function everything(): Promise<Record<string, unknown>[]> {
  const stored: Record<string, unknown>[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await document.send(new ScanCommand({ TableName, ...(start && { ExclusiveStartKey: start }) }));
    stored.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return stored.sort((a, b) =>
    `${String(a["pk"])} ${String(a["sk"])}` < `${String(b["pk"])} ${String(b["sk"])}` ? -1 : 1,
  );
}

/** As in the time after every grace: an entry without a seal is a break. */
const later = () => plusDays(new Date(stageNow()).toISOString(), 1);
export async function verdict(): Promise<Verification> {
  const { entries, chains } = sealedState(await everything());
  return verifySeals(entries, chains, later());
}
/** A scan reads while others write: what it finds holds when it holds once. */
export const whole = () =>
  eventually("all entries to be sealed", async () => (await verdict()).intact && (await verdict()));
