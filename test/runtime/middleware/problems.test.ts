import { expect, test } from "@jest/globals";
import middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { refuse } from "#shared/domain/kernel/refusal";
import { accessRefusals, idempotencyRefusals, requestRefusals } from "#shared/domain/kernel/refusals";
import { Contended } from "#shared/ports/changes";
import { problems } from "#shared/runtime/middleware/problems";
import { gatewayEvent, lambdaContext } from "../../support/gateway.ts";

const replyTo = async (thrown: unknown) => {
  const reply = await middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(problems())
    .handler(async () => {
      throw thrown;
    })(gatewayEvent("GET /v1/things"), lambdaContext());
  return { ...reply, body: JSON.parse(reply.body ?? "") as unknown };
};

test("a refusal is a problem with its own status, code and sentence", async () => {
  const errors = [{ pointer: "/name", code: "too_small", detail: "too short" }];
  expect(await replyTo(refuse(requestRefusals.invalid, "one problem", { errors }))).toEqual({
    statusCode: 400,
    headers: { "Content-Type": "application/problem+json" },
    body: {
      type: "urn:atomic-influence:problem:request.invalid",
      title: requestRefusals.invalid.title,
      status: 400,
      detail: "one problem",
      instance: "/v1/things",
      code: "request.invalid",
      requestId: "req-1",
      retryable: false,
      errors,
    },
  });
});

test.each([requestRefusals.malformedBody, idempotencyRefusals.keyReused])(
  "what is wrong with a request is a list, also where it is one thing: $code",
  async (refusal) => {
    const { body } = await replyTo(refuse(refusal, "said once"));
    expect(body).toMatchObject({ errors: [{ pointer: "", code: refusal.code, detail: "said once" }] });
  },
);

test("who or what stands in the way is no list", async () => {
  for (const refusal of [
    refuse(accessRefusals.unauthenticated),
    refuse(requestRefusals.versionChanged),
    refuse(idempotencyRefusals.inProgress, undefined, { currentState: "in_progress" }),
  ])
    expect((await replyTo(refusal)).body).not.toHaveProperty("errors");
});

test("headers say how to go on", async () => {
  expect((await replyTo(refuse(accessRefusals.unauthenticated))).headers).toMatchObject({
    "WWW-Authenticate": "Bearer",
  });
  const busy = await replyTo(refuse(requestRefusals.contended, undefined, { retryAfterSeconds: 1 }));
  expect(busy).toMatchObject({ statusCode: 503, headers: { "Retry-After": "1" }, body: { retryable: true } });
  const method = await replyTo(refuse(requestRefusals.methodNotAllowed, undefined, { allow: ["GET", "PUT"] }));
  expect(method).toMatchObject({ statusCode: 405, headers: { Allow: "GET, PUT" } });
});

test("a table that is too busy to say who calls, or what a key holds, may be asked again", async () => {
  const busy = await replyTo(new Contended());
  expect(busy).toMatchObject({ statusCode: 503, headers: { "Retry-After": "1" }, body: { code: "request.contended" } });
});

test.each([new Error("secret of the house"), "secret of the house", undefined])(
  "a defect says nothing but the request's id: %p",
  async (thrown) => {
    const reply = await replyTo(thrown);
    expect(reply).toMatchObject({ statusCode: 500, body: { code: "internal", requestId: "req-1" } });
    expect(JSON.stringify(reply)).not.toContain("secret");
  },
);
