/** Everything that is stored on the running stage, whether it is as it was sealed, and whether anything of it is still under way. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { type Verification, verifySeals } from "#shared/domain/audit/verify-seals";
import { plusDays } from "#shared/domain/kernel/time";
import { awsConfig, eventually, stack, stageNow } from "./local-stage.ts";
import { isOf } from "#shared/table/item";
import { items } from "#shared/table/items/index";
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

/** Notices of the processor's that still wait for their consumer: they would be days late for whoever moves the clock. */
const waitingNotices = async () =>
  (await everything()).filter((item) => isOf(items.stripeEvent, item) && item["status"] === "received");
export const heard = () =>
  eventually("all notices of the processor to be taken in", async () => (await waitingNotices()).length === 0);
