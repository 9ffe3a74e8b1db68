import { expect, test } from "@jest/globals";
import middy from "@middy/core";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Role } from "#shared/domain/kernel/actor";
import { accessRefusals } from "#shared/domain/kernel/refusals";
import type { StoredReply } from "#shared/ports/idempotency";
import type { RequestContext } from "#shared/runtime/middleware/request";
import { roleGate } from "#shared/runtime/middleware/role-gate";
import { gatewayEvent, requestContext } from "../../support/gateway.ts";

const passed = { status: 200, headers: {}, body: "passed" };
const through = (allowed: readonly Role[], held: readonly Role[]) =>
  middy<APIGatewayProxyEventV2, StoredReply, Error, RequestContext>()
    .use(roleGate(allowed))
    .handler(() => Promise.resolve(passed))(
    gatewayEvent("GET /v1/things"),
    requestContext({ actor: { userId: "u", roles: held } }),
  );

test.each<[readonly Role[], readonly Role[]]>([
  [["brand"], ["brand"]],
  [["brand", "admin"], ["admin"]],
  [["creator"], ["brand", "creator"]],
])("%j lets %j pass", async (allowed, held) => {
  expect(await through(allowed, held)).toBe(passed);
});

test.each<[readonly Role[], readonly Role[]]>([
  [["brand"], ["creator"]],
  [["brand"], ["admin"]],
  [["brand", "admin"], []],
])("%j refuses %j", async (allowed, held) => {
  await expect(through(allowed, held)).rejects.toMatchObject({ refusal: accessRefusals.roleNotAllowed });
});
