/** Somebody arrives from another provider. */
import { beforeEach, expect, test } from "@jest/globals";
import { handler as nameRoles } from "#lambdas/users/name-roles";
import { handler as validateSignUp } from "#lambdas/users/validate-sign-up";
import { userRefusals } from "#shared/domain/users/refusals";
import { BRAND_ID } from "../../support/builders.ts";
import { testStage, type TestStage } from "../../support/stage.ts";
import { person, poolTriggersOf } from "./pool-triggers.ts";

let stage: TestStage;
const trigger = poolTriggersOf(() => stage);
const attributes = { email: "Jo@example.com", email_verified: "true", name: "Jo" };
const arrival = { triggerSource: "PreSignUp_ExternalProvider", userName: "Google_117", attributes };
const arrive = (parts = {}) => trigger(validateSignUp, { ...arrival, ...parts });
const member = () => stage.userPoolPeople.members.get("jo@example.com");
const identities = expect.stringContaining('"userId":"117"');

beforeEach(() => {
  stage = testStage();
});
const known = (parts: { isConfirmed?: boolean; email_verified?: string } = {}) =>
  stage.userPoolPeople.members.set("jo@example.com", {
    userName: BRAND_ID,
    isConfirmed: parts.isConfirmed ?? true,
    attributes: { email: "jo@example.com", email_verified: parts.email_verified ?? "true" },
  });

test("who has the address already is signed in as themselves, whatever the case of its letters", async () => {
  known();
  await arrive();
  expect(stage.userPoolPeople.members.size).toBe(1);
  expect(member()).toMatchObject({ userName: BRAND_ID, attributes: { identities } });
});

test("who has not becomes a person of the pool, once, however often the pool asks", async () => {
  await arrive({ userName: "google_117" });
  await arrive();
  expect(stage.userPoolPeople.members.size).toBe(1);
  expect(member()).toMatchObject({ userName: "sub-of-Jo@example.com", attributes: { identities } });
});

test.each([
  ["false", { email_verified: "false" }],
  ["not said", { email_verified: undefined }],
])("an address whose being verified is %s opens nothing", async (_what, parts) => {
  known();
  const refused = arrive({ attributes: { ...attributes, ...parts } });
  await expect(refused).rejects.toMatchObject({ refusal: userRefusals.externalUnverified });
  expect(member()?.attributes["identities"]).toBeUndefined();
});

test("who was made a person of the pool, and no further, is gone on with: nothing else would let them in", async () => {
  stage.userPoolPeople.members.set("jo@example.com", {
    userName: BRAND_ID,
    isConfirmed: false,
    awaitsPassword: true,
    attributes: { email: "jo@example.com", email_verified: "true" },
  });
  await arrive();
  expect(member()).toEqual({
    userName: BRAND_ID,
    isConfirmed: true,
    attributes: { email: "jo@example.com", email_verified: "true", identities },
  });
});

test.each([
  ["was never confirmed", { isConfirmed: false }],
  ["is of an address that was never verified", { email_verified: "false" }],
])("a sign-up here that %s is not linked to: its password would open what is another's", async (_what, parts) => {
  known(parts);
  await expect(arrive()).rejects.toMatchObject({ refusal: userRefusals.addressUnconfirmed });
  expect(member()?.attributes["identities"]).toBeUndefined();
});

test("another provider's names are none of ours", async () => {
  const refused = arrive({ userName: "Facebook_117" });
  await expect(refused).rejects.toMatchObject({ refusal: userRefusals.externalUnverified });
});

test("a person who was never asked for a role is a creator, and an admin may make them a brand", async () => {
  const linked = { ...person(), identities: '[{"userId":"117"}]' };
  await trigger(nameRoles, { attributes: linked });
  expect(await stage.ports.accounts.get(BRAND_ID)).toMatchObject({ roles: ["creator"] });
  expect(stage.userPoolGroups.groups.get(BRAND_ID)).toEqual(["creator"]);
});
