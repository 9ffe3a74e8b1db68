import { SecretValue } from "aws-cdk-lib";
import { Key } from "aws-cdk-lib/aws-kms";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { removalPolicyOf } from "../retention.ts";
import type { Social, Stage } from "../stages.ts";

export interface SocialSecretsProps {
  readonly stage: Stage;
  readonly social: Social;
}

/**
 * What proves who we are to the networks, and the key that people's tokens are sealed under. Of our own, and not AWS's: who may
 * open tokens is said by function, and whoever takes the key away takes every token away.
 */
export class SocialSecrets extends Construct {
  readonly secretArn: string;
  readonly tokenKey: Key;

  constructor(scope: Construct, id: string, { stage, social: { secret } }: SocialSecretsProps) {
    super(scope, id);
    this.tokenKey = new Key(this, "TokenKey", {
      description: "Seals the tokens of people's social accounts",
      enableKeyRotation: true,
      removalPolicy: removalPolicyOf(stage),
    });
    this.secretArn = "arn" in secret ? secret.arn : this.standInSecret(secret);
  }

  /** Not a secret: the local stage's stand-ins take these alone. */
  private standInSecret(contents: object): string {
    return new Secret(this, "Clients", {
      description: "Client secrets with the networks' stand-ins",
      secretStringValue: SecretValue.unsafePlainText(JSON.stringify(contents)),
    }).secretArn;
  }
}
