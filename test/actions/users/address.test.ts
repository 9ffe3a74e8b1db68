/** An address that its owner changed in the user pool, at the next token. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as nameRoles } from "#lambdas/users/name-roles";
import { handler as openAccount } from "#lambdas/users/open-account";
import { anAccount, BRAND_ID } from "../../support/builders.ts";
import { testStage, type TestStage } from "../../support/stage.ts";
import { person, poolTriggersOf } from "./pool-triggers.ts";

let stage: TestStage;
const trigger = poolTriggersOf(() => stage);
const account = () => stage.ports.accounts.get(BRAND_ID);

beforeEach(() => {
  stage = testStage();
});

describe("an account's address", () => {
  const moved = { ...person("brand"), email: "jo@elsewhere.example", email_verified: "true" };

  beforeEach(() => trigger(openAccount, {}));

  test("follows the pool's at the next token, together with its groups, and is not kept in the audit", async () => {
    await trigger(nameRoles, { attributes: moved, groups: ["brand", "admin"] });
    expect(await account()).toMatchObject({ email: "jo@elsewhere.example", roles: ["admin", "brand"], version: 3 });
    const audit = JSON.stringify(stage.stored("auditEntry"));
    expect(audit).toContain('"field":"email","before":null,"after":null');
    expect(audit).not.toContain("elsewhere");
  });

  test("is written once: the token after that changes nothing", async () => {
    await trigger(nameRoles, { attributes: moved, groups: ["brand"] });
    const before = stage.table.all();
    await trigger(nameRoles, { attributes: moved, groups: ["brand"] });
    expect(stage.table.all()).toEqual(before);
  });

  test("follows although groups have yet to catch up, which it leaves alone", async () => {
    await stage.given("account", anAccount({ roles: ["brand"], groupsPending: true }));
    await trigger(nameRoles, { attributes: moved, groups: ["admin"] });
    expect(await account()).toMatchObject({ email: "jo@elsewhere.example", roles: ["brand"], groupsPending: true });
  });

  test.each([
    ["not verified", { ...moved, email_verified: "false" }],
    ["of unknown standing", { ...person("brand"), email: "jo@elsewhere.example" }],
    ["no account can have", { ...moved, email: "ü@example.com" }],
  ])("stays while the pool's is %s", async (_why, attributes) => {
    await trigger(nameRoles, { attributes, groups: ["brand"] });
    expect(await account()).toMatchObject({ email: "jo@example.com", version: 2 });
  });
});
