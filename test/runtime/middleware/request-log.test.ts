import { beforeEach, expect, test } from "@jest/globals";
import middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { OwnError } from "#shared/domain/kernel/own-error";
import { refuse, Refusal } from "#shared/domain/kernel/refusal";
import { requestRefusals } from "#shared/domain/kernel/refusals";
import { requestLog } from "#shared/runtime/middleware/request-log";
import { gatewayEvent, lambdaContext, loggedLines } from "../../support/gateway.ts";

const route = "GET /v1/things";
let lines = loggedLines();
let clock = 0;

beforeEach(() => {
  lines = loggedLines();
  clock = 1_000;
});

/** One request of 30 ms whose problem, if any, is answered with `status`. */
const logged = async (handler: () => APIGatewayProxyStructuredResultV2, status = 500) => {
  const pipeline = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(requestLog(route, () => clock))
    .onError((request) => {
      request.response = { statusCode: status };
    })
    .handler(async () => {
      clock += 30;
      return handler();
    });
  await pipeline(gatewayEvent(route), lambdaContext());
  return lines;
};

test("a completed request is one line with its status and duration", async () => {
  expect(await logged(() => ({ statusCode: 201 }))).toEqual([
    {
      level: "info",
      code: "request.completed",
      timestamp: expect.any(String),
      action: route,
      requestId: "req-1",
      status: 201,
      durationMs: 30,
    },
  ]);
});

test("so is a refused one, with its refusal's code and no error's stack", async () => {
  const refused = () => {
    throw refuse(requestRefusals.notJson);
  };
  const [line, ...others] = await logged(refused, 415);
  expect(others).toEqual([]);
  expect(line).toMatchObject({ level: "info", code: "request.refused", status: 415, durationMs: 30 });
  expect(line).toMatchObject({ refusal: "request.not_json", action: route, requestId: "req-1" });
  expect(line).not.toHaveProperty("stack");
});

test("what a refusal came of is told apart: its code and status are not the request's", async () => {
  const cause = Object.assign(new TypeError("no"), { code: "ECONNREFUSED", status: 418 });
  const refused = () => {
    throw new Refusal(requestRefusals.notJson, "no", {}, { cause });
  };
  expect(await logged(refused, 415)).toMatchObject([
    { code: "request.refused", status: 415, cause: { error: "TypeError", code: "ECONNREFUSED", status: 418 } },
  ]);
});

test("and a failed one, as an error with all its causes", async () => {
  const failed = () => {
    throw new OwnError("outer", { cause: new TypeError("inner") });
  };
  const [line, ...others] = await logged(failed);
  expect(others).toEqual([]);
  expect(line).toMatchObject({ level: "error", code: "request.failed", status: 500, durationMs: 30 });
  expect(line).toMatchObject({ message: "outer", cause: { error: "TypeError" } });
});

test("durations of requests that overlap are their own", async () => {
  const pipeline = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(requestLog(route, () => clock))
    .handler(() => release.promise.then(() => ({ statusCode: 200 })));
  const release = Promise.withResolvers<void>();
  const first = pipeline(gatewayEvent(route), lambdaContext());
  clock += 100;
  const second = pipeline(gatewayEvent(route), lambdaContext());
  clock += 5;
  release.resolve();
  await Promise.all([first, second]);
  expect(lines.map(({ durationMs }) => durationMs)).toEqual([105, 5]);
});
