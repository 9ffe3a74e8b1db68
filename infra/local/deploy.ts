/** Deploys the real app to the emulator: bundle, synth, bootstrap, deploy. */
import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { LocalStageProblem } from "./problem.ts";

/** What the stage's stacks say about themselves, by output name. */
const Outputs = z.object({
  ApiUrl: z.string(),
  ApiId: z.string(),
  UserPoolId: z.string(),
  UserPoolClientId: z.string(),
  TableName: z.string(),
  DistributionDomainName: z.string(),
  ClickStreamName: z.string(),
  StripeSecretArn: z.string(),
  EventBusName: z.string(),
});
export type Outputs = z.infer<typeof Outputs>;

export interface Deployment {
  readonly rootDir: string;
  /** Of the emulator. */
  readonly endpoint: string;
  /** What the stage is told; see infra/stages.ts. */
  readonly context: Readonly<Record<string, string>>;
  /** Where the assembly and outputs go. */
  readonly outputDir: string;
  /** Where the tools' output goes. */
  readonly logFile: string;
}

/** A deploy that takes longer hangs: a custom resource of the emulator's can, and ignores being asked to stop. */
const LIMIT_MS = 180_000;
const REGION = "us-east-1";

/** Bundles every lambda in one pass, as for any stage with a test clock. */
export const bundleLambdas = (deployment: Deployment): Promise<void> =>
  run(deployment, "node", [join("infra", "build", "bundle.ts"), "--test-clock"]);

/** Writes the assembly of the local stage. */
export const synthesize = (deployment: Deployment): Promise<void> =>
  run(deployment, "node", [join("infra", "app.ts")], {
    CDK_OUTDIR: assemblyOf(deployment),
    CDK_CONTEXT_JSON: JSON.stringify({ ...cdkContext(deployment.rootDir), ...deployment.context, stage: "local" }),
    CDK_DEFAULT_REGION: REGION,
  });

/**
 * Makes the emulator ready for assets, unless it is. It has an output folder of its own: bootstrapping synthesizes
 * without bundles.
 */
export async function bootstrap(deployment: Deployment): Promise<void> {
  if (await isBootstrapped(deployment)) return;
  await run(deployment, "cdk", [
    "bootstrap",
    `aws://000000000000/${REGION}`,
    "--app",
    assemblyOf(deployment),
    "--output",
    join(deployment.outputDir, "bootstrap"),
  ]);
}

/** Asks CloudFormation for the toolkit's stack. The emulator looks at which service a signature is for, and no further. */
async function isBootstrapped({ endpoint }: Deployment): Promise<boolean> {
  const { ok } = await fetch(endpoint, {
    method: "POST",
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${REGION}/cloudformation/aws4_request` },
    body: new URLSearchParams({ Action: "DescribeStacks", StackName: "CDKToolkit", Version: "2010-05-15" }),
  });
  return ok;
}

/** Deploys every stack of the assembly, and gives their outputs. */
export async function deployStacks(deployment: Deployment): Promise<Outputs> {
  const file = join(deployment.outputDir, "outputs.json");
  await run(deployment, "cdk", [
    "deploy",
    "--all",
    "--app",
    assemblyOf(deployment),
    "--require-approval",
    "never",
    "--concurrency",
    "8",
    "--outputs-file",
    file,
    "--method",
    "direct",
    "--asset-parallelism",
    "true",
    "--no-notices",
  ]);
  if (!existsSync(file)) throw new LocalStageProblem("The deploy left no outputs");
  const stacks = z.record(z.string(), z.record(z.string(), z.string())).parse(JSON.parse(readFileSync(file, "utf8")));
  return Outputs.parse(Object.assign({}, ...Object.values(stacks)));
}

const assemblyOf = ({ outputDir }: Deployment): string => join(outputDir, "cdk.out");

const cdkContext = (rootDir: string): object =>
  z.object({ context: z.looseObject({}) }).parse(JSON.parse(readFileSync(join(rootDir, "cdk.json"), "utf8"))).context;

/** Runs one tool with the emulator as its AWS; kills it, and what it started, when it overruns. */
async function run(
  { rootDir, endpoint, logFile }: Deployment,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const binaries = join(rootDir, "node_modules", ".bin");
  const child = spawn(command, args, {
    cwd: rootDir,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      HOME: process.env["HOME"],
      PATH: `${binaries}:${process.env["PATH"] ?? ""}`,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      CI: "true",
      ...env,
    },
  });
  const log = createWriteStream(logFile, { flags: "a" });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const code = await exitOf(child);
  log.end();
  if (code !== 0) {
    const reason = code === "overrun" ? `took longer than ${LIMIT_MS / 1000} s` : `failed`;
    throw new LocalStageProblem(`${command} ${args[0] ?? ""} ${reason}; see ${logFile}`);
  }
}

function exitOf(child: ChildProcess): Promise<number | "overrun"> {
  return new Promise((resolve, reject) => {
    let overrun = false;
    const limit = setTimeout(() => {
      overrun = true;
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    }, LIMIT_MS);
    child.once("error", reject);
    child.once("exit", (code) => {
      clearTimeout(limit);
      resolve(overrun ? "overrun" : (code ?? 1));
    });
  });
}
