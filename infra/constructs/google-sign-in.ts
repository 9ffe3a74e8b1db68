import { CfnOutput, Duration, SecretValue, Stack } from "aws-cdk-lib";
import {
  ClientAttributes,
  OAuthScope,
  ProviderAttribute,
  type UserPool,
  UserPoolClientIdentityProvider,
  UserPoolIdentityProviderGoogle,
} from "aws-cdk-lib/aws-cognito";
import { Construct } from "constructs";
import type { Stage } from "../stages.ts";

export interface GoogleSignInProps {
  readonly pool: UserPool;
  readonly google: NonNullable<Stage["google"]>;
  /** Where the web client is, without a path. */
  readonly appUrl: string;
}

/**
 * Signing in with Google, as a client of its own. The pool writes what is mapped in the client's name, so the client must have
 * the right to write whether an address is verified (Cognito API reference, UserPoolClientType, `WriteAttributes`). Nobody
 * gets that right with it: its tokens lack the scope that the pool's own API asks for, and it takes no password of people's.
 */
export class GoogleSignIn extends Construct {
  readonly clientId: string;

  constructor(scope: Construct, id: string, { pool, google, appUrl }: GoogleSignInProps) {
    super(scope, id);
    const provider = new UserPoolIdentityProviderGoogle(this, "Provider", {
      userPool: pool,
      clientId: google.clientId,
      clientSecretValue: SecretValue.secretsManager(google.secretArn),
      scopes: ["openid", "email", "profile"],
      attributeMapping: {
        email: ProviderAttribute.GOOGLE_EMAIL,
        // Left out, every sign-in would make the address an unverified one.
        emailVerified: ProviderAttribute.GOOGLE_EMAIL_VERIFIED,
        fullname: ProviderAttribute.GOOGLE_NAME,
      },
    });
    const domain = pool.addDomain("Domain", { cognitoDomain: { domainPrefix: google.domainPrefix } });
    const mapped = new ClientAttributes().withStandardAttributes({ email: true, emailVerified: true, fullname: true });
    const client = pool.addClient("Google", {
      generateSecret: false,
      supportedIdentityProviders: [UserPoolClientIdentityProvider.GOOGLE],
      // Asks for credentials of ours. None at all would be those that people use.
      authFlows: { adminUserPassword: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [`${appUrl}/sign-in/google`],
        logoutUrls: [`${appUrl}/sign-in`],
      },
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
      refreshTokenRotationGracePeriod: Duration.seconds(30),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
      readAttributes: mapped,
      writeAttributes: mapped,
    });
    client.node.addDependency(provider);
    this.clientId = client.userPoolClientId;
    new CfnOutput(Stack.of(this), "GoogleClientId", {
      value: client.userPoolClientId,
      description: "What web pages sign in with Google as",
    });
    new CfnOutput(Stack.of(this), "GoogleSignInUrl", {
      value: domain.baseUrl(),
      description: "Where signing in with Google begins; Google must know its /oauth2/idpresponse",
    });
  }
}
