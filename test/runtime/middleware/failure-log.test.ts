import { expect, test } from "@jest/globals";
import middy from "@middy/core";
import { OwnError } from "#shared/domain/kernel/own-error";
import { failureLog } from "#shared/runtime/middleware/failure-log";
import { lambdaContext, loggedLines } from "../../support/gateway.ts";

test("a failure is written down once, and fails in our words", async () => {
  const lines = loggedLines();
  const failure = new OwnError("no table");
  const pipeline = middy()
    .use(failureLog("stream.failed", { source: "outbox" }))
    .handler(() => Promise.reject(failure));
  await expect(pipeline({}, lambdaContext())).rejects.toThrow("failed; the reason is in the log, by stream.failed");
  expect(lines).toEqual([expect.objectContaining({ level: "error", code: "stream.failed", source: "outbox" })]);
  expect(lines[0]).toMatchObject({ error: "OwnError", message: "no table" });
});

test("of what succeeds nothing is said", async () => {
  const lines = loggedLines();
  const pipeline = middy()
    .use(failureLog("stream.failed", {}))
    .handler(() => Promise.resolve("fine"));
  expect(await pipeline({}, lambdaContext())).toBe("fine");
  expect(lines).toEqual([]);
});
