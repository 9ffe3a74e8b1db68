/** The chains on the running stage: what people did and paid is sealed by itself, and who lays hands on it is found. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, expect, test } from "@jest/globals";
import { isOf } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { joined, launched } from "../support/campaign-steps.ts";
import { awsConfig, eventually, type Person, signUp, stack } from "../support/local-stage.ts";
import { everything, verdict, whole } from "../support/stage-seals.ts";

const document = DynamoDBDocumentClient.from(new DynamoDBClient(awsConfig));
const TableName = stack.tableName;

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
