import { expect, test } from "@jest/globals";
import middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { notModified } from "#shared/runtime/middleware/not-modified";
import { gatewayEvent, lambdaContext } from "../../support/gateway.ts";

const answered = (reply: APIGatewayProxyStructuredResultV2, known?: string) =>
  middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(notModified())
    .handler(() => Promise.resolve(reply))(
    gatewayEvent("GET /v1/things", { headers: known === undefined ? {} : { "If-None-Match": known } }),
    lambdaContext(),
  );
const reply = { statusCode: 200, headers: { ETag: '"a"', "Content-Type": "application/json" }, body: "{}" };

test("what a client has already is not sent again", async () => {
  expect(await answered(reply, '"a"')).toEqual({ statusCode: 304, headers: { ETag: '"a"' } });
});

test.each([
  ["nothing is known", reply, undefined],
  ["something else is known", reply, '"b"'],
  ["it has no tag", { ...reply, headers: {} }, '"a"'],
  ["it is no 200", { ...reply, statusCode: 404 }, '"a"'],
] as const)("a reply stays as it is where %s", async (_why, sent, known) => {
  expect(await answered(sent, known)).toEqual(sent);
});
