import { CfnOutput, Duration, Stack, type StackProps } from "aws-cdk-lib";
import {
  AccountRecovery,
  CfnUserPoolGroup,
  ClientAttributes,
  FeaturePlan,
  LambdaVersion,
  Mfa,
  StringAttribute,
  UserPool,
  UserPoolClient,
  UserPoolEmail,
  UserPoolOperation,
} from "aws-cdk-lib/aws-cognito";
import type { Construct } from "constructs";
import { actions } from "#shared/contracts/index";
import { CODE_MINUTES } from "#shared/domain/users/sign-in";
import { ActionFunction } from "../constructs/action-function.ts";
import { GoogleSignIn } from "../constructs/google-sign-in.ts";
import { removalPolicyOfGuarded } from "../retention.ts";
import { domainOf, type Stage } from "../stages.ts";
import type { Surroundings } from "../surroundings.ts";

export interface IdentityStackProps extends StackProps {
  readonly stage: Stage;
  /** Everything but the pool, which is made here, and the API, which comes after it. */
  readonly around: Omit<Surroundings, "userPool" | "apiOrigin">;
}

/** Cognito's own word for each trigger of ours. */
const operations = {
  preSignUp: UserPoolOperation.PRE_SIGN_UP,
  postConfirmation: UserPoolOperation.POST_CONFIRMATION,
  preTokenGeneration: UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG,
  defineAuthChallenge: UserPoolOperation.DEFINE_AUTH_CHALLENGE,
  createAuthChallenge: UserPoolOperation.CREATE_AUTH_CHALLENGE,
  verifyAuthChallengeResponse: UserPoolOperation.VERIFY_AUTH_CHALLENGE_RESPONSE,
  customMessage: UserPoolOperation.CUSTOM_MESSAGE,
} as const;

/** Version 1 of the token trigger writes id tokens alone, and the API is called with access tokens. */
const versions = { preTokenGeneration: LambdaVersion.V2_0 } as const;

/**
 * What a web page may write of its user. The role is asked for at sign-up, which takes the right to write it, and cannot be
 * changed afterwards. Whether an address is verified is for the pool alone to say.
 */
const written = new ClientAttributes()
  .withStandardAttributes({ email: true, fullname: true })
  .withCustomAttributes("role");

const groups = {
  admin: "Keep order on the platform",
  brand: "Fund and run campaigns",
  creator: "Take part in campaigns",
} as const;

/** Who people are: the pool, its groups (our roles), the client that web pages sign in with, and the pool's triggers. */
export class IdentityStack extends Stack {
  readonly userPool: Surroundings["userPool"];

  constructor(scope: Construct, id: string, { stage, around, ...props }: IdentityStackProps) {
    super(scope, id, props);
    const pool = this.makePool(stage, around.mailSettings);
    for (const [groupName, description] of Object.entries(groups)) {
      new CfnUserPoolGroup(this, `Group-${groupName}`, { userPoolId: pool.userPoolId, groupName, description });
    }
    const client = this.makeClient(pool, stage);
    const { google } = stage;
    const federated = google && new GoogleSignIn(this, "GoogleSignIn", { pool, google, appUrl: stage.appUrl });
    const clientIds = [client.userPoolClientId, ...(federated ? [federated.clientId] : [])];
    this.userPool = { id: pool.userPoolId, arn: pool.userPoolArn, clientIds };
    for (const action of actions) {
      if (action.contract.trigger !== "onUserPool") continue;
      const made = new ActionFunction(this, action.name, { action, around: { ...around, userPool: this.userPool } });
      const { on } = action.contract;
      pool.addTrigger(operations[on], made.lambda, on === "preTokenGeneration" ? versions[on] : undefined);
    }
    new CfnOutput(this, "UserPoolId", { value: pool.userPoolId, description: "Where people sign up and in" });
    new CfnOutput(this, "UserPoolClientId", {
      value: client.userPoolClientId,
      description: "What web pages sign in as",
    });
  }

  private makePool(stage: Stage, mailSettings: string): UserPool {
    return new UserPool(this, "People", {
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      // A changed address holds once its code came back; until then the old one signs in and gets the mail.
      keepOriginal: { email: true },
      standardAttributes: { email: { required: true, mutable: true }, fullname: { required: false, mutable: true } },
      customAttributes: { role: new StringAttribute({ minLen: 1, maxLen: 16, mutable: false }) },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      ...(stage.poolMailsThroughSes && { email: mailsOf(stage, mailSettings) }),
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: stage.keepsData,
      removalPolicy: removalPolicyOfGuarded(stage),
    });
  }

  private makeClient(pool: UserPool, stage: Stage): UserPoolClient {
    return pool.addClient("Web", {
      generateSecret: false,
      authFlows: { userSrp: true, custom: true, userPassword: stage.passwordSignIn },
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
      // A new refresh token with each refresh; the old one holds for as long as a client may ask again that heard no answer.
      refreshTokenRotationGracePeriod: Duration.seconds(30),
      enableTokenRevocation: true,
      // As long as the code that somebody is looking for in their mails.
      authSessionValidity: Duration.minutes(CODE_MINUTES),
      preventUserExistenceErrors: true,
      disableOAuth: true,
      readAttributes: written.withStandardAttributes({ email: true, emailVerified: true, fullname: true }),
      writeAttributes: written,
    });
  }
}

/** The pool's mails from our own address, under the same settings as all others. Its domain must be verified by then. */
const mailsOf = ({ senderAddress, region }: Stage, configurationSetName: string): UserPoolEmail =>
  UserPoolEmail.withSES({
    fromEmail: senderAddress,
    fromName: "Atomic Influence",
    sesVerifiedDomain: domainOf(senderAddress),
    sesRegion: region,
    configurationSetName,
  });
