import { expect, test } from "@jest/globals";
import middy from "@middy/core";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Actor } from "#shared/domain/kernel/actor";
import { refuse } from "#shared/domain/kernel/refusal";
import { accessRefusals } from "#shared/domain/kernel/refusals";
import type { StoredReply } from "#shared/ports/idempotency";
import { authentication, publicCaller } from "#shared/runtime/middleware/authentication";
import type { CallMiddleware, RequestContext } from "#shared/runtime/middleware/request";
import { gatewayEvent, type Headers, requestContext } from "../../support/gateway.ts";
import { brand } from "../../support/stage.ts";

/** Who the action is called by. */
async function actorBehind(middleware: CallMiddleware, headers: Headers): Promise<Actor | undefined> {
  const seen: Actor[] = [];
  const pipeline = middy<APIGatewayProxyEventV2, StoredReply, Error, RequestContext>()
    .use(middleware)
    .handler(async (_event, { actor }) => {
      seen.push(actor);
      return { status: 200, headers: {}, body: "" };
    });
  await pipeline(gatewayEvent("GET /v1/things", { headers }), requestContext());
  return seen[0];
}

test("whoever the token belongs to calls", async () => {
  const asked: (string | undefined)[] = [];
  const known = authentication((authorization) => {
    asked.push(authorization);
    return Promise.resolve(brand());
  });
  expect(await actorBehind(known, { Authorization: "Bearer t" })).toEqual(brand());
  expect(await actorBehind(known, {})).toEqual(brand());
  expect(asked).toEqual(["Bearer t", undefined]);
});

test("a caller who is refused does not get to the action", async () => {
  const strict = authentication(() => Promise.reject(refuse(accessRefusals.unauthenticated)));
  await expect(actorBehind(strict, {})).rejects.toThrow(accessRefusals.unauthenticated.title);
});

test("on public routes the system acts, whatever token is sent", async () => {
  const open = publicCaller("GET /v1/health");
  expect(await actorBehind(open, { Authorization: "Bearer t" })).toEqual({
    userId: "system:GET /v1/health",
    roles: [],
  });
});
