/** Brings the local stage up, task by task, and takes it down again in reverse order. */
import { mkdirSync, readFileSync } from "node:fs";
import { freemem } from "node:os";
import { join } from "node:path";
import { SocialPlatform } from "#shared/domain/social/platform";
import { publishedFee } from "#infra/local/stripe/fees";
import { startStripe } from "#infra/local/stripe/server";
import { startSocial } from "#infra/local/social/server";
import type { StartArguments } from "./arguments.ts";
import { callbackPages, callbackPath } from "./callback.ts";
import { bootstrap, bundleLambdas, deployStacks, type Deployment, type Outputs, synthesize } from "./deploy.ts";
import { docsPage } from "./docs-page.ts";
import { startEdge } from "./edge.ts";
import { startEmulator } from "./emulator/emulator.ts";
import { ensurePython } from "./emulator/python.ts";
import { mailboxPage } from "./mailbox.ts";
import { portsOf, requireFree } from "./ports.ts";
import { LocalStageProblem } from "./problem.ts";
import { seedDemo } from "./seed/seed.ts";
import { removeStackFile, type StackFile, writeStackFile } from "./stack-file.ts";

export interface Task {
  readonly title: string;
  run(): Promise<void>;
}

/** What was started, to be stopped last first. */
type Stop = () => Promise<void>;

const STRIPE_KEY = "sk_test_local";
const WEBHOOK_SECRET = "whsec_local_stage";
const REGION = "us-east-1";
const MINIMUM_MEMORY = 1.5 * 1024 ** 3;

export class LocalStage {
  readonly #rootDir: string;
  readonly #args: StartArguments;
  readonly #stateDir: string;
  readonly #stops: Stop[] = [];
  #python = "";
  #endpoint = "";
  #outputs: Outputs | undefined;
  #users: StackFile["users"] = [];

