import { randomUUID } from "node:crypto";
import { afterAll, describe, test } from "@jest/globals";
import { dynamoBucketStore } from "#shared/adapters/dynamodb/bucket-store";
import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { missingForDynamoDbLocal, startDynamoDbLocal } from "../../support/dynamodb-local.ts";
import { createTable, useEngine } from "../../support/engine-table.ts";
import { bucketStoreSuite } from "../suites/bucket-store.ts";
import { changesSuite } from "../suites/changes.ts";
import { idempotencySuite } from "../suites/idempotency.ts";
import { moneySuite } from "../suites/money.ts";
import { outboxSuite } from "../suites/outbox.ts";
import { sealsSuite } from "../suites/seals.ts";
import { spoiledChainsSuite } from "../suites/spoiled-chains.ts";
import { tableSuite } from "../suites/table.ts";

const missing = missingForDynamoDbLocal();
const TABLE_NAME = "suite";

if (missing === undefined) {
  const started = startDynamoDbLocal();
  const created = started.then(({ endpoint }) => createTable(useEngine(endpoint), TABLE_NAME));
  const engine = async () => {
    await created;
    return dynamoTable({ TABLE_NAME });
  };
  afterAll(async () => (await started).stop());
  tableSuite("DynamoDB Local", engine);
  changesSuite("DynamoDB Local", engine);
  moneySuite("DynamoDB Local", engine);
  idempotencySuite("DynamoDB Local", engine);
  outboxSuite("DynamoDB Local", engine);
  const tableOfItsOwn = async () => {
    const name = `seals-${randomUUID()}`;
    await createTable(useEngine((await started).endpoint), name);
    return dynamoTable({ TABLE_NAME: name });
  };
  sealsSuite("DynamoDB Local", tableOfItsOwn);
  spoiledChainsSuite("DynamoDB Local", tableOfItsOwn);
  bucketStoreSuite(async () => {
    await created;
    return dynamoBucketStore({ TABLE_NAME });
  });
} else {
  describe("DynamoDB Local, the second engine", () => {
    console.warn(`not run: ${missing}`);
    test.skip(`not run: ${missing}`, () => undefined);
  });
}
