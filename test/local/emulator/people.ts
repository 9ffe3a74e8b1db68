import {
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  GetUserCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { attribute, inlineFunction, ref, type Resources, type Stage } from "./support.ts";

const password = "Correct-horse-1";
export const refusedAddress = "refused@example.com";
const triggers = `
exports.handler = async (event) => {
  note(event);
  if (event.request.userAttributes.email === "${refusedAddress}") throw new Error("blocked by policy");
  if (event.triggerSource.startsWith("CustomMessage_"))
    event.response.emailMessage = "Ours: " + event.request.codeParameter;
  if (event.triggerSource.startsWith("TokenGeneration_"))
    event.response.claimsAndScopeOverrideDetails = { groupOverrideDetails: { groupsToOverride: ["creator"] } };
  return event;
};`;

export function poolWithTriggers(journal: string): Resources {
  const arn = attribute("Triggers");
  return {
    Triggers: inlineFunction(triggers, { journal }),
    Pool: {
      Type: "AWS::Cognito::UserPool",
      Properties: {
        UsernameAttributes: ["email"],
        AutoVerifiedAttributes: ["email"],
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
        LambdaConfig: {
          PreSignUp: arn,
          PostConfirmation: arn,
          CustomMessage: arn,
          PostAuthentication: arn,
          PreTokenGenerationConfig: { LambdaArn: arn, LambdaVersion: "V2_0" },
        },
      },
    },
    Client: {
      Type: "AWS::Cognito::UserPoolClient",
      Properties: {
        UserPoolId: ref("Pool"),
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      },
    },
  };
}

/** A pool with every trigger, driven as a person's client drives it. */
export class People {
  readonly stage: Stage;
  private readonly ClientId: string;
  private readonly cognito: CognitoIdentityProviderClient;

  constructor(stage: Stage, clientId: string) {
    this.stage = stage;
    this.ClientId = clientId;
    this.cognito = new CognitoIdentityProviderClient(stage.client);
  }

  signUp(Username: string, ClientMetadata: Record<string, string> = {}) {
    const { ClientId } = this;
    return this.cognito.send(new SignUpCommand({ ClientId, Username, Password: password, ClientMetadata }));
  }

  confirm(Username: string, ConfirmationCode: string) {
    return this.cognito.send(new ConfirmSignUpCommand({ ClientId: this.ClientId, Username, ConfirmationCode }));
  }

  forget(Username: string) {
    return this.cognito.send(new ForgotPasswordCommand({ ClientId: this.ClientId, Username }));
  }

  setPassword(Username: string, ConfirmationCode: string, Password: string) {
    const { ClientId } = this;
    return this.cognito.send(new ConfirmForgotPasswordCommand({ ClientId, Username, ConfirmationCode, Password }));
  }

  async signIn(USERNAME: string, PASSWORD = password) {
    const AuthParameters = { USERNAME, PASSWORD };
    const { ClientId } = this;
    const command = new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    return (await this.cognito.send(command)).AuthenticationResult!;
  }

  async refresh(REFRESH_TOKEN: string) {
    const AuthParameters = { REFRESH_TOKEN };
    const { ClientId } = this;
    const command = new InitiateAuthCommand({ ClientId, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters });
    return (await this.cognito.send(command)).AuthenticationResult!;
  }

  async revoke(Token: string) {
    await this.cognito.send(new RevokeTokenCommand({ ClientId: this.ClientId, Token }));
  }

  whoIs(AccessToken: string) {
    return this.cognito.send(new GetUserCommand({ AccessToken }));
  }

  moveTo(AccessToken: string, Value: string) {
    const UserAttributes = [{ Name: "email", Value }];
    return this.cognito.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes }));
  }

  verifyAddress(AccessToken: string, Code: string) {
    return this.cognito.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: "email", Code }));
  }

  async addressOf(AccessToken: string) {
    const { UserAttributes = [] } = await this.whoIs(AccessToken);
    return UserAttributes.find(({ Name }) => Name === "email")?.Value;
  }

  async mailedCode(address: string): Promise<string> {
    return /\b\d{6}\b/.exec(await this.stage.mailTo(address))?.[0] ?? "no code";
  }

  async join(address: string) {
    await this.signUp(address);
    await this.confirm(address, await this.mailedCode(address));
  }

  sources(address: string): string[] {
    interface Event {
      triggerSource: string;
      request: { userAttributes: { email: string } };
    }
    const events = this.stage.entries<Event>("triggers");
    return events.filter((e) => e.request.userAttributes.email === address).map((e) => e.triggerSource);
  }
}
