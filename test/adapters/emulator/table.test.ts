import { randomUUID } from "node:crypto";
import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { createTable, useEngine } from "../../support/engine-table.ts";
import { stack } from "../../support/local-stage.ts";
import { changesSuite } from "../suites/changes.ts";
import { idempotencySuite } from "../suites/idempotency.ts";
import { moneySuite } from "../suites/money.ts";
import { outboxSuite } from "../suites/outbox.ts";
import { sealsSuite } from "../suites/seals.ts";
import { spoiledChainsSuite } from "../suites/spoiled-chains.ts";
import { tableSuite } from "../suites/table.ts";

const config = useEngine(stack.awsEndpoint);
const TABLE_NAME = `suite-${randomUUID()}`;
const ready = createTable(config, TABLE_NAME);
const engine = async () => {
  await ready;
  return dynamoTable({ TABLE_NAME });
};

tableSuite("MiniStack", engine);
changesSuite("MiniStack", engine);
moneySuite("MiniStack", engine);
idempotencySuite("MiniStack", engine);
outboxSuite("MiniStack", engine);
const tableOfItsOwn = async () => {
  const name = `seals-${randomUUID()}`;
  await createTable(config, name);
  return dynamoTable({ TABLE_NAME: name });
};
sealsSuite("MiniStack", tableOfItsOwn);
spoiledChainsSuite("MiniStack", tableOfItsOwn);
