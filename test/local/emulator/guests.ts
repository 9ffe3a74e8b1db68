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
import { attribute, inlineFunction, ref, type Resources, type Stage } from "./support.ts";

export const password = "Correct-horse-1";
export const banned = "banned@example.com";
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

export function poolWithCodes(journal: string): Resources {
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

/** What a trigger was told. */
export interface Told {
  readonly triggerSource: string;
  readonly userName: string;
  readonly request: {
    readonly userNotFound: boolean;
    readonly userAttributes: Record<string, string>;
    readonly session?: readonly object[];
  };
}

/** A pool with those triggers, driven as a person's client drives it. */
export class Guests {
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
    return this.stage.entries<Told>("sign-in").filter(({ triggerSource }) => triggerSource.startsWith(source));
  }
}

/** RFC 6238, of this half minute. */
export function totp(secret: string): string {
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
