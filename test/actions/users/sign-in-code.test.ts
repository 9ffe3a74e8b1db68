/** Signing in with a code by e-mail, from the question to the answer. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as checkSignInCode } from "#lambdas/users/check-sign-in-code";
import { handler as leadSignIn } from "#lambdas/users/lead-sign-in";
import { handler as mailSignInCode } from "#lambdas/users/mail-sign-in-code";
import { handler as requestSignInCode } from "#lambdas/users/request-sign-in-code";
import type { DeliveredEvent } from "#shared/domain/events/events";
import { systemActor } from "#shared/domain/kernel/actor";
import { suppressionIdOf } from "#shared/domain/notifications/mail/suppression";
import { signInCodeIdOf } from "#shared/domain/users/sign-in";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import type { Ports } from "#shared/ports/catalogue";
import { untilDecided } from "#shared/runtime/until-decided";
import { anAccount, BRAND_ID } from "../../support/builders.ts";
import { testStage, type TestStage } from "../../support/stage.ts";
import { person, poolTriggersOf } from "./pool-triggers.ts";

type Requested = DeliveredEvent<"sign_in_code.requested">;
let stage: TestStage;
const trigger = poolTriggersOf(() => stage);
const attributes = { ...person("brand"), email_verified: "true" };

beforeEach(async () => {
  stage = testStage();
  await stage.given("account", anAccount({ id: BRAND_ID, email: "jo@example.com" }));
});

const ask = (parts = {}) => trigger(requestSignInCode, { attributes, ...parts });
const answer = async (challengeAnswer: string, parts = {}) =>
  (await trigger(checkSignInCode, { attributes, challengeAnswer, ...parts }))["answerCorrect"];
const requested = (id = "evt_1", userName = BRAND_ID): Requested => {
  const row = stage.stored("signInCode").find((item) => item["id"] === signInCodeIdOf(userName));
  const requestedAt = String(row?.["requestedAt"]);
  const detail = { codeId: signInCodeIdOf(userName), requestedAt };
  return { id, type: "sign_in_code.requested", at: requestedAt, requestId: "r", detail };
};
const deliver = (event = requested(), instead: Partial<Ports> = {}) => {
  const delivery = { actor: systemActor("consumer"), now: stage.clock.now, requestId: stage.newId("event") };
  const invocation = { ...delivery, newId: stage.newId };
  const ports = { ...stage.granted(mailSignInCode.contract.uses, invocation), ...instead };
  return untilDecided(() => mailSignInCode.run(invocation, event, ports));
};
const mailedCode = () => /\b\d{8}\b/.exec(stage.mailSender.sent.at(-1)?.text ?? "")?.[0] ?? "none";
const passes = (minutes: number) => {
  stage.clock.now = plusMilliseconds(stage.clock.now, minutes * 60_000);
};

test("the mailed code signs in, once", async () => {
  expect(await trigger(leadSignIn, {})).toMatchObject({ challengeName: "CUSTOM_CHALLENGE" });
  await ask();
  expect(stage.outbox()).toEqual(["sign_in_code.requested"]);
  await deliver();
  expect(stage.mailSender.sent).toMatchObject([{ to: "jo@example.com", subject: "Your code to sign in" }]);
  expect(await answer("00000000")).toBe(false);
  expect(await answer(mailedCode())).toBe(true);
  expect(await answer(mailedCode())).toBe(false);
  const rounds = [{ challengeName: "CUSTOM_CHALLENGE", challengeResult: true }];
  expect(await trigger(leadSignIn, { rounds })).toEqual({ issueTokens: true, failAuthentication: false });
});

test("of ten right answers at once, one signs in", async () => {
  await ask();
  await deliver();
  const code = mailedCode();
  const judged = await Promise.all(Array.from({ length: 10 }, () => answer(code)));
  expect(judged.filter((isCorrect) => isCorrect)).toHaveLength(1);
});

test("no table keeps the code", async () => {
  await ask();
  await deliver();
  expect(mailedCode()).toMatch(/^\d{8}$/);
  expect(JSON.stringify(stage.table.all())).not.toContain(mailedCode());
});

describe("one request is one mail", () => {
  test("however often its event comes, and whatever else is asked for within the minute", async () => {
    await ask();
    await ask();
    await deliver();
    await deliver();
    passes(2);
    await deliver();
    expect(stage.mailSender.sent).toHaveLength(1);
    expect(await answer(mailedCode())).toBe(true);
  });

  test("that carries another code where the one before it may not have gone out", async () => {
    await ask();
    const lost = { mailSender: { send: () => Promise.reject(new Error("timed out")) } };
    await expect(deliver(requested(), lost)).rejects.toThrow("timed out");
    await expect(deliver()).rejects.toThrow("another delivery");
    passes(2);
    await deliver();
    expect(await answer(mailedCode())).toBe(true);
  });

  test("and an event that comes when another code was asked for brings none", async () => {
    await ask();
    const first = requested();
    passes(2);
    await ask();
    await deliver(first);
    expect(stage.mailSender.sent).toEqual([]);
    await deliver(requested("evt_2"));
    expect(await answer(mailedCode())).toBe(true);
  });
});

describe("nobody can tell who has an account", () => {
  const unknown = { userName: "nobody@example.com", attributes: {} };

  test("a question for nobody is the same question, with as much written", async () => {
    const before = stage.table.all().length;
    const known = await ask();
    const written = stage.table.all().length - before;
    expect(await ask(unknown)).toEqual(known);
    expect(stage.table.all()).toHaveLength(before + 2 * written);
    await deliver(requested("evt_2", unknown.userName));
    expect(stage.mailSender.sent).toEqual([]);
    expect(await answer("00000000", unknown)).toBe(false);
  });

  test.each([
    ["is suspended", anAccount({ id: BRAND_ID, status: "suspended" })],
    ["has no account", anAccount({ id: "00000000-0000-4000-8000-00000000000f" })],
  ])("a person who %s is not written to", async (_why, account) => {
    stage = testStage();
    await stage.given("account", account);
    await ask();
    await deliver();
    expect(stage.mailSender.sent).toEqual([]);
  });
});

test.each(["bounce", "complaint"] as const)(
  "an address that is written to no more after a %s gets no code, and whoever asks is told nothing of it",
  async (reason) => {
    const told = await ask();
    stage = testStage();
    await stage.given("account", anAccount({ id: BRAND_ID, email: "before@example.com" }));
    await stage.given("mailSuppression", {
      id: suppressionIdOf("Jo@Example.com"),
      reason,
      version: 1,
      createdAt: "2026-11-01T00:00:00.000Z",
    });
    expect(await ask()).toEqual(told);
    await deliver();
    expect(stage.mailSender.sent).toEqual([]);
    passes(2);
    await ask({ attributes: { ...attributes, email: "new@example.com" } });
    await deliver(requested("evt_2"));
    expect(stage.mailSender.sent.map(({ to }) => to)).toEqual(["new@example.com"]);
  },
);

test("who has a second factor gets no code: a mailbox alone would be rid of it", async () => {
  stage.secondFactors.owners.add(BRAND_ID);
  await ask();
  await deliver();
  expect(stage.mailSender.sent).toEqual([]);
});

test("the code goes to the address as the pool has it now, not to the one before", async () => {
  await ask({ attributes: { ...attributes, email: "new@example.com" } });
  await deliver();
  expect(stage.mailSender.sent.map(({ to }) => to)).toEqual(["new@example.com"]);
});
