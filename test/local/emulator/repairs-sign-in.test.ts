/** Cognito's sign-ins in several steps: codes, second factors, rotation, strangers, and two who are one. */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { banned, Guests, password, poolWithCodes, totp } from "./guests.ts";
import { type Pair, ref, refusal, type Stage, startPair } from "./support.ts";

// Each call of a flow starts a worker for its trigger, in two emulators at once.
jest.setTimeout(30_000);

let pair: Pair;
let repaired: Guests;
let stock: Guests;

beforeAll(async () => {
  pair = await startPair();
  const guests = async (stage: Stage) => {
    const { client } = await stage.deploy("sign-in", poolWithCodes(stage.journal("sign-in")), {
      client: ref("Client"),
    });
    return new Guests(stage, client!);
  };
  [repaired, stock] = await Promise.all([guests(pair.repaired), guests(pair.stock)]);
}, 60_000);

afterAll(() => pair?.stop());

describe("one address", () => {
  test("cognito-one-user-per-address", async () => {
    const signedUp = async (guests: Guests) => {
      const addresses = ["twin@example.com", "twin@example.com", "Twin@Example.com"];
      const outcomes = await Promise.all(addresses.map((address) => refusal(guests.signUp(address))));
      return outcomes.filter((outcome) => outcome === "accepted").length;
    };
    expect(await signedUp(repaired)).toBe(1);
    expect(await signedUp(stock)).toBeGreaterThan(1);
  });

  test("is signed in with in any case", async () => {
    await repaired.signUp("case@example.com");
    expect((await repaired.enter("CASE@example.com")).AuthenticationResult).toBeDefined();
  });
});

describe("a sign-in with a code", () => {
  beforeAll(async () => void (await Promise.all([repaired, stock].map((guests) => guests.signUp("ada@example.com")))));

  test("gets tokens for the right answer, and its triggers the person's user name", async () => {
    const { Session } = await repaired.ask("ada@example.com");
    const answered = await repaired.answer("CUSTOM_CHALLENGE", Session, {
      USERNAME: "ada@example.com",
      ANSWER: "1234",
    });
    expect(answered.AuthenticationResult).toBeDefined();
    const { userName, request } = repaired.told("CreateAuth").at(-1)!;
    expect([userName, request.userNotFound]).toEqual([request.userAttributes["sub"], false]);
  });

  test("cognito-custom-auth-strangers", async () => {
    const USERNAME = "nobody@example.com";
    const known = await repaired.ask("ada@example.com");
    const asked = await repaired.ask(USERNAME);
    expect(asked).toMatchObject({ ChallengeName: "CUSTOM_CHALLENGE", ChallengeParameters: known.ChallengeParameters });
    expect(repaired.told("CreateAuth").at(-1)).toMatchObject({ userName: USERNAME, request: { userNotFound: true } });
    const lied = repaired.answer("CUSTOM_CHALLENGE", asked.Session, { USERNAME, ANSWER: "1234" });
    expect(await refusal(lied)).toContain("NotAuthorizedException");

    expect(await refusal(stock.ask(USERNAME))).toContain("UserNotFoundException");
  });

  test("cognito-verify-without-rounds", async () => {
    const USERNAME = "ada@example.com";
    const rounds = async (guests: Guests) => {
      const { Session } = await guests.ask(USERNAME);
      await guests.answer("CUSTOM_CHALLENGE", Session, { USERNAME, ANSWER: "no" });
      return guests.told("VerifyAuth").at(-1)!.request.session;
    };
    expect(await rounds(repaired)).toBeUndefined();
    expect(await rounds(stock)).toMatchObject([{ challengeName: "CUSTOM_CHALLENGE", challengeResult: null }]);
  });

  test("cognito-challenge-sessions", async () => {
    const USERNAME = "ada@example.com";
    const sessions = async (guests: Guests) => {
      const asked = await guests.ask(USERNAME);
      const again = await guests.answer("CUSTOM_CHALLENGE", asked.Session, { USERNAME, ANSWER: "no" });
      const old = guests.answer("CUSTOM_CHALLENGE", asked.Session, { USERNAME, ANSWER: "1234" });
      return [again.Session === asked.Session, await refusal(old)];
    };
    expect(await sessions(repaired)).toEqual([false, expect.stringContaining("NotAuthorizedException")]);
    expect(await sessions(stock)).toEqual([true, "accepted"]);
  });

  test("is not answered by somebody else, nor a challenge that was never put", async () => {
    const { Session } = await repaired.ask("ada@example.com");
    await repaired.signUp("eve@example.com");
    const elses = repaired.answer("CUSTOM_CHALLENGE", Session, { USERNAME: "eve@example.com", ANSWER: "1234" });
    expect(await refusal(elses)).toContain("NotAuthorizedException");
    for (const name of ["NEW_PASSWORD_REQUIRED", "MFA_SETUP", "SOFTWARE_TOKEN_MFA"] as const) {
      const invented = repaired.answer(name, "i".repeat(44), { USERNAME: "ada@example.com", NEW_PASSWORD: password });
      expect(await refusal(invented)).toContain("NotAuthorizedException");
    }
  });
});

test("cognito-token-trigger-error", async () => {
  for (const guests of [repaired, stock]) await guests.signUp(banned);
  const sentence = "UserLambdaValidationException: PreTokenGeneration failed with error banned.";
  expect(await refusal(repaired.enter(banned))).toBe(sentence);
  expect(await refusal(stock.enter(banned))).toBe("accepted");
});

test("cognito-refresh-rotation", async () => {
  const address = "turner@example.com";
  const refreshed = async (guests: Guests) => {
    await guests.signUp(address);
    const first = (await guests.enter(address)).AuthenticationResult!.RefreshToken!;
    const second = (await guests.refresh(first)).AuthenticationResult?.RefreshToken;
    return { first, second, again: await refusal(guests.refresh(first)) };
  };
  const { first, second, again } = await refreshed(repaired);
  expect(again).toContain("RefreshTokenReuseException");
  expect((await repaired.refresh(second!)).AuthenticationResult?.RefreshToken).toBeDefined();
  const byOldFlow = repaired.begin("REFRESH_TOKEN_AUTH", { REFRESH_TOKEN: first });
  expect(await refusal(byOldFlow)).toContain("InvalidParameterException");

  expect(await refreshed(stock)).toMatchObject({ second: undefined, again: "accepted" });
});

test("cognito-second-factor-choice", async () => {
  const address = "careful@example.com";
  const asked = async (guests: Guests) => {
    await guests.signUp(address);
    const token = (await guests.enter(address)).AuthenticationResult!.AccessToken!;
    const secret = await guests.associate(token);
    return { token, secret, before: (await guests.enter(address)).ChallengeName };
  };
  const { token, secret, before } = await asked(repaired);
  expect(before).toBeUndefined();
  await repaired.prefer(token);
  const { ChallengeName, Session } = await repaired.enter(address);
  expect(ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
  const answer = (code: string) =>
    repaired.answer(ChallengeName, Session, { USERNAME: address, SOFTWARE_TOKEN_MFA_CODE: code });
  expect(await refusal(answer("000000"))).toContain("CodeMismatchException");
  expect((await answer(totp(secret))).AuthenticationResult).toBeDefined();

  expect((await asked(stock)).before).toBe("SOFTWARE_TOKEN_MFA");
});
