import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { cognitoAuthenticator } from "#shared/runtime/authenticate";
import { ADMIN_ID } from "../support/builders.ts";
import { CLIENT_ID, tokenIssuer, USER_POOL_ID } from "../support/tokens.ts";

const issuer = tokenIssuer();
const since = "2026-11-25T12:00:00.000Z";
const sinceSeconds = Date.parse(since) / 1000;

beforeEach(() => {
  Object.assign(process.env, { USER_POOL_ID, USER_POOL_CLIENT_ID: CLIENT_ID });
});
afterEach(() => {
  delete process.env["USER_POOL_ID"];
  delete process.env["USER_POOL_CLIENT_ID"];
});

test.each([
  ["began before its owner signed in with a second factor", since, { auth_time: sinceSeconds - 3_600 }, ["brand"]],
  ["does not say when it began", since, {}, ["brand"]],
  ["began with one", since, { auth_time: sinceSeconds }, ["admin", "brand"]],
  ["is of a stage that asks for none", undefined, {}, ["admin", "brand"]],
])("whose session %s", async (_what, secondFactorSince, claims, roles) => {
  const authenticate = cognitoAuthenticator({
    signingKeys: () => Promise.resolve(issuer.jwks),
    standing: () => Promise.resolve({ roles: ["admin", "brand"], status: "active", secondFactorSince }),
  });
  const token = issuer.sign(ADMIN_ID, ["admin", "brand"], { claims });
  expect(await authenticate(`Bearer ${token}`)).toEqual({ userId: ADMIN_ID, roles });
});
