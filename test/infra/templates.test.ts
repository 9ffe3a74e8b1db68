/** What the templates of every stage promise. One synth for each stage, shared by all tests. */
import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { acknowledge } from "#infra/acknowledgements";
import { assemble } from "#infra/app";
import { budgets, bundle, exceptions, sizesOf } from "#infra/build/bundle";
import { environmentNamesOf } from "#infra/provide";
import { type StageName, stageOf } from "#infra/stages";
import { actions } from "#shared/contracts/index";

interface Resource {
  readonly Type: string;
  // A template's properties are looked into, not typed.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly Properties: any;
  readonly DeletionPolicy?: string;
}
interface Found extends Resource {
  readonly stack: string;
  readonly id: string;
}

const deployed = {
  alarmAddress: "alarms@example.com", linkDomainName: "go.example.com", corsOrigins: "https://app.example.com",
  linkCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/x", senderAddress: "no-reply@example.com",
  stripeSecretArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:stripe-AbCdEf",
}; // prettier-ignore
const contexts: Readonly<Record<StageName, object>> = {
  local: {
    linkOrigin: "http://localhost:4000", corsOrigins: "http://localhost:4000", stripeApiBase: "http://127.0.0.1:4002",
    stripeSecretKey: "sk_test_local", stripeWebhookSecret: "whsec_local",
  },
  dev: deployed,
  prod: deployed,
}; // prettier-ignore
const flags = { "@aws-cdk/core:defaultCrossStackReferences": "strong", "@aws-cdk/aws-iam:minimizePolicies": true };

const resources: Partial<Record<StageName, readonly Found[]>> = {};
const seconds: Partial<Record<StageName, number>> = {};
const of = (stage: StageName, type: string): Found[] => (resources[stage] ?? []).filter(({ Type }) => Type === type);
const functionsOf = (stage: StageName): Map<string, Found> =>
  new Map(of(stage, "AWS::Lambda::Function").map((one) => [String(one.Properties.FunctionName), one]));
let sizes: ReturnType<typeof sizesOf> = [];

function synthesize(stage: StageName): void {
  const started = performance.now();
  const folder = process.env["TEMPLATES"];
  const app = new App({
    ...(folder && { outdir: `${folder}/${stage}` }),
    context: { stage, ...contexts[stage], ...flags },
  });
  assemble(app, stageOf(app));
  acknowledge(app);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  const assembly = app.synth();
  seconds[stage] = (performance.now() - started) / 1000;
  resources[stage] = assembly.stacks.flatMap((stack) =>
    Object.entries((stack.template as { Resources: Record<string, Resource> }).Resources).map(([id, resource]) => ({
      ...resource,
      id,
      stack: stack.stackName,
    })),
  );
}

beforeAll(async () => {
  sizes = sizesOf(await bundle());
  for (const stage of ["local", "dev", "prod"] as const) synthesize(stage);
}, 180_000);

