import { expect, test } from "@jest/globals";
import middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import * as z from "zod";
import { type Audience, http, type Route } from "#shared/contracts/contract";
import { securityHeaders } from "#shared/runtime/middleware/security-headers";
import { gatewayEvent, lambdaContext } from "../../support/gateway.ts";

const always = {
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
  "X-Request-Id": "req-1",
};

/** Headers of a reply, and of a problem, on such a route. */
async function headersOf(route: Route, roles: Audience, own: Record<string, string> = {}) {
  const contract = http({ route, roles, reply: z.unknown(), refuses: [], uses: [], summary: "s", ifItFails: "f" });
  const pipeline = (handler: () => APIGatewayProxyStructuredResultV2) =>
    middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
      .use(securityHeaders(contract))
      .onError((request) => {
        request.response = { statusCode: 500, headers: own };
      })
      .handler(async () => handler());
  const fails = (): never => {
    throw new Error("no");
  };
  const sent = [pipeline(() => ({ statusCode: 200, headers: own })), pipeline(fails)];
  const [reply, problem] = await Promise.all(sent.map((send) => send(gatewayEvent(route), lambdaContext())));
  return { reply: reply?.headers, problem: problem?.headers };
}

test("every reply has them, problems too, beside the reply's own", async () => {
  const { reply, problem } = await headersOf("GET /v1/things", ["brand"], { ETag: '"v1"' });
  expect(reply).toEqual({ ...always, "Cache-Control": "no-store", ETag: '"v1"' });
  expect(problem).toEqual({ ...always, "Cache-Control": "no-store", ETag: '"v1"' });
});

test("only what anybody may read is kept, and never a problem", async () => {
  const { reply, problem } = await headersOf("GET /v1/health", "public");
  expect(reply).toMatchObject({ "Cache-Control": "public, max-age=60" });
  expect(problem).toMatchObject({ "Cache-Control": "no-store" });
  expect((await headersOf("POST /v1/webhooks", "public")).reply).toMatchObject({ "Cache-Control": "no-store" });
});
