/** Asks AWS, with the caller's own credentials, what preflight judges. */
import { ACMClient, DescribeCertificateCommand } from "@aws-sdk/client-acm";
import {
  CloudFormationClient,
  paginateDescribeStacks,
  paginateListStackResources,
} from "@aws-sdk/client-cloudformation";
import { GetAccountSettingsCommand, GetFunctionConcurrencyCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { DescribeSecretCommand, GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetAccountCommand, GetEmailIdentityCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { ListSubscriptionsByTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { actions } from "#shared/contracts/index";
import { functionNameOf, stackNameOf } from "../names.ts";
import { domainOf, type Stage } from "../stages.ts";
import { type Answer, type Answers, holds, type SecretKept, stands, type Subscription } from "./answers.ts";

/** What is asked in a stage's region. Each question is answered, or says why not; none stops another. */
export async function ask(stage: Stage): Promise<Answers> {
  const stacks = askStandingStacks(stage);
  const asked: { readonly [K in keyof Answers]: Promise<Answers[K]> } = {
    account: answer(() => askAccount(stage)),
    bootstrapVersion: answer(() => absent(["ParameterNotFound"], () => askBootstrap(stage))),
    mailAccount: answer(() => askMailAccount(stage)),
    mailIdentity: answer(() => absent(["NotFoundException"], () => askIdentity(stage))),
    paymentSecret: answer(() => absent(["ResourceNotFoundException"], () => askSecret(stage))),
    paymentSecretKept: answer(() => absent(["ResourceNotFoundException"], () => askKept(stage, stage.stripe))),
    googleSecret: answer(() => absent(["ResourceNotFoundException"], () => askGoogleSecret(stage))),
    socialSecret: answer(() => absent(["ResourceNotFoundException"], () => askSocialSecret(stage))),
    socialSecretKept: answer(() => absent(["ResourceNotFoundException"], () => askKept(stage, stage.social))),
    certificate: answer(() => absent(["ResourceNotFoundException"], () => askCertificate(stage))),
    concurrency: answer(() => askConcurrency(stage)),
    standingStacks: answer(() => stacks),
    madeIdentities: answer(async () => askMadeIdentities(stage, await stacks)),
    subscriptions: answer(async () => askSubscriptions(stage, await stacks)),
  };
  const answered = await Promise.all(Object.entries(asked).map(async ([name, one]) => [name, await one] as const));
  return Object.fromEntries(answered) as unknown as Answers;
}

/** Names of the stage's stacks that came up once. @throws what AWS said instead. */
export async function askStandingStacks({ name, region }: Stage): Promise<readonly string[]> {
  const standing: string[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client: new CloudFormationClient({ region }) }, {}))
    for (const { StackName = "", StackStatus = "" } of Stacks)
      if (StackName.startsWith(stackNameOf(name, "")) && stands(StackStatus)) standing.push(StackName);
  return standing.sort();
}

async function answer<T>(question: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { said: await question() };
  } catch (error) {
    return { unanswered: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** AWS says by an error of one of these names that there is no such thing. */
async function absent<T>(names: readonly string[], question: () => Promise<T>): Promise<T | undefined> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof Error && names.includes(error.name)) return undefined;
    throw error;
  }
}

async function askAccount({ region }: Stage): Promise<string> {
  const { Account = "" } = await new STSClient({ region }).send(new GetCallerIdentityCommand({}));
  return Account;
}

async function askBootstrap({ region }: Stage): Promise<number> {
  const Name = "/cdk-bootstrap/hnb659fds/version";
  const { Parameter } = await new SSMClient({ region }).send(new GetParameterCommand({ Name }));
  return Number(Parameter?.Value);
}

async function askMailAccount({ region }: Stage) {
  const said = await new SESv2Client({ region }).send(new GetAccountCommand({}));
  return { productionAccess: said.ProductionAccessEnabled === true, sendingEnabled: said.SendingEnabled === true };
}

async function askIdentity({ region, senderAddress }: Stage) {
  const EmailIdentity = domainOf(senderAddress);
  const said = await new SESv2Client({ region }).send(new GetEmailIdentityCommand({ EmailIdentity }));
  return { verified: said.VerifiedForSendingStatus === true };
}

const askSecret = async (stage: Stage): Promise<string> => {
  const { secret } = stage.stripe;
  return "arn" in secret ? contentsOf(stage, secret.arn) : JSON.stringify(secret);
};

