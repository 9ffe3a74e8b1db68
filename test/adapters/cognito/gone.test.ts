/** Who is not in the pool any more, by the SDK's own client at a server that knows nobody. */
import { expect, test } from "@jest/globals";
import { cognitoGroups } from "#shared/adapters/cognito/groups";
import { cognitoSecondFactors } from "#shared/adapters/cognito/second-factors";
import { cognitoSessions } from "#shared/adapters/cognito/sessions";
import { awsEndpoint, reply } from "../../support/aws-endpoint.ts";
import { useEngine } from "../../support/engine-table.ts";

const USER_POOL_ID = "us-east-1_pool";
const SUB = "00000000-0000-4000-8000-000000000001";

/** A pool that answers every call so. */
async function poolSaying(type: string): Promise<void> {
  const { port } = await awsEndpoint((_seen, response) => reply(response, 400, { __type: type, message: "no" }));
  useEngine(`http://127.0.0.1:${port}`);
}

// Everybody may end their own user at any moment (Cognito API reference, DeleteUser): nobody's alarm rings for it.
test("has no groups to set, no second factor and no sessions", async () => {
  await poolSaying("UserNotFoundException");
  await cognitoGroups({ USER_POOL_ID }).setGroups(SUB, ["creator"]);
  await cognitoSessions({ USER_POOL_ID }).end(SUB);
  expect(await cognitoSecondFactors({ USER_POOL_ID, ADMIN_SECOND_FACTOR: "required" }).hasOne(SUB)).toBe(false);
});

test("is told from whom the pool does not speak of", async () => {
  await poolSaying("NotAuthorizedException");
  const refused = { name: "NotAuthorizedException" };
  await expect(cognitoGroups({ USER_POOL_ID }).setGroups(SUB, ["creator"])).rejects.toMatchObject(refused);
  await expect(cognitoSessions({ USER_POOL_ID }).end(SUB)).rejects.toMatchObject(refused);
  const factors = cognitoSecondFactors({ USER_POOL_ID, ADMIN_SECOND_FACTOR: "required" });
  await expect(factors.hasOne(SUB)).rejects.toMatchObject(refused);
});
