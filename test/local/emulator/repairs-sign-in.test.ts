/** Cognito's sign-ins in several steps: codes, second factors, rotation, strangers, and two who are one. */
import { createHmac } from "node:crypto";
import {
  AssociateSoftwareTokenCommand,
  CognitoIdentityProviderClient,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  type InitiateAuthCommandInput,
  RespondToAuthChallengeCommand,
  type RespondToAuthChallengeCommandInput,
  SetUserMFAPreferenceCommand,
  SignUpCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  attribute,
  inlineFunction,
  type Pair,
  ref,
  refusal,
  type Resources,
  type Stage,
  startPair,
} from "./support.ts";

const password = "Correct-horse-1";
const banned = "banned@example.com";
/** A slow door, everybody's code is 1234, and one who gets no tokens. */
const triggers = `
exports.handler = async (event) => {
  note(event);
  const { triggerSource, request, response } = event;
  if (triggerSource === "PreSignUp_SignUp") {
    await new Promise((resolve) => setTimeout(resolve, 300));
    Object.assign(response, { autoConfirmUser: true, autoVerifyEmail: true });
  }
  if (triggerSource.startsWith("TokenGeneration") && request.userAttributes.email === "${banned}") throw new Error("banned");
  if (triggerSource.startsWith("DefineAuth")) {
    const last = request.session.at(-1);
    Object.assign(response, last && last.challengeResult ? { issueTokens: true } : { challengeName: "CUSTOM_CHALLENGE" });
  }
  if (triggerSource.startsWith("CreateAuth"))
    Object.assign(response, { publicChallengeParameters: { a: "b" }, privateChallengeParameters: { c: "d" } });
  if (triggerSource.startsWith("VerifyAuth")) response.answerCorrect = request.challengeAnswer === "1234";
  return event;
};`;

function pool(journal: string): Resources {
  const arn = attribute("Triggers");
  const on = ["PreSignUp", "DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"];
  return {
    Triggers: inlineFunction(triggers, { journal }),
    Pool: {
      Type: "AWS::Cognito::UserPool",
      Properties: {
        UsernameAttributes: ["email"],
        UsernameConfiguration: { CaseSensitive: false },
        MfaConfiguration: "OPTIONAL",
        EnabledMfas: ["SOFTWARE_TOKEN_MFA"],
        LambdaConfig: {
          ...Object.fromEntries(on.map((name) => [name, arn])),
          PreTokenGenerationConfig: { LambdaArn: arn, LambdaVersion: "V2_0" },
        },
      },
    },
    Client: {
      Type: "AWS::Cognito::UserPoolClient",
      Properties: {
        UserPoolId: ref("Pool"),
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH"],
        PreventUserExistenceErrors: "ENABLED",
        RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 0 },
      },
    },
  };
}

class Guests {
  readonly stage: Stage;
  readonly cognito: CognitoIdentityProviderClient;
  private readonly ClientId: string;

  constructor(stage: Stage, clientId: string) {
    this.stage = stage;
    this.ClientId = clientId;
    this.cognito = new CognitoIdentityProviderClient(stage.client);
  }

  signUp(Username: string) {
    return this.cognito.send(new SignUpCommand({ ClientId: this.ClientId, Username, Password: password }));
  }

  begin(AuthFlow: InitiateAuthCommandInput["AuthFlow"], AuthParameters: Record<string, string>) {
    return this.cognito.send(new InitiateAuthCommand({ ClientId: this.ClientId, AuthFlow, AuthParameters }));
  }

  enter(USERNAME: string) {
    return this.begin("USER_PASSWORD_AUTH", { USERNAME, PASSWORD: password });
  }

  ask(USERNAME: string) {
    return this.begin("CUSTOM_AUTH", { USERNAME });
  }

  answer(
    ChallengeName: RespondToAuthChallengeCommandInput["ChallengeName"],
    Session: string | undefined,
    ChallengeResponses: Record<string, string>,
  ) {
    const { ClientId } = this;
    return this.cognito.send(
      new RespondToAuthChallengeCommand({ ClientId, ChallengeName, Session, ChallengeResponses }),
    );
  }

  refresh(RefreshToken: string) {
    return this.cognito.send(new GetTokensFromRefreshTokenCommand({ ClientId: this.ClientId, RefreshToken }));
  }

  /** An authenticator that was verified. */
  async associate(AccessToken: string): Promise<string> {
    const { SecretCode = "" } = await this.cognito.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    await this.cognito.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: totp(SecretCode) }));
    return SecretCode;
  }

  prefer(AccessToken: string) {
    const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
    return this.cognito.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings }));
  }

  /** What triggers were told of a kind of event. */
  told(source: string) {
    interface Told {
      readonly triggerSource: string;
      readonly userName: string;
      readonly request: { readonly userNotFound: boolean; readonly userAttributes: Record<string, string> };
    }
    return this.stage.entries<Told>("sign-in").filter(({ triggerSource }) => triggerSource.startsWith(source));
  }
}

/** RFC 6238, of this half minute. */
function totp(secret: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/=+$/, "")]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", key).update(counter).digest();
  const offset = hash.at(-1)! & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

let pair: Pair;
let repaired: Guests;
let stock: Guests;

beforeAll(async () => {
  pair = await startPair();
  const guests = async (stage: Stage) => {
    const { client } = await stage.deploy("sign-in", pool(stage.journal("sign-in")), { client: ref("Client") });
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
