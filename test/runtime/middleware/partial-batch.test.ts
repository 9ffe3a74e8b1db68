import { expect, test } from "@jest/globals";
import middy from "@middy/core";
import { type BatchReply, type FailedRecords, partialBatch } from "#shared/runtime/middleware/partial-batch";
import { lambdaContext } from "../../support/gateway.ts";

const replyTo = (work: () => Promise<FailedRecords>) =>
  middy<unknown, FailedRecords | BatchReply>().use(partialBatch()).handler(work)({}, lambdaContext());

test("names the records that failed, and no others", async () => {
  expect(await replyTo(() => Promise.resolve(["m-2", "m-5"]))).toEqual({
    batchItemFailures: [{ itemIdentifier: "m-2" }, { itemIdentifier: "m-5" }],
  });
});

test("a batch without failures is done", async () => {
  expect(await replyTo(() => Promise.resolve([]))).toEqual({ batchItemFailures: [] });
});

test("a failure of the whole is no reply: everything comes again", async () => {
  await expect(replyTo(() => Promise.reject(new Error("all")))).rejects.toThrow("all");
});
