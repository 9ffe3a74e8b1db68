/** Admins on a stage that asks a second factor of them. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as checkSignInCode } from "#lambdas/users/check-sign-in-code";
import { handler as nameRoles } from "#lambdas/users/name-roles";
import { beganWithFactor } from "#shared/domain/users/second-factor";
import { issueCode, type AwaitedCode } from "#shared/domain/users/sign-in-mail";
import type { SignInCode } from "#shared/domain/users/sign-in-code";
import { requestCode } from "#shared/domain/users/sign-in";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import { anAccount, BRAND_ID } from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
import { testStage, type TestStage } from "../../support/stage.ts";
import { person, poolTriggersOf } from "./pool-triggers.ts";

let stage: TestStage;
const trigger = poolTriggersOf(() => stage);
const NOW = "2026-11-25T12:00:00.000Z";
const signIn = { triggerSource: "TokenGeneration_Authentication", groups: ["admin", "brand"] };
const refresh = { ...signIn, triggerSource: "TokenGeneration_RefreshTokens" };
const linked = { ...person("brand"), identities: '[{"providerName":"Google","userId":"1"}]' };

const roles = async (parts: object) => {
  const reply = (await trigger(nameRoles, parts)) as {
    claimsAndScopeOverrideDetails: { groupOverrideDetails: { groupsToOverride: string[] } };
  };
  return reply.claimsAndScopeOverrideDetails.groupOverrideDetails.groupsToOverride;
};
const account = async () => stage.ports.accounts.get(BRAND_ID);

beforeEach(async () => {
  stage = testStage();
  stage.secondFactors.areRequired = true;
  await stage.given("account", anAccount({ id: BRAND_ID, email: "jo@example.com", roles: ["admin", "brand"] }));
  await stage.given("wallet", aWallet({ userId: BRAND_ID }));
});

describe("the admin's role", () => {
  test("is in no token without a second factor, and the other roles are; the account keeps it", async () => {
    expect(await roles(signIn)).toEqual(["brand"]);
    expect(await account()).toMatchObject({ roles: ["admin", "brand"], version: 1 });
  });

  test("is there from the first sign-in with one, and stays over refreshes", async () => {
    stage.secondFactors.owners.add(BRAND_ID);
    expect(await roles(refresh)).toEqual(["brand"]);
    expect(await roles(signIn)).toEqual(["admin", "brand"]);
    expect(await account()).toMatchObject({ secondFactorSince: NOW });
    stage.clock.now = plusMilliseconds(NOW, 3_600_000);
    expect(await roles(refresh)).toEqual(["admin", "brand"]);
    expect(await account()).toMatchObject({ secondFactorSince: NOW, version: 2 });
  });

  test("is gone when the factor is, and comes back with a new sign-in alone", async () => {
    stage.secondFactors.owners.add(BRAND_ID);
    await roles(signIn);
    stage.secondFactors.owners.clear();
    expect(await roles(refresh)).toEqual(["brand"]);
    expect((await account())?.secondFactorSince).toBeUndefined();
    stage.secondFactors.owners.add(BRAND_ID);
    expect(await roles(refresh)).toEqual(["brand"]);
    expect(await roles(signIn)).toEqual(["admin", "brand"]);
  });

  test("is not for who can sign in at another provider, which asks for no factor of ours", async () => {
    stage.secondFactors.owners.add(BRAND_ID);
    expect(await roles({ ...signIn, attributes: linked })).toEqual(["brand"]);
    expect(await roles({ ...refresh, attributes: linked })).toEqual(["brand"]);
  });

  test("that an operator gives in the console waits for it, too", async () => {
    await stage.given("account", anAccount({ id: BRAND_ID, email: "jo@example.com", roles: ["brand"] }));
    expect(await roles(signIn)).toEqual(["brand"]);
    expect(await account()).toMatchObject({ roles: ["admin", "brand"] });
  });

  test("is asked about of nobody else, and not where the stage does not ask", async () => {
    const asked: string[] = [];
    const hasOne = (name: string) => Promise.resolve(asked.push(name) > 0);
    const secondFactors = { ...stage.secondFactors, hasOne };
    await stage.given("account", anAccount({ id: BRAND_ID, email: "jo@example.com", roles: ["brand"] }));
    await trigger(nameRoles, { ...signIn, groups: ["brand"] }, { secondFactors });
    expect(asked).toEqual([]);
    stage.secondFactors.areRequired = false;
    expect(await roles(signIn)).toEqual(["admin", "brand"]);
  });
});

test.each([
  ["before there was a factor", -61, false],
  ["as its code was typed", -60, true],
  ["after", 1, true],
])("a session that began %s is an admin's or not", (_when, seconds, isAdmins) => {
  expect(beganWithFactor(Date.parse(NOW) / 1000 + seconds, NOW)).toBe(isAdmins);
});

test("a token that does not say when its session began is of before; without a factor nothing is asked of it", () => {
  expect([beganWithFactor(undefined, NOW), beganWithFactor(undefined, undefined)]).toEqual([false, true]);
});

test("a code by mail lets nobody in who has set up a factor since it was mailed", async () => {
  const attributes = { ...person("brand"), email_verified: "true" };
  const asked = requestCode(undefined, { userName: BRAND_ID, attributes, rounds: [] }, NOW)?.entities[0]?.next;
  const { issued } = issueCode(asked as SignInCode as AwaitedCode, "01234567", { now: NOW, requestId: "r" });
  await stage.given("signInCode", issued);
  stage.secondFactors.owners.add(BRAND_ID);
  const answered = await trigger(checkSignInCode, { attributes, challengeAnswer: "01234567" });
  expect(answered).toEqual({ answerCorrect: false });
});
