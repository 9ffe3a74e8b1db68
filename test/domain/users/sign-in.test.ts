import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import {
  CODE_MINUTES,
  CODE_TRIES,
  judgeAnswer,
  nextStep,
  requestCode,
  signInCodeIdOf,
} from "#shared/domain/users/sign-in";
import { type AwaitedCode, awaited, codeMail, issueCode } from "#shared/domain/users/sign-in-mail";
import type { SignInCode } from "#shared/domain/users/sign-in-code";
import type { Change } from "#shared/domain/change";
import { anAccount, CREATOR_ID } from "../../support/builders.ts";

const NOW = "2026-11-25T12:00:00.000Z";
const after = (seconds: number) => plusMilliseconds(NOW, seconds * 1000);
const attributes = { sub: CREATOR_ID, email: "ada@example.com", email_verified: "true" };
const asking = { userName: CREATOR_ID, attributes, rounds: [] };
const stranger = { userName: "nobody@example.com", attributes: {}, rounds: [] };

const codeIn = (change: Change | undefined) => change?.entities[0]?.next as SignInCode;
const requested = () => codeIn(requestCode(undefined, asking, NOW)) as AwaitedCode;
const issued = () => issueCode(requested(), "01234567", { now: NOW, requestId: "r" }).issued;

describe("asking for a code", () => {
  test("is taken in with an event that says neither who nor what", () => {
    const change = requestCode(undefined, asking, NOW);
    expect(codeIn(change)).toMatchObject({ person: { userId: CREATOR_ID, address: "ada@example.com" } });
    expect(change?.events).toEqual([
      { type: "sign_in_code.requested", detail: { codeId: signInCodeIdOf(CREATOR_ID), requestedAt: NOW } },
    ]);
  });

  test("for a name that nobody has writes the same row and event, which no code comes to, and keeps no address", () => {
    const [known, unknown] = [requestCode(undefined, asking, NOW), requestCode(undefined, stranger, NOW)];
    expect(Object.keys(codeIn(unknown))).toEqual(Object.keys(codeIn(known)));
    expect(unknown?.events?.length).toBe(1);
    expect(JSON.stringify(unknown)).not.toContain("nobody@");
    expect(awaited(codeIn(unknown), NOW)).toBeUndefined();
  });

  test.each([
    ["not verified", { ...attributes, email_verified: "false" }],
    ["of unknown standing", { sub: CREATOR_ID, email: "ada@example.com" }],
    ["no address", { ...attributes, email: "ü" }],
  ])("writes to nobody whose address is %s", (_why, given) => {
    expect(codeIn(requestCode(undefined, { ...asking, attributes: given }, NOW)).person).toBeNull();
  });

  test("again within a minute is the same wish; later it is another, and the code before it holds no more", () => {
    expect(requestCode(issued(), asking, after(59))).toBeUndefined();
    const second = codeIn(requestCode(issued(), asking, after(60)));
    expect(second).toMatchObject({ requests: [NOW, after(60)], requestedAt: after(60), version: 3 });
    expect(judgeAnswer(second, "01234567", after(61)).isCorrect).toBe(false);
  });

  test("in a later round of one sign-in asks for nothing", () => {
    expect(requestCode(undefined, { ...asking, rounds: [{}] }, NOW)).toBeUndefined();
  });

  test("however often and whoever it is: five mails in any hour, ten in any day", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 7_200 }), { minLength: 1, maxLength: 200 }),
        fc.constantFrom(asking, stranger),
        (gaps, who) => {
          let [seconds, code] = [0, undefined as SignInCode | undefined];
          const sent: number[] = [];
          for (const gap of gaps) {
            seconds += gap;
            const change = requestCode(code, who, after(seconds));
            if (change === undefined) continue;
            code = codeIn(change);
            sent.push(seconds);
          }
          for (const from of sent) {
            const within = (length: number) => sent.filter((at) => at >= from && at < from + length).length;
            expect([within(60) <= 1, within(3_600) <= 5, within(86_400) <= 10]).toEqual([true, true, true]);
          }
        },
      ),
    );
  });

  test("is possible again when the day is over", () => {
    const requests = Array.from({ length: 10 }, (_, n) => after(n * 3_600));
    const tired = { ...issued(), requests };
    expect(requestCode(tired, asking, after(86_399))).toBeUndefined();
    expect(codeIn(requestCode(tired, asking, after(86_401))).requests).toHaveLength(10);
  });
});

