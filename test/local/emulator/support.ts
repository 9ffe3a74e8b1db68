import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect } from "@jest/globals";
import { type Emulator, startEmulator } from "../../../infra/local/emulator/emulator.ts";
import { ensurePython } from "../../../infra/local/emulator/python.ts";

export const rootDir = join(__dirname, "../../..");

type Properties = Readonly<Record<string, unknown>>;
export type Resources = Readonly<Record<string, { Type: string; Properties?: Properties; DependsOn?: string[] }>>;

/** One running emulator, and what the tests of its repairs ask of it. */
export class Stage {
  private readonly emulator: Emulator;
  private readonly folder: string;

  constructor(emulator: Emulator, folder: string) {
    this.emulator = emulator;
    this.folder = folder;
  }

  get url(): string {
    return this.emulator.url;
  }

  get pid(): number {
    return this.emulator.pid;
  }

  /** What every AWS SDK client of this stage is made with. */
  get client() {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    return { endpoint: this.url, region: "us-east-1", credentials, maxAttempts: 1 };
  }

  /** A file that functions of this stage append lines of JSON to: they run as processes of this machine. */
  journal(name: string): string {
    return join(this.folder, `${name}.jsonl`);
  }

  entries<Entry = Properties>(name: string): Entry[] {
    try {
      const text = readFileSync(this.journal(name), "utf8");
      return wholeLines(text).map((line) => JSON.parse(line) as Entry);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  }

  /** Creates a stack and returns its outputs. */
  async deploy(name: string, resources: Resources, outputs: Properties = {}): Promise<Record<string, string>> {
    const template = { Resources: resources, Outputs: asOutputs(outputs) };
    await this.cloudFormation({ Action: "CreateStack", StackName: name, TemplateBody: JSON.stringify(template) });
    const description = await until(`stack ${name}`, async () => {
      const answer = await this.cloudFormation({ Action: "DescribeStacks", StackName: name });
      return /<StackStatus>\w+_IN_PROGRESS</.test(answer) ? undefined : answer;
    });
    expect(description).toContain("<StackStatus>CREATE_COMPLETE<");
    const found = description.matchAll(/<OutputKey>(.*?)<\/OutputKey>\s*<OutputValue>(.*?)<\/OutputValue>/gs);
    return Object.fromEntries([...found].map(([, key, value]) => [key, value]));
  }

  /** Speaks CloudFormation's query protocol; throws its error text. */
  async cloudFormation(parameters: Record<string, string>): Promise<string> {
    const credential = "Credential=test/20260101/us-east-1/cloudformation/aws4_request";
    const response = await fetch(this.url, {
      method: "POST",
      body: new URLSearchParams({ Version: "2010-05-15", ...parameters }),
      headers: { authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=0` },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text;
  }

  /** The last mail to an address, as the emulator's inbox shows it. */
  async mailTo(address: string): Promise<string> {
    const response = await fetch(`${this.url}/_ministack/ses/messages`);
    const { messages } = (await response.json()) as { messages: Record<string, Properties[]> };
    const mails = Object.values(messages).flat();
    return JSON.stringify(mails.filter((mail) => JSON.stringify(mail).includes(address)).at(-1));
  }

  async stop(): Promise<void> {
    await this.emulator.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const asOutputs = (values: Properties) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { Value: value }]));

/** A function may be half-way through writing the last one. */
const wholeLines = (text: string): string[] =>
  text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .slice(0, -1);

export interface Pair {
  readonly repaired: Stage;
  readonly stock: Stage;
  stop(): Promise<void>;
}

/** Two emulators side by side: one with every repair, one with none. */
export async function startPair(): Promise<Pair> {
  const [repaired, stock] = await Promise.all([startStage(""), startStage("all")]);
  return { repaired, stock, stop: async () => void (await Promise.all([repaired.stop(), stock.stop()])) };
}

/** As many as a new account's quota is; the emulator's own follows from the machine's memory. */
const ACCOUNT_CONCURRENCY = "1000";

export async function startStage(repairsOff: string): Promise<Stage> {
  const python = await ensurePython(rootDir);
  const folder = mkdtempSync(join(tmpdir(), "emulator-"));
  const env = {
    EMULATOR_REPAIRS_OFF: repairsOff,
    LAMBDA_ASYNC_RETRY_BASE_SECONDS: "0.05",
    LAMBDA_ACCOUNT_CONCURRENCY: ACCOUNT_CONCURRENCY,
  };
  const options = { rootDir, python, port: await freePort(), stateDir: folder, log: join(folder, "log"), env };
  return new Stage(await startEmulator(options), folder);
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

/** Looks again and again until there is something to see; fails after 20 s, naming what it waited for. */
export async function until<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await pause(20);
  }
  throw new Error(`waited in vain for ${what}`);
}

/** The name of the error that a call ends with, and its message. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "accepted";
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

/** A GET or HEAD with a Host of its own, which fetch does not allow. */
export function requestAs(url: string, host: string, path: string, options: { method?: string; from?: string } = {}) {
  return new Promise<{ status: number; body: string; headers: Record<string, unknown> }>((resolve, reject) => {
    const { port } = new URL(url);
    const { method = "GET", from } = options;
    const settings = {
      host: "127.0.0.1",
      port,
      path,
      method,
      headers: { host },
      ...(from ? { localAddress: from } : {}),
    };
    const sent = request(settings, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => (body += part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
    });
    sent.once("error", reject);
    sent.end();
  });
}

const role = "arn:aws:iam::000000000000:role/any";

/** A function of a few lines in CommonJS; `note(value)` in it appends to the journal it is given. */
export function inlineFunction(code: string, properties: Properties & { journal?: string } = {}) {
  const { journal = "", ...rest } = properties;
  const note = `const note = (value) => require("node:fs").appendFileSync(process.env.JOURNAL, JSON.stringify(value) + "\\n");`;
  return {
    Type: "AWS::Lambda::Function",
    Properties: {
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      Role: role,
      Timeout: 10,
      Environment: { Variables: { JOURNAL: journal } },
      Code: { ZipFile: `${note}\n${code}` },
      ...rest,
    },
  };
}

export const ref = (name: string) => ({ Ref: name });
export const attribute = (name: string, key = "Arn") => ({ "Fn::GetAtt": [name, key] });
