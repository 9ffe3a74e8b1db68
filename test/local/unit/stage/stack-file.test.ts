import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { removeStackFile, type StackFile, writeStackFile } from "#infra/local/stack-file";
import { ownFolder } from "./folder.ts";

const stack: StackFile = {
  apiUrl: "http://localhost:4000",
  linkUrl: "http://localhost:4000",
  docsUrl: "http://localhost:4000/docs",
  mailboxUrl: "http://localhost:4000/mail",
  stripeUrl: "http://127.0.0.1:4002",
  socialUrl: "http://127.0.0.1:4003",
  stripeWebhookSecret: "whsec_test",
  corsOrigins: ["http://localhost:4000"],
  awsEndpoint: "http://127.0.0.1:4001",
  region: "us-east-1",
  userPoolId: "us-east-1_pool",
  userPoolClientId: "client",
  tableName: "table",
  users: [{ email: "ada@atomic.example", password: "secret", role: "admin", userId: "1" }],
};

test("replaces what was there as a whole, and leaves nothing beside it", () => {
  using folder = ownFolder();
  const file = join(folder.path, "stack.json");
  writeFileSync(file, "a longer text of an earlier stage".repeat(100));

  writeStackFile(file, stack);

  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(stack);
  expect(readdirSync(folder.path)).toEqual(["stack.json"]);
});

test("is removed, also when it is not there", () => {
  using folder = ownFolder();
  const file = join(folder.path, "stack.json");
  writeStackFile(file, stack);

  removeStackFile(file);
  removeStackFile(file);

  expect(readdirSync(folder.path)).toEqual([]);
});
