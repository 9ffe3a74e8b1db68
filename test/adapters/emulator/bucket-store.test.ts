import { randomUUID } from "node:crypto";
import { dynamoBucketStore } from "#shared/adapters/dynamodb/bucket-store";
import { createTable, useEngine } from "../../support/engine-table.ts";
import { stack } from "../../support/local-stage.ts";
import { bucketStoreSuite } from "../suites/bucket-store.ts";
import { restatementSuite } from "../suites/restatements.ts";

const config = useEngine(stack.awsEndpoint);
const TABLE_NAME = `tracking-${randomUUID()}`;
const ready = createTable(config, TABLE_NAME);

const make = async () => {
  await ready;
  return dynamoBucketStore({ TABLE_NAME });
};
const run = randomUUID();

bucketStoreSuite(make, run);
restatementSuite(make, run);
