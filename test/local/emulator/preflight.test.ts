/** What preflight asks, asked of a running AWS: before anything is there, and when everything is. */
import { randomUUID } from "node:crypto";
import { ACMClient, RequestCertificateCommand } from "@aws-sdk/client-acm";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateEmailIdentityCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { ask } from "#infra/preflight/aws";
import { missesOf } from "#infra/preflight/checks";
import { protect, stackPolicy } from "#infra/preflight/protect";
import { type Stage as Deployed, stageFrom } from "#infra/stages";
import { SocialPlatform } from "#shared/domain/social/platform";
import { ref, type Stage, startStage } from "./support.ts";

const surroundings = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_MAX_ATTEMPTS: "1" };
const before = { ...process.env };
let stage: Stage;

const NO_SECRET = "arn:aws:secretsmanager:us-east-1:000000000000:secret:none-AbCdEf";
const eachNetwork = (value: string) => Object.fromEntries(SocialPlatform.options.map((platform) => [platform, value]));
const social = (secretArn: string): string => JSON.stringify({ clientIds: eachNetwork("client"), secretArn });

const deployed = (told: Readonly<Record<string, string>> = {}): Deployed => {
  const context: Readonly<Record<string, string>> = {
    stage: "prod",
    alarmAddress: "alarms@example.com",
    linkDomainName: "go.example.com",
    corsOrigins: "https://app.example.com",
    linkCertificateArn: "arn:aws:acm:us-east-1:000000000000:certificate/none",
    senderAddress: "no-reply@example.com",
    senderIdentity: "existing",
    stripeSecretArn: NO_SECRET,
    social: social(NO_SECRET),
    standingStacks: "",
    ...told,
  };
  return stageFrom((name) => context[name]);
};
const misses = async (of: Deployed) => missesOf(of, await ask(of));

beforeAll(async () => {
  stage = await startStage("");
  Object.assign(process.env, surroundings, { AWS_ENDPOINT_URL: stage.url });
}, 60_000);

afterAll(async () => {
  process.env = { ...before };
  await stage?.stop();
});

test("an empty account lacks everything that it has to be given, each named", async () => {
  expect(await misses(deployed())).toEqual([
    expect.stringContaining("npx cdk bootstrap aws://000000000000/us-east-1"),
    expect.stringContaining("SES does not know example.com"),
    expect.stringContaining("There is no secret"),
    expect.stringContaining("There is no secret"),
    expect.stringContaining("There is no certificate"),
  ]);
});

/** What everything but the sender's identity follows from, once. */
async function given(): Promise<Readonly<Record<string, string>>> {
  const { client } = stage;
  const DomainName = "go.example.com";
  const { CertificateArn = "" } = await new ACMClient(client).send(new RequestCertificateCommand({ DomainName }));
  const secrets = new SecretsManagerClient(client);
  const secretOf = async (name: string, contents: object): Promise<string> => {
    const [Name, SecretString] = [`${name}-${randomUUID()}`, JSON.stringify(contents)];
    const { ARN = "" } = await secrets.send(new CreateSecretCommand({ Name, SecretString }));
    return ARN;
  };
  const Name = "/cdk-bootstrap/hnb659fds/version";
  await new SSMClient(client).send(new PutParameterCommand({ Name, Value: "28", Type: "String", Overwrite: true }));
  return {
    linkCertificateArn: CertificateArn,
    stripeSecretArn: await secretOf("stripe", { secretKey: "sk_test_x", webhookSecret: "whsec_x" }),
    social: social(await secretOf("social", eachNetwork("shh-client-secret"))),
  };
}

test("once it has been given, nothing misses; the stack that keeps data is protected when it stands, and so is what is in it", async () => {
  const told = await given();
  const complete = deployed(told);
  const sender = new SESv2Client(stage.client);
  await sender.send(new CreateEmailIdentityCommand({ EmailIdentity: "example.com" }));
  expect(await misses(complete)).toEqual([]);

  await stage.deploy("atomic-prod-data", { Topic: { Type: "AWS::SNS::Topic" } }, { topic: ref("Topic") });
  const { standingStacks, madeIdentities } = await ask(complete);
  expect({ standingStacks, madeIdentities }).toEqual({
    standingStacks: { said: ["atomic-prod-data"] },
    madeIdentities: { said: [] },
  });
  // Its topic tells nobody, which is found by what stands and not by what was meant.
  expect(await misses(complete)).toEqual([expect.stringContaining("alarms@example.com is not told by arn:aws:sns:")]);
  expect(await protect(complete, ["atomic-prod-data"])).toEqual(["atomic-prod-data"]);
  const description = await stage.cloudFormation({ Action: "DescribeStacks", StackName: "atomic-prod-data" });
  expect(description).toContain("<EnableTerminationProtection>true<");
  const policy = await stage.cloudFormation({ Action: "GetStackPolicy", StackName: "atomic-prod-data" });
  expect(policy.replaceAll("&quot;", '"')).toContain(JSON.stringify(stackPolicy));
});

test("an identity is the stage's own where its stack has made it, and stays what it was first deployed as", async () => {
  const made = (EmailIdentity: string) => ({ Type: "AWS::SES::EmailIdentity", Properties: { EmailIdentity } });
  await stage.deploy("atomic-dev-data", { Domain: made("dev.example") });
  const told = { ...(await given()), stage: "dev", senderAddress: "no-reply@dev.example" };
  const creating = deployed({ ...told, senderIdentity: "create" });
  expect((await ask(creating)).madeIdentities).toEqual({ said: ["dev.example"] });
  expect(await misses(creating)).toEqual([]);
  expect(await misses(deployed({ ...told, senderIdentity: "existing" }))).toEqual([
    expect.stringContaining("say senderIdentity=create"),
  ]);
  // The other way round: the account has one that the stack of this stage has not made.
  const others = { ...told, senderAddress: "no-reply@example.com" };
  expect(await misses(deployed({ ...others, senderIdentity: "create" }))).toEqual([
    expect.stringContaining("say senderIdentity=existing"),
  ]);
});
