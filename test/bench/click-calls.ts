/**
 * `node click-calls.ts BUNDLE CALLS WHERE`: calls the click bundle as Lambda does, one visitor after the other, and prints
 * the CPU of one call in microseconds, user and system. WHERE the hits go: `sink`, which takes them as they are; `signed`,
 * a `request` of this process that answers signed puts at once; or the address of a stand-in for AWS.
 */
import { strict as assert } from "node:assert";
import type { LambdaFunctionURLEvent } from "aws-lambda";
import type { handler as redirectVisitor } from "#lambdas/tracking/redirect-visitor";
import type { CallAws } from "#shared/adapters/signed-http/aws-json";
import { signedClickIds } from "#shared/adapters/signed-http/click-ids";
import { cachedLinks } from "#shared/adapters/signed-http/link-cache";
import { linkStore } from "#shared/adapters/signed-http/link-store";
import { keyedVisitors } from "#shared/adapters/signed-http/visitor-key";
import { edgeChance, edgeHandler, type EdgeHandler } from "#shared/runtime/edge";
import { link, replyOf } from "./click-store.ts";

const [file = "", calls = "", where = ""] = process.argv.slice(2);
const inProcess = where === "sink" || where === "signed";
const AGENT =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";

const events = Array.from({ length: 256 }, (_, at): LambdaFunctionURLEvent => {
  const headers = { "user-agent": AGENT, "x-viewer-address": `203.0.113.${at}`, referer: "https://www.example.org/a" };
  const http = { method: "GET", path: `/t/${link.code.S}`, protocol: "HTTP/1.1", sourceIp: "198.51.100.1" };
  return { rawPath: http.path, rawQueryString: "", headers, requestContext: { http } } as never;
});

let puts = 0;
let lastAuthorization = "";
type Listener = (value?: unknown) => void;
/** As much of a client's request and response as the bundle looks at, at no cost worth measuring. */
function request({ headers }: { readonly headers: Readonly<Record<string, string>> }) {
  const target = String(headers["x-amz-target"]);
  lastAuthorization = headers["authorization"] ?? "";
  const response = {
    statusCode: 200,
    setEncoding: () => undefined,
    on(event: string, heard: Listener) {
      if (event === "data") heard(replyOf(target));
      if (event === "end") queueMicrotask(heard);
      return response;
    },
  };
  const asked = {
    on(event: string, heard: Listener) {
      if (event === "response") queueMicrotask(() => heard(response));
      return asked;
    },
    end: () => asked,
  };
  if (target === "Kinesis_20131202.PutRecord") puts += 1;
  return asked;
}

if (inProcess) {
  const builtin = process.getBuiltinModule.bind(process);
  const standIn = (name: string) => (name === "node:https" ? { request, Agent: class {} } : builtin(name as never));
  process.getBuiltinModule = standIn;
}
Object.assign(process.env, {
  TABLE_NAME: "table",
  CLICK_STREAM_NAME: "clicks",
  OVERFLOW_QUEUE_URL: "http://queue",
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  AWS_SESSION_TOKEN: "t".repeat(600),
  ...(!inProcess && { AWS_ENDPOINT_URL: where }),
});

const { handler } = (await import(file)) as { readonly handler: typeof redirectVisitor };

/** The bundle's action over our own links and visitors, and a sink that takes hits as they are. */
function sinking(): EdgeHandler {
  const call: CallAws = ({ target }) => Promise.resolve(JSON.parse(replyOf(target)));
  const failed = (error: unknown): never => {
    throw new Error("a store failed", { cause: error });
  };
  const ports = {
    trackedLinks: cachedLinks(linkStore(call, "table"), Date.now, failed),
    visitors: keyedVisitors(call, "table", Date.now, failed),
    clickIds: signedClickIds(call, "table", Date.now, failed),
    clicks: { record: () => Promise.resolve(void (puts += 1)) },
  };
  const chance = edgeChance(Date.now);
  return edgeHandler((visited) => handler.run(visited, ports, chance));
}
const respond = where === "sink" ? sinking() : handler;

async function visit(times: number): Promise<void> {
  for (let at = 0; at < times; at += 1) {
    const event = events[at % events.length];
    if (event === undefined) throw new Error("no event");
    const { statusCode } = await respond(event);
    if (statusCode !== 302) throw new Error(`a click was answered ${statusCode}`);
  }
}

const count = Number(calls);
await visit(count);
const before = process.cpuUsage();
await visit(count);
const { user, system } = process.cpuUsage(before);
if (inProcess) assert.equal(puts, 2 * count);
if (where === "signed") {
  assert.match(lastAuthorization, /\/kinesis\/aws4_request, .*Signature=[0-9a-f]{64}$/);
}
process.stdout.write(String((user + system) / count), () => process.exit());
