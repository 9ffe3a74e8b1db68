import { beforeEach, expect, test } from "@jest/globals";
import middy from "@middy/core";
import { refuse } from "#shared/domain/kernel/refusal";
import { userRefusals } from "#shared/domain/users/refusals";
import { poolEvent, type PoolContext } from "#shared/runtime/middleware/pool-event";
import { lambdaContext, loggedLines } from "../../support/gateway.ts";

const event = {
  version: "1",
  userPoolId: "us-east-1_POOL",
  triggerSource: "TokenGeneration_Authentication",
  userName: "u",
  request: {
    userAttributes: { sub: "u", email: "a@example.com" },
    groupConfiguration: { groupsToOverride: ["brand"] },
  },
  response: { claims: null },
};
let lines = loggedLines();
beforeEach(() => {
  lines = loggedLines();
});

const triggered = (work: (context: PoolContext) => unknown, given: unknown = event) =>
  middy<unknown, unknown, Error, PoolContext>()
    .use(poolEvent("preTokenGeneration"))
    .handler(async (_event, context) => work(context))(given, lambdaContext() as PoolContext);

test("the event is a call, and what is given back becomes its response", async () => {
  const reply = await triggered(({ call, userPoolId }) => {
    expect(userPoolId).toBe(event.userPoolId);
    expect(call).toMatchObject({
      actor: { userId: "system:preTokenGeneration" },
      requestId: expect.stringMatching(/^aws-/),
      triggerSource: event.triggerSource,
      userName: "u",
      attributes: event.request.userAttributes,
      groups: ["brand"],
    });
    return { added: true };
  });
  expect(reply).toEqual({ ...event, response: { claims: null, added: true } });
  expect(lines).toEqual([]);
});

test.each([[undefined], [null], [{ groupsToOverride: null }]])(
  "groups may be missing: %j",
  async (groupConfiguration) => {
    const request = { ...event.request, groupConfiguration };
    await triggered(
      ({ call }) => {
        expect(call.groups).toEqual([]);
        return {};
      },
      { ...event, request },
    );
  },
);

test("a refusal is an error with its sentence, and no failure of ours", async () => {
  const refused = triggered(() => Promise.reject(refuse(userRefusals.roleNotOffered)));
  const error: unknown = await refused.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: "FlowRefused", message: userRefusals.roleNotOffered.title });
  expect(lines).toEqual([
    expect.objectContaining({ level: "info", code: "trigger.refused", refusal: userRefusals.roleNotOffered.code }),
  ]);
});

test.each<[string, unknown, () => Promise<unknown>]>([
  ["a defect", event, () => Promise.reject(new Error("no table"))],
  ["an event that is none", { userPoolId: "p" }, () => Promise.resolve({})],
  ["a response that is none", event, () => Promise.resolve()],
])("%s is an error line, and fails", async (_name, given, answer) => {
  await expect(triggered(answer, given)).rejects.toThrow("failed; the reason is in the log, by trigger.failed");
  expect(lines).toEqual([expect.objectContaining({ level: "error", code: "trigger.failed" })]);
});