describe("a code", () => {
  test("is kept as a digest, and not the same one for two people", () => {
    expect(JSON.stringify(issued())).not.toContain("01234567");
    const other = issueCode({ ...requested(), id: "other" }, "01234567", { now: NOW, requestId: "r" });
    expect(other.issued.digest).not.toBe(issued().digest);
  });

  test("is awaited for the request it was made for, and no earlier one", () => {
    expect(awaited(requested(), NOW)).toEqual(requested());
    expect(awaited(requested(), after(-1))).toBeUndefined();
    expect(awaited(undefined, NOW)).toBeUndefined();
  });

  test.each([["01234567"], [" 0123 4567\n"]])("answers to %j, once", (answer) => {
    const judged = judgeAnswer(issued(), answer, after(1));
    expect(judged.isCorrect).toBe(true);
    expect(judgeAnswer(codeIn(judged.change), answer, after(2))).toEqual({ isCorrect: false, change: undefined });
  });

  test.each([[""], ["01234568"], ["1234567"], ["0123456７"], ["01234567 or 1=1"]])(
    "does not answer to %j",
    (answer) => {
      expect(judgeAnswer(issued(), answer, after(1)).isCorrect).toBe(false);
    },
  );

  test(`bears ${CODE_TRIES} wrong answers and no right one after that`, () => {
    let code = issued();
    for (let tries = 1; tries <= CODE_TRIES; tries += 1) {
      code = codeIn(judgeAnswer(code, "wrong", after(tries)).change);
      expect(code.triesLeft).toBe(CODE_TRIES - tries);
    }
    expect(judgeAnswer(code, "01234567", after(9))).toEqual({ isCorrect: false, change: undefined });
  });

  test("dies of age", () => {
    const life = CODE_MINUTES * 60;
    expect(judgeAnswer(issued(), "01234567", after(life - 1)).isCorrect).toBe(true);
    expect(judgeAnswer(issued(), "01234567", after(life))).toEqual({ isCorrect: false, change: undefined });
  });

  test("that was never made answers to nothing", () => {
    expect(judgeAnswer(undefined, "", NOW)).toEqual({ isCorrect: false, change: undefined });
    expect(judgeAnswer(codeIn(requestCode(undefined, stranger, NOW)), "undefined", NOW).isCorrect).toBe(false);
  });
});

test("a hostile name stays a name in the mail", () => {
  const account = anAccount({ fullName: '<img src="x">&' });
  const mail = codeMail(requested(), account, "01234567");
  expect(mail).toMatchObject({ to: "ada@example.com", text: expect.stringContaining("01234567") });
  expect(mail.html).toContain("Hello &lt;img src=&quot;x&quot;&gt;&amp;,");
});

describe("what comes next", () => {
  const round = (challengeResult: boolean, challengeName = "CUSTOM_CHALLENGE") => ({ challengeName, challengeResult });
  const question = { challengeName: "CUSTOM_CHALLENGE", issueTokens: false, failAuthentication: false };
  const tokens = { issueTokens: true, failAuthentication: false };
  const no = { issueTokens: false, failAuthentication: true };

  test.each([
    ["at first", [], question],
    ["after one wrong answer", [round(false)], question],
    ["after two", [round(false), round(false)], question],
    ["after three", [round(false), round(false), round(false)], no],
    ["after a right one", [round(true)], tokens],
    ["after a wrong one and a right one", [round(false), round(true)], tokens],
    ["after a right one that was not the last", [round(true), round(false)], question],
    ["after a password", [round(true, "SRP_A")], no],
    ["after a password and a code", [round(true, "PASSWORD_VERIFIER"), round(true)], no],
  ])("%s", (_when, rounds, step) => {
    expect(nextStep(rounds)).toEqual(step);
  });
});
