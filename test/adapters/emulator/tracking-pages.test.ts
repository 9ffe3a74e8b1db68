import { randomUUID } from "node:crypto";
import { dynamoTrackingPages } from "#shared/adapters/dynamodb/tracking-pages";
import { createTable, useEngine } from "../../support/engine-table.ts";
import { stack } from "../../support/local-stage.ts";
import { trackingPagesSuite } from "../suites/tracking-pages.ts";

const config = useEngine(stack.awsEndpoint);
const TABLE_NAME = `tracking-${randomUUID()}`;
const ready = createTable(config, TABLE_NAME);

trackingPagesSuite(async () => {
  await ready;
  return dynamoTrackingPages({ TABLE_NAME });
}, randomUUID());
