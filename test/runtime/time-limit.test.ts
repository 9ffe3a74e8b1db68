/**
 * Nothing of ours cuts a call short: what goes on behind its own answer would find its key and its lease given back. Lambda
 * ends what takes too long, and then the action's alarm rings.
 */
import { beforeEach, expect, test } from "@jest/globals";
import type { Context } from "aws-lambda";
import { memory } from "#shared/adapters/memory/index";
import { memoryTable } from "#shared/adapters/memory/table";
import { onEvent, onUserPool, schedule } from "#shared/contracts/contract";
import { implementConsumer } from "#shared/runtime/implement-consumer";
import { implementJob } from "#shared/runtime/implement-job";
import { implementUserPool } from "#shared/runtime/implement-user-pool";
import { gatewayEvent, lambdaContext, loggedLines } from "../support/gateway.ts";
import { keyed, makeRename, rename, resetSample } from "../support/sample-api.ts";

const said = { summary: "s", ifItFails: "f", uses: [] } as const;
const job = schedule({ ...said, job: "advance-campaigns", every: "rate(1 hour)", timeZone: "UTC" });
const consumer = onEvent({ ...said, events: ["account.created"] });
const trigger = onUserPool({ ...said, on: "preSignUp" });
const done = () => Promise.resolve({});
const adapters = memory(memoryTable());
const poolEvent = { userPoolId: "p", triggerSource: "t", userName: "u", request: { userAttributes: {} }, response: {} };

const pipelines: readonly [string, (context: Context) => Promise<unknown>][] = [
  ["an HTTP action's", (context) => makeRename(rename)(gatewayEvent(rename.route, request), context)],
  ["a job's", (context) => implementJob(job, adapters, async () => void (await done()))({}, context)],
  [
    "a consumer's",
    (context) => implementConsumer(consumer, {}, async () => void (await done()))({ Records: [] }, context),
  ],
  ["a user pool's", (context) => implementUserPool(trigger, {}, done)(poolEvent, context)],
];
const request = { headers: keyed("k"), body: { name: "new" } };

beforeEach(async () => {
  await resetSample();
  loggedLines();
  process.env["TABLE_NAME"] = "t";
});

test.each(pipelines)("%s pipeline does not look at the time that is left", async (_name, run) => {
  let asked = 0;
  await run({ ...lambdaContext(), getRemainingTimeInMillis: () => (asked += 1) });
  expect(asked).toBe(0);
});
