import { OwnError } from "#shared/domain/kernel/own-error";
import type { ClientRequest } from "node:http";
import { type Credentials, type Sign, signer } from "./sigv4.ts";

export interface AwsConnection {
  readonly region: string;
  /** Replaces every endpoint of AWS, as the SDK's variable of the same name does. */
  readonly endpointUrl?: string | undefined;
  readonly credentials: Credentials;
  /** The instant that requests are signed for. */
  readonly now: () => number;
}

export interface AwsOperation {
  readonly api: "dynamodb" | "kinesis" | "sqs";
  /** `X-Amz-Target`: API version and action. */
  readonly target: string;
  /** The input, as JSON. */
  readonly body: string;
  /** The whole call, connecting included; then it rejects, and what it asked for may be done or not. */
  readonly timeoutMs: number;
}

/** Calls one operation and gives back the parsed reply. Rejects with `AwsRefused` when AWS says no. */
export type CallAws = (operation: AwsOperation) => Promise<unknown>;

/** An error reply. `code` is the exception's name, without its namespace. */
export class AwsRefused extends OwnError {
  readonly code: string;
  readonly status: number;
  constructor(target: string, status: number, code: string) {
    super(`${target} answered ${status} ${code}`);
    this.name = "AwsRefused";
    this.code = code;
    this.status = status;
  }
}

const jsonVersions = { dynamodb: "1.0", kinesis: "1.1", sqs: "1.0" } as const;
/** A frozen environment's connections die unnoticed: a socket idle for this long is not trusted any more. */
const IDLE_MS = 10_000;

/** A field of a parsed reply, whatever the reply turns out to be. */
export const fieldOf = (value: unknown, name: string): unknown =>
  Object.entries(value ?? {}).find(([key]) => key === name)?.[1];

/**
 * `node:http` or `node:https`, whichever the endpoint speaks. Not imported: an import of `node:http` reads all that it
 * exports, among them a web socket whose loading takes 35 ms of every cold start.
 */
function transportFor(endpointUrl: string | undefined) {
  const { request, Agent } = process.getBuiltinModule(endpointUrl?.startsWith("http:") ? "node:http" : "node:https");
  return { request, agent: new Agent({ keepAlive: true, maxSockets: 64, timeout: IDLE_MS }) };
}

/** Where an API is, and how requests to it are signed: one signer per operation. */
function addressOf(api: AwsOperation["api"], { region, endpointUrl, credentials }: AwsConnection) {
  const { host, hostname, port } = new URL(endpointUrl || `https://${api}.${region}.amazonaws.com`);
  const signers = new Map<string, Sign>();
  const signFor = (target: string): Sign => {
    const known = signers.get(target);
    if (known) return known;
    const headers = { "content-type": `application/x-amz-json-${jsonVersions[api]}`, "x-amz-target": target };
    const sign = signer({ region, api, credentials, host, headers });
    signers.set(target, sign);
    return sign;
  };
  return { hostname, port, signFor };
}

/** AWS over kept-alive HTTP/1.1 connections with hand-made signatures: no SDK. */
export function awsJson(connection: AwsConnection): CallAws {
  const { request, agent } = transportFor(connection.endpointUrl);
  const addresses = {
    dynamodb: addressOf("dynamodb", connection),
    kinesis: addressOf("kinesis", connection),
    sqs: addressOf("sqs", connection),
  };
  return async ({ api, target, body, timeoutMs }) => {
    const { hostname, port, signFor } = addresses[api];
    const headers = signFor(target)(body, connection.now());
    const sent = request({ hostname, port, method: "POST", path: "/", headers, agent });
    const { status, text } = await replyTo(sent.end(body), timeoutMs);
    if (status !== 200) throw new AwsRefused(target, status, codeOf(text));
    const reply: unknown = JSON.parse(text === "" ? "{}" : text);
    return reply;
  };
}

/** Error replies are looked at as text: a proxy's page of HTML is one too. */
const codeOf = (text: string): string => /"__type"\s*:\s*"(?:[^"#]*#)?([^"]+)"/.exec(text)?.[1] ?? "Unknown";

/** The whole reply, or a rejection when it has not come in time; a signal of the platform's would cost five times the timer. */
function replyTo(
  request: ClientRequest,
  timeoutMs: number,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => request.destroy(new Error(`no reply within ${timeoutMs} ms`)), timeoutMs);
    const failed = (error: Error): void => {
      clearTimeout(timer);
      reject(error);
    };
    request.on("error", failed);
    request.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("error", failed);
      response.on("end", () => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, text });
      });
    });
  });
}
