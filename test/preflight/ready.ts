/** A stage of an account that has everything that preflight asks for, before the first deploy. */
import type { Answers } from "#infra/preflight/answers";
import { missesOf } from "#infra/preflight/checks";
import { SocialPlatform } from "#shared/domain/social/platform";
import { type Stage, stageFrom } from "#infra/stages";

export const ACCOUNT = "123456789012";
export const SECRET_ARN = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:stripe-AbCdEf`;
export const SOCIAL_SECRET_ARN = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:social-AbCdEf`;
const eachNetwork = (value: string) =>
  Object.fromEntries(SocialPlatform.options.map((platform) => [platform, value])) as Record<SocialPlatform, string>;
export const socialSecrets = eachNetwork("shh-client-secret");
const context: Readonly<Record<string, string>> = {
  stage: "prod",
  alarmAddress: "alarms@example.com",
  linkDomainName: "go.example.com",
  corsOrigins: "https://app.example.com",
  linkCertificateArn: `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/x`,
  senderAddress: "no-reply@example.com",
  senderIdentity: "existing",
  stripeSecretArn: SECRET_ARN,
  social: JSON.stringify({ clientIds: eachNetwork("client"), secretArn: SOCIAL_SECRET_ARN }),
  standingStacks: "",
};
const stageWith = (told: Readonly<Record<string, string>>): Stage =>
  stageFrom((name) => ({ ...context, ...told })[name]);

export const secret = { secretKey: "sk_live_51abc", webhookSecret: "whsec_abc" };
export const ready: Answers = {
  account: { said: ACCOUNT },
  bootstrapVersion: { said: 28 },
  mailAccount: { said: { productionAccess: true, sendingEnabled: true } },
  mailIdentity: { said: { verified: true } },
  paymentSecret: { said: JSON.stringify(secret) },
  paymentSecretKept: { said: { arn: SECRET_ARN, key: undefined } },
  googleSecret: { said: undefined },
  socialSecret: { said: JSON.stringify(socialSecrets) },
  socialSecretKept: { said: { arn: SOCIAL_SECRET_ARN, key: undefined } },
  certificate: { said: { status: "ISSUED", hosts: ["go.example.com"] } },
  concurrency: { said: { limit: 1_000, reservedByOthers: 0 } },
  standingStacks: { said: [] },
  madeIdentities: { said: [] },
  subscriptions: { said: [] },
};
export const misses = (parts: Partial<Answers>, told: Readonly<Record<string, string>> = {}) =>
  missesOf(stageWith(told), { ...ready, ...parts });
