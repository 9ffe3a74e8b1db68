/** One synth for each stage, as `cdk.json` would have it, shared by every test of the templates. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import * as z from "zod";
import { acknowledge } from "#infra/acknowledgements";
import { assemble } from "#infra/app";
import { SocialPlatform } from "#shared/domain/social/platform";
import { type StageName, stageOf } from "#infra/stages";

export interface Found {
  readonly Type: string;
  // A template's properties are looked into, not typed.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly Properties: any;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: readonly string[];
  readonly stack: string;
  readonly id: string;
}

/** What nag found and a reason was given for. */
const Report = z.object({
  pluginReports: z.array(
    z.object({
      pluginName: z.string(),
      violations: z.array(z.unknown()),
      suppressedViolations: z.array(
        z.object({
          acknowledgedId: z.string(),
          violatingConstructs: z.array(z.object({ constructPath: z.string() })),
        }),
      ),
    }),
  ),
});

export interface Synth {
  /** What the synth's own thread computed: beside other work, the clock on the wall measures that, too. */
  readonly seconds: number;
  readonly resources: readonly Found[];
  readonly outputs: Readonly<Record<string, string>>;
  /** Of the stack that has most, those for other stacks included. */
  readonly mostOutputs: number;
  /** By name of a stack, those that are deployed before it. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
  /** Names of the stacks that cannot be deleted. */
  readonly protectedStacks: readonly string[];
  readonly nag: z.infer<typeof Report>["pluginReports"];
}

const ofEveryNetwork = (value: string): Readonly<Record<string, string>> =>
  Object.fromEntries(SocialPlatform.options.map((platform) => [platform, value]));

const deployed = {
  alarmAddress: "alarms@example.com",
  linkDomainName: "go.example.com",
  corsOrigins: "https://app.example.com",
  linkCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/x",
  senderAddress: "no-reply@example.com",
  senderIdentity: "create",
  stripeSecretArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:stripe-AbCdEf",
};
/** What each stage must be told, complete. */
export const contexts: Readonly<Record<StageName, Readonly<Record<string, string>>>> = {
  local: {
    linkOrigin: "http://localhost:4000",
    corsOrigins: "http://localhost:4000",
    stripeApiBase: "http://127.0.0.1:4002",
    filesEndpoint: "http://127.0.0.1:4001",
    stripeSecretKey: "sk_test_local",
    stripeWebhookSecret: "whsec_local",
    socialApiBase: "http://127.0.0.1:4003",
    socialClientIds: JSON.stringify(ofEveryNetwork("client")),
    socialSecrets: JSON.stringify(ofEveryNetwork("secret-of-it")),
  },
  dev: deployed,
  // Of those that stand, one keeps nothing.
  prod: {
    ...deployed,
    social: JSON.stringify({
      clientIds: ofEveryNetwork("client"),
      secretArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:social-AbCdEf",
    }),
    standingStacks: "atomic-prod-data,atomic-prod-api",
  },
};

const Template = z.object({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string() })),
  Outputs: z.record(z.string(), z.looseObject({ Description: z.string().optional() })).optional(),
});
const flags = z.object({ context: z.looseObject({}) }).parse(JSON.parse(readFileSync("cdk.json", "utf8"))).context;

/**
 * Synthesizes a stage; where `TEMPLATES` is set, leaves there what would go to AWS, in a folder for each way it is told.
 * @throws when nag finds anything new.
 */
export function synthesize(stage: StageName, told: Readonly<Record<string, string>> = {}): Synth {
  const started = process.threadCpuUsage();
  const folder = process.env["TEMPLATES"];
  const app = new App({
    ...(folder && stage !== "local" && { outdir: join(folder, [stage, ...Object.values(told)].join("-")) }),
    context: { ...flags, ...contexts[stage], ...told, stage },
  });
  assemble(app, stageOf(app));
  acknowledge(app);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  const assembly = app.synth();
  const { user, system } = process.threadCpuUsage(started);
  const seconds = (user + system) / 1e6;
  const templates = assembly.stacks.map(({ stackName, template }) => ({ stackName, ...Template.parse(template) }));
  return {
    seconds,
    resources: templates.flatMap(({ stackName, Resources }) =>
      Object.entries(Resources).map(([id, resource]) => ({ Properties: {}, ...resource, id, stack: stackName })),
    ),
    outputs: Object.assign({}, ...templates.map(({ Outputs = {} }) => describedOf(Outputs))),
    mostOutputs: Math.max(...templates.map(({ Outputs = {} }) => Object.keys(Outputs).length)),
    dependencies: Object.fromEntries(
      assembly.stacks.map(({ stackName, dependencies }) => [stackName, dependencies.map(({ id }) => id)]),
    ),
    protectedStacks: assembly.stacks.flatMap(({ stackName, terminationProtection }) =>
      terminationProtection === true ? [stackName] : [],
    ),
    nag: Report.parse(JSON.parse(readFileSync(join(assembly.directory, "validation-report.json"), "utf8")))
      .pluginReports,
  };
}

/** Outputs of our own; those CDK makes for other stacks are described by nobody. */
const describedOf = (outputs: Readonly<Record<string, { Description?: string | undefined }>>) =>
  Object.fromEntries(
    Object.entries(outputs).flatMap(([name, { Description }]) => (Description ? [[name, Description]] : [])),
  );
