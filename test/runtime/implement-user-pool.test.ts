import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { handler as validateSignUp } from "#lambdas/users/validate-sign-up";
import { memory } from "#shared/adapters/memory/index";
import { memoryUserPoolGroups } from "#shared/adapters/memory/outbound";
import { memoryTable } from "#shared/adapters/memory/table";
import { onUserPool } from "#shared/contracts/contract";
import { created } from "#shared/domain/change";
import { OwnError } from "#shared/domain/kernel/own-error";
import { userRefusals } from "#shared/domain/users/refusals";
import { StaleState } from "#shared/ports/changes";
import { implementUserPool } from "#shared/runtime/implement-user-pool";
import { aWallet } from "../support/money-builders.ts";
import { lambdaContext, loggedLines } from "../support/gateway.ts";

const contract = onUserPool({
  on: "postConfirmation",
  uses: ["wallets:write", "userPoolGroups:set"],
  summary: "s",
  ifItFails: "f",
});
const signUp = (attributes: Record<string, string>) => ({
  version: "1",
  userPoolId: "us-east-1_POOL",
  triggerSource: "PreSignUp_SignUp",
  userName: "u",
  request: { userAttributes: attributes },
  response: { autoConfirmUser: false },
});

let lines = loggedLines();
beforeEach(() => {
  lines = loggedLines();
  process.env["TABLE_NAME"] = "t";
});
afterEach(() => {
  delete process.env["TABLE_NAME"];
});

test("a sign-up that is let in goes on as it came, with no table and no environment", async () => {
  delete process.env["TABLE_NAME"];
  const event = signUp({ "custom:role": "creator", email: "ada@example.com" });
  expect(await validateSignUp(event, lambdaContext())).toEqual(event);
  expect(lines).toEqual([]);
});

test("a refused one is an error with the sentence for the person, and no failure of ours", async () => {
  const refused = validateSignUp(signUp({ "custom:role": "admin", email: "ada@example.com" }), lambdaContext());
  const error: unknown = await refused.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: "FlowRefused", message: userRefusals.roleNotOffered.title });
  expect(lines).toEqual([
    {
      level: "info",
      code: "trigger.refused",
      timestamp: expect.any(String),
      trigger: "preSignUp",
      refusal: userRefusals.roleNotOffered.code,
    },
  ]);
});

test("a defect is one, and is written down as such", async () => {
  const handler = implementUserPool(onUserPool({ ...contract, uses: [] }), {}, () =>
    Promise.reject(new OwnError("no")),
  );
  await expect(handler(signUp({}), lambdaContext())).rejects.toThrow("trigger.failed");
  expect(lines).toMatchObject([{ level: "error", code: "trigger.failed", trigger: "postConfirmation", message: "no" }]);
});

test("the pool is the event's, the rest is the environment's, and what changed is decided again", async () => {
  const table = memoryTable();
  const pools: string[] = [];
  let decisions = 0;
  const handler = implementUserPool(
    contract,
    {
      ...memory(table),
      userPoolGroups: ({ USER_POOL_ID }) => {
        pools.push(USER_POOL_ID);
        return memoryUserPoolGroups();
      },
    },
    async ({ attributes }, { commit }) => {
      if ((decisions += 1) === 1) throw new StaleState(["wallet"]);
      await commit({ entities: [created("wallet", aWallet({ userId: attributes["sub"] ?? "" }))] });
      return { opened: true };
    },
  );
  delete process.env["TABLE_NAME"];
  await expect(handler(signUp({ sub: "u" }), lambdaContext())).rejects.toThrow("trigger.failed");
  expect(lines).toMatchObject([{ code: "trigger.failed", message: "missing environment: TABLE_NAME" }]);
  process.env["TABLE_NAME"] = "t";
  expect(await handler(signUp({ sub: "u" }), lambdaContext())).toMatchObject({
    response: { autoConfirmUser: false, opened: true },
  });
  expect([pools, decisions]).toEqual([["us-east-1_POOL"], 2]);
  expect(table.all()).toMatchObject([{ userId: "u" }]);
});