async function askKept({ region }: Stage, holder: Stage["stripe"] | Stage["social"]): Promise<SecretKept | undefined> {
  if (!holder || !("arn" in holder.secret)) return undefined;
  const { secret } = holder;
  const client = new SecretsManagerClient({ region });
  const { ARN = "", KmsKeyId } = await client.send(new DescribeSecretCommand({ SecretId: secret.arn }));
  return { arn: ARN, key: KmsKeyId };
}

const askGoogleSecret = async (stage: Stage): Promise<string | undefined> =>
  stage.google && contentsOf(stage, stage.google.secretArn);

const askSocialSecret = async (stage: Stage): Promise<string | undefined> =>
  stage.social && "arn" in stage.social.secret ? contentsOf(stage, stage.social.secret.arn) : undefined;

async function contentsOf({ region }: Stage, SecretId: string): Promise<string> {
  const client = new SecretsManagerClient({ region });
  const { SecretString = "" } = await client.send(new GetSecretValueCommand({ SecretId }));
  return SecretString;
}

async function askCertificate({ region, linkDomain }: Stage) {
  if (linkDomain === undefined) return undefined;
  const CertificateArn = linkDomain.certificateArn;
  const { Certificate } = await new ACMClient({ region }).send(new DescribeCertificateCommand({ CertificateArn }));
  const { Status = "", DomainName = "", SubjectAlternativeNames = [] } = Certificate ?? {};
  return { status: Status, hosts: [...new Set([DomainName, ...SubjectAlternativeNames])] };
}

async function askConcurrency(stage: Stage) {
  const client = new LambdaClient({ region: stage.region });
  const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
  const { ConcurrentExecutions: limit = 0, UnreservedConcurrentExecutions: unreserved = limit } = AccountLimit ?? {};
  const ours = actions.filter(({ name }) => Object.hasOwn(stage.reservedConcurrency, name));
  const kept = await Promise.all(
    ours.map((action) =>
      absent(["ResourceNotFoundException"], async () => {
        const FunctionName = functionNameOf(stage.name, action);
        return (await client.send(new GetFunctionConcurrencyCommand({ FunctionName }))).ReservedConcurrentExecutions;
      }),
    ),
  );
  const reservedByUs = kept.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  return { limit, reservedByOthers: limit - unreserved - reservedByUs };
}

async function askMadeIdentities(stage: Stage, standing: readonly string[]): Promise<readonly string[]> {
  const data = stackNameOf(stage.name, "data");
  return standing.includes(data) ? resourcesOf(stage, data, "AWS::SES::EmailIdentity") : [];
}

/** Topics that mail the stage's address lie in two of its stacks: alarms, and what SES says of our mails. */
async function askSubscriptions(stage: Stage, standing: readonly string[]): Promise<readonly Subscription[]> {
  const stacks = ["alarms", "data"].map((part) => stackNameOf(stage.name, part));
  const topics = await Promise.all(
    stacks.filter((name) => standing.includes(name)).map((name) => resourcesOf(stage, name, "AWS::SNS::Topic")),
  );
  return Promise.all(topics.flat().map((topicArn) => askSubscription(stage, topicArn)));
}

/** Ids of what a stack holds of a type. One that could not be made is listed, and so may be one that it no longer holds. */
async function resourcesOf({ region }: Stage, StackName: string, type: string): Promise<readonly string[]> {
  const client = new CloudFormationClient({ region });
  const ids: string[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName }))
    for (const { ResourceType, ResourceStatus = "", PhysicalResourceId } of StackResourceSummaries)
      if (ResourceType === type && PhysicalResourceId !== undefined && holds(ResourceStatus))
        ids.push(PhysicalResourceId);
  return ids;
}

async function askSubscription({ region, alarmAddress }: Stage, topicArn: string): Promise<Subscription> {
  const client = new SNSClient({ region });
  const { Subscriptions = [] } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }));
  const arns = Subscriptions.filter(({ Endpoint }) => Endpoint === alarmAddress).map(
    (one) => one.SubscriptionArn ?? "",
  );
  if (arns.some((arn) => arn.startsWith("arn:"))) return { topicArn, standing: "confirmed" };
  return { topicArn, standing: arns.includes("PendingConfirmation") ? "pending" : "missing" };
}