describe.each(["local", "dev", "prod"] as const)("stage %s", (stage) => {
  test("synthesizes within 20 s, without an unacknowledged finding", () => {
    expect(seconds[stage]).toBeLessThan(20);
    expect(resources[stage]?.length).toBeGreaterThan(400);
  });

  test("has a function for each contract and none besides", () => {
    expect([...functionsOf(stage).keys()].sort()).toEqual(
      actions.map(({ kebabName }) => `atomic-${stage}-${kebabName}`).sort(),
    );
  });

  test("keeps every stack at 400 resources or less", () => {
    const counts = Object.groupBy(resources[stage] ?? [], ({ stack }) => stack);
    const sizesOfStacks = Object.fromEntries(
      Object.entries(counts).map(([name, ofStack]) => [name, ofStack?.length ?? 0]),
    );
    console.log(JSON.stringify(sizesOfStacks));
    expect(Object.values(sizesOfStacks).filter((count) => count > 400)).toEqual([]);
  });

  test("routes each HTTP action, behind the authorizer unless it is public", () => {
    const routes = new Map(
      of(stage, "AWS::ApiGatewayV2::Route").map((route) => [String(route.Properties.RouteKey), route.Properties]),
    );
    const expected = actions.flatMap(({ contract }) =>
      contract.trigger === "http" ? [{ contract, key: contract.catchAll ? "$default" : contract.route }] : [],
    );
    expect([...routes.keys()].sort()).toEqual(expected.map(({ key }) => key).sort());
    for (const { contract, key } of expected) {
      expect([key, routes.get(key)?.AuthorizationType]).toEqual([key, contract.roles === "public" ? "NONE" : "JWT"]);
    }
  });

  test("gives each function exactly the environment its contract declares", () => {
    for (const { kebabName, contract } of actions) {
      const variables = Object.keys(
        functionsOf(stage).get(`atomic-${stage}-${kebabName}`)?.Properties.Environment?.Variables ?? {},
      );
      const declared = contract.trigger === "edge" ? contract.environment : environmentNamesOf(contract);
      expect([kebabName, ...variables.sort()]).toEqual([kebabName, ...[...declared].sort()]);
    }
  });

  test("runs every function on Node 24, arm64, with a log group of its own that forgets", () => {
    for (const one of functionsOf(stage).values()) {
      expect(one.Properties).toMatchObject({ Runtime: "nodejs24.x", Architectures: ["arm64"] });
      expect(one.Properties.LoggingConfig?.LogGroup).toBeDefined();
    }
    for (const group of of(stage, "AWS::Logs::LogGroup")) expect(group.Properties.RetentionInDays).toBeGreaterThan(0);
  });

  test("grants named actions on named resources, and in the table named partitions only", () => {
    const statements = of(stage, "AWS::IAM::Policy").flatMap(({ id, Properties }) =>
      (
        Properties.PolicyDocument.Statement as { Action: string | string[]; Resource: unknown; Condition?: object }[]
      ).map((one) => ({ id, ...one })),
    );
    expect(statements.length).toBeGreaterThan(100);
    for (const { id, Action, Resource, Condition } of statements) {
      const listsStreams = JSON.stringify(Action) === '"dynamodb:ListStreams"';
      expect([id, JSON.stringify(Action)]).toEqual([id, expect.not.stringContaining("*")]);
      if (!listsStreams) expect([id, [Resource].flat()]).toEqual([id, expect.not.arrayContaining(["*"])]);
      if (
        /dynamodb:(Get|Put|Query|Update|Delete|Batch|Condition)/.test(JSON.stringify(Action)) &&
        !/GetRecords/.test(JSON.stringify(Action))
      ) {
        expect([id, Condition]).toMatchObject([
          id,
          {
            "ForAllValues:StringLike": { "dynamodb:LeadingKeys": expect.any(Array) },
            Null: { "dynamodb:LeadingKeys": "false" },
          },
        ]);
      }
    }
  });

  test("rings an alarm of its own for every action, with who is hurt", () => {
    const alarms = new Map(
      of(stage, "AWS::CloudWatch::Alarm").map(({ Properties }) => [Properties.AlarmName as string, Properties]),
    );
    for (const { kebabName, contract } of actions) {
      const alarm = alarms.get(`atomic-${stage}-${kebabName}-errors`);
      expect(String(alarm?.AlarmDescription)).toContain(contract.ifItFails);
      expect(alarm?.AlarmActions).toHaveLength(1);
    }
  });

  test("leaves nothing asynchronous without a place for what failed", () => {
    const mappings = of(stage, "AWS::Lambda::EventSourceMapping").map(({ Properties }) => Properties);
    const streams = mappings.filter(({ BisectBatchOnFunctionError }) => BisectBatchOnFunctionError !== undefined);
    expect(streams).toHaveLength(2);
    for (const one of streams) {
      expect(one).toMatchObject({
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        ParallelizationFactor: 1,
      });
      expect(one.MaximumRetryAttempts).toBeGreaterThan(0);
      expect(one.MaximumRecordAgeInSeconds).toBeGreaterThan(0);
      expect(one.DestinationConfig.OnFailure.Destination).toBeDefined();
    }
    for (const one of mappings) expect(one.FunctionResponseTypes).toEqual(["ReportBatchItemFailures"]);
    for (const { Properties } of of(stage, "AWS::Scheduler::Schedule"))
      expect(Properties.Target.DeadLetterConfig.Arn).toBeDefined();
    const asynchronous = of(stage, "AWS::Lambda::EventInvokeConfig");
    expect(asynchronous).toHaveLength(of(stage, "AWS::Scheduler::Schedule").length);
    for (const { Properties } of asynchronous) expect(Properties.DestinationConfig.OnFailure.Destination).toBeDefined();
    for (const { Properties } of of(stage, "AWS::Events::Rule"))
      expect(Properties.Targets[0].DeadLetterConfig.Arn).toBeDefined();
  });

  test("gives every work queue six times its function's time, six deliveries and a dead-letter queue", () => {
    const queues = of(stage, "AWS::SQS::Queue");
    const working = queues.filter(({ Properties }) => Properties.VisibilityTimeout !== undefined);
    expect(working.length).toBeGreaterThanOrEqual(4);
    for (const { Properties } of working) {
      expect(Properties.VisibilityTimeout).toBeGreaterThanOrEqual(60);
      expect(Properties.RedrivePolicy.maxReceiveCount).toBeGreaterThanOrEqual(5);
    }
    for (const { Properties } of queues) expect(Properties.SqsManagedSseEnabled).toBe(true);
    for (const { Properties } of queues.filter((one) => !working.includes(one)))
      expect(Properties.MessageRetentionPeriod).toBe(14 * 86_400);
  });

  test("encrypts what it keeps, and can bring the table back", () => {
    const [table] = of(stage, "AWS::DynamoDB::Table");
    expect(table?.Properties).toMatchObject({
      SSESpecification: { SSEEnabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: stage === "prod",
    });
    expect(table?.DeletionPolicy).toBe(stage === "prod" ? "Retain" : "Delete");
    for (const { Properties } of of(stage, "AWS::S3::Bucket")) {
      expect(Properties.BucketEncryption).toBeDefined();
      expect(Properties.PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
    for (const { Properties } of of(stage, "AWS::Kinesis::Stream")) expect(Properties.StreamEncryption).toBeDefined();
  });

  test("lets nobody reach the click function but the distribution", () => {
    const [url] = of(stage, "AWS::Lambda::Url");
    expect(url?.Properties.AuthType).toBe("AWS_IAM");
    const [distribution] = of(stage, "AWS::CloudFront::Distribution");
    expect(distribution?.Properties.DistributionConfig.Origins[0].OriginAccessControlId).toBeDefined();
    expect(of(stage, "AWS::WAFv2::WebACL")).toHaveLength(stage === "local" ? 0 : 1);
  });
});

test("bundles stay within their budgets", () => {
  const click = sizes.find(({ name }) => name === "redirect-visitor");
  expect(click?.bytes).toBeLessThanOrEqual(budgets.click);
  const over = sizes
    .filter(({ name, bytes }) => name !== "redirect-visitor" && bytes > budgets.api)
    .map(({ name }) => name);
  expect(over.sort()).toEqual(Object.keys(exceptions).sort());
});

test("every lambda file has its contract, and every contract its file", () => {
  const files = readdirSync("lambdas", { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => `${entry.parentPath}/${entry.name}`);
  expect(files.sort()).toEqual(actions.map(({ file }) => file).sort());
});
