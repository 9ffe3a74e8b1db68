/**
 * Everybody may end their own user at the pool (Cognito API reference, DeleteUser: an access token is enough), banned or not, and
 * sign up with the same address a minute later, under another `sub`.
 */
import { beforeEach, expect, test } from "@jest/globals";
import { handler as nameRoles } from "#lambdas/users/name-roles";
import { handler as openAccount } from "#lambdas/users/open-account";
import { anAccount, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { testStage, type TestStage } from "../../support/stage.ts";
import { person, poolTriggersOf } from "./pool-triggers.ts";

let stage: TestStage;
const trigger = poolTriggersOf(() => stage);
const status = async () => (await stage.ports.accounts.get(BRAND_ID))?.status;
const held = (parts: Parameters<typeof anAccount>[0] = {}) =>
  stage.given("account", anAccount({ id: CREATOR_ID, email: "Jo@Example.com", status: "suspended", ...parts }));

beforeEach(() => {
  stage = testStage();
});

test.each([
  ["confirms a sign-up", openAccount],
  ["signs in", nameRoles],
])("who is banned and %s anew under the same address is banned as well", async (_what, handler) => {
  await held();
  await trigger(handler, { triggerSource: "PostConfirmation_ConfirmSignUp" });
  expect(await status()).toBe("suspended");
  expect(await stage.ports.wallets.get(BRAND_ID)).toMatchObject({
    ownerStatus: "suspended",
    suspendedAt: stage.clock.now,
  });
  // They are given the reason, as whoever is banned.
  expect(stage.outbox()).toEqual(["account.created", "account.roles_changed", "account.suspended"]);
});

test.each([
  ["whose ban is over", { status: "active" }],
  ["with a longer address", { email: "jo@example.com.au" }],
  ["who took the address for a name", { email: "other@example.com", fullName: "jo@example.com" }],
] as const)("nobody is banned for somebody %s", async (_who, parts) => {
  await held(parts);
  await trigger(openAccount, { triggerSource: "PostConfirmation_ConfirmSignUp" });
  expect(await status()).toBe("active");
  expect(stage.outbox()).toEqual(["account.created", "account.roles_changed"]);
});

test("an account that is open stays so, whoever else had its address", async () => {
  await trigger(openAccount, { triggerSource: "PostConfirmation_ConfirmSignUp" });
  await held();
  await trigger(nameRoles, { triggerSource: "TokenGeneration_Authentication", groups: ["brand"] });
  expect([await status(), person("brand").email]).toEqual(["active", "jo@example.com"]);
});
