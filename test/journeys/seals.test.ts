/** The chains on the running stage: what people did and paid is sealed by itself, and who lays hands on it is found. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, expect, test } from "@jest/globals";
import { type Verification, verifySeals } from "#shared/domain/audit/verify-seals";
import { plusDays } from "#shared/domain/kernel/time";
import { isOf } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { joined, launched } from "../support/campaign-steps.ts";
import { awsConfig, eventually, type Person, signUp, stack } from "../support/local-stage.ts";
import { sealedState } from "../support/sealing.ts";

const document = DynamoDBDocumentClient.from(new DynamoDBClient(awsConfig));
const TableName = stack.tableName;

async function everything(): Promise<Record<string, unknown>[]> {
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
const later = () => plusDays(new Date().toISOString(), 1);
async function verdict(): Promise<Verification> {
  const { entries, chains } = sealedState(await everything());
  return verifySeals(entries, chains, later());
}
/** A scan reads while others write: what it finds holds when it holds once. */
const whole = () => eventually("all entries to be sealed", async () => (await verdict()).intact && (await verdict()));

let brand: Person;
beforeAll(async () => {
  const [owner, creator] = await Promise.all([signUp("brand"), signUp("creator")]);
  brand = owner;
  await joined(brand, creator, await launched(brand));
}, 60_000);

test("after a journey every audit row and every journal entry is sealed within seconds", async () => {
  const { entries, heads } = await whole();
  const stored = await everything();
  const rows = stored.filter((item) => isOf(items.auditEntry, item) && item["actorId"] === brand.userId);
  const actions = rows.map((item) => String(item["action"]));
  expect(actions).toEqual(expect.arrayContaining(["campaign.created", "campaign.published", "invitation.sent"]));
  expect(stored.filter((item) => isOf(items.journalEntry, item)).length).toBeGreaterThanOrEqual(3);
  expect(entries).toBeGreaterThanOrEqual(rows.length + 3);
  expect(heads.length).toBeGreaterThan(0);
}, 60_000);

test("a row that somebody changes, and then takes away, is found by its key", async () => {
  await whole();
  const row = (await everything()).find((item) => isOf(items.auditEntry, item) && item["actorId"] === brand.userId);
  const key = { pk: row?.["pk"], sk: row?.["sk"] };
  await document.send(
    new UpdateCommand({
      TableName,
      Key: key,
      UpdateExpression: "SET #a = :v",
      ExpressionAttributeNames: { "#a": "action" },
      ExpressionAttributeValues: { ":v": "nothing.happened" },
    }),
  );
  await eventually("the edit to be found", async () => {
    const { firstBreak } = await verdict();
    return firstBreak?.fault === "altered" && firstBreak.key === key.pk;
  });
  await document.send(new DeleteCommand({ TableName, Key: key }));
  await eventually("the loss to be found", async () => {
    const { firstBreak } = await verdict();
    return firstBreak?.fault === "missing" && firstBreak.key === key.pk;
  });
  // As it was: the books of whoever comes after are whole again.
  await document.send(new PutCommand({ TableName, Item: row }));
  await whole();
}, 60_000);