  constructor(rootDir: string, args: StartArguments) {
    this.#rootDir = rootDir;
    this.#args = args;
    this.#stateDir = join(rootDir, args.state);
    mkdirSync(join(this.#stateDir, "emulator"), { recursive: true });
  }

  get stackFile(): string {
    return join(this.#stateDir, "stack.json");
  }

  tasks(): Task[] {
    const { port } = this.#args;
    const deployment = (): Deployment => this.#deployment();
    return [
      { title: "Check memory and ports", run: () => this.#check() },
      { title: "Python environment", run: async () => void (this.#python = await ensurePython(this.#rootDir)) },
      { title: `Emulator on port ${port + 1}`, run: () => this.#startEmulator() },
      { title: `Payment stand-in on port ${port + 2}`, run: () => this.#startStripe() },
      { title: `Networks' stand-ins on port ${port + 3}`, run: () => this.#startSocial() },
      ...(this.#args.bundle ? [{ title: "Bundle the lambdas", run: () => bundleLambdas(deployment()) }] : []),
      { title: "Synthesize the stacks", run: () => synthesize(deployment()) },
      { title: "Bootstrap", run: () => bootstrap(deployment()) },
      { title: "Deploy", run: async () => void (this.#outputs = await deployStacks(deployment())) },
      { title: `Everything on http://localhost:${port}`, run: () => this.#startEdge() },
      ...(this.#args.seed ? [{ title: "Seed the demo", run: () => this.#seed() }] : []),
      { title: "Ready", run: () => Promise.resolve(writeStackFile(this.stackFile, this.stack())) },
    ];
  }

  /** Stops what was started, last first; goes on when one of them fails, and then says so. */
  async stop(): Promise<void> {
    removeStackFile(this.stackFile);
    const problems: unknown[] = [];
    for (let stop = this.#stops.pop(); stop; stop = this.#stops.pop()) {
      await stop().catch((error: unknown) => problems.push(error));
    }
    if (problems.length > 0) throw new AggregateError(problems, "something did not stop");
  }

  stack(): StackFile {
    const { port } = this.#args;
    const outputs = this.#deployed();
    const origin = `http://localhost:${port}`;
    return {
      apiUrl: origin,
      linkUrl: origin,
      docsUrl: `${origin}/docs`,
      mailboxUrl: `${origin}/mail`,
      stripeUrl: `http://127.0.0.1:${port + 2}`,
      stripeWebhookSecret: WEBHOOK_SECRET,
      socialUrl: `http://127.0.0.1:${port + 3}`,
      corsOrigins: this.#corsOrigins(),
      awsEndpoint: this.#endpoint,
      region: REGION,
      userPoolId: outputs.UserPoolId,
      userPoolClientId: outputs.UserPoolClientId,
      tableName: outputs.TableName,
      users: this.#users,
    };
  }

  #check(): Promise<void> {
    removeStackFile(this.stackFile);
    const available = availableMemory();
    if (available < MINIMUM_MEMORY) {
      throw new LocalStageProblem(
        `The stage needs about 1.5 GB of free memory; there are ${(available / 1024 ** 3).toFixed(1)} GB`,
      );
    }
    const { port } = this.#args;
    return requireFree(portsOf(port));
  }

  async #startEmulator(): Promise<void> {
    const emulator = await startEmulator({
      rootDir: this.#rootDir,
      python: this.#python,
      port: this.#args.port + 1,
      stateDir: join(this.#stateDir, "emulator"),
      log: join(this.#stateDir, "emulator.log"),
    });
    this.#stops.push(() => emulator.stop());
    this.#endpoint = emulator.url;
  }

  async #startStripe(): Promise<void> {
    const { port } = this.#args;
    const settings = { chargeFee: publishedFee };
    const webhookUrl = `http://127.0.0.1:${port}/v1/webhooks/stripe`;
    const stripe = await startStripe({ port: port + 2, webhookUrl, webhookSecret: WEBHOOK_SECRET, settings });
    this.#stops.push(() => stripe.stop());
  }

  async #startSocial(): Promise<void> {
    const { port } = this.#args;
    const social = await startSocial({
      port: port + 3,
      clientOf: socialClientOf,
      redirectUriOf: (platform) => `http://localhost:${port}${callbackPath(platform)}`,
    });
    this.#stops.push(() => social.stop());
  }

  async #startEdge(): Promise<void> {
    const { ApiId, DistributionDomainName } = this.#deployed();
    const server = await startEdge(this.#args.port, {
      emulatorPort: this.#args.port + 1,
      apiId: ApiId,
      distributionDomain: DistributionDomainName,
      landings: callbackPages(`http://localhost:${this.#args.port}`),
      pages: { "/mail": mailboxPage(this.#endpoint), "/docs": docsPage(join(this.#rootDir, "docs", "openapi.json")) },
    });
    this.#stops.push(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
  }

  async #seed(): Promise<void> {
    this.#users = await seedDemo(this.stack());
  }

  #deployment(): Deployment {
    const { port } = this.#args;
    return {
      rootDir: this.#rootDir,
      endpoint: this.#endpoint,
      outputDir: this.#stateDir,
      logFile: join(this.#stateDir, "deploy.log"),
      context: {
        linkOrigin: `http://localhost:${port}`,
        corsOrigins: this.#corsOrigins().join(","),
        stripeApiBase: `http://127.0.0.1:${port + 2}`,
        filesEndpoint: `http://127.0.0.1:${port + 1}`,
        stripeSecretKey: STRIPE_KEY,
        stripeWebhookSecret: WEBHOOK_SECRET,
        socialApiBase: `http://127.0.0.1:${port + 3}`,
        socialClientIds: JSON.stringify(ofEveryNetwork((platform) => socialClientOf(platform).id)),
        socialSecrets: JSON.stringify(ofEveryNetwork((platform) => socialClientOf(platform).secret)),
      },
    };
  }

  /** Where web clients under development are usually served from. */
  #corsOrigins(): string[] {
    return [`http://localhost:${this.#args.port}`, "http://localhost:3000", "http://localhost:5173"];
  }

  #deployed(): Outputs {
    if (this.#outputs === undefined) throw new Error("the stacks are not deployed yet");
    return this.#outputs;
  }
}

/** The stage's app with each network. */
const socialClientOf = (platform: SocialPlatform) => ({ id: `${platform}-local`, secret: `${platform}-local-secret` });

const ofEveryNetwork = (give: (platform: SocialPlatform) => string): Readonly<Record<string, string>> =>
  Object.fromEntries(SocialPlatform.options.map((platform) => [platform, give(platform)]));

/** Bytes that programs can have; Linux counts what its caches would give back. */
function availableMemory(): number {
  if (process.platform !== "linux") return freemem();
  const kilobytes = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync("/proc/meminfo", "utf8"))?.[1];
  return kilobytes === undefined ? freemem() : Number(kilobytes) * 1024;
}
