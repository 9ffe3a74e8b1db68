/**
 * Puts the stage on one plain address. The emulator serves the API and CloudFront under host names of its own; this
 * passes requests on as they came, headers of a hostile client included, but for the host and what ends at a hop.
 */
import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { escapeHtml } from "#shared/domain/notifications/mail/escape";
import { pageOf } from "./html.ts";

export interface EdgeTargets {
  /** Port of the emulator on 127.0.0.1. */
  readonly emulatorPort: number;
  readonly apiId: string;
  readonly distributionDomain: string;
  /** Pages of the stage's own, by path. */
  readonly pages: Readonly<Record<string, Page>>;
  /** Those that people are sent to, and do not go to by themselves. */
  readonly landings?: Readonly<Record<string, Page>>;
}
export type Page = (incoming: IncomingMessage, url: URL) => Promise<{ readonly type: string; readonly body: string }>;

/** Headers of one connection, not of the message. Source: RFC 9110, 7.6.1. `expect` is answered by this server. */
const HOP_BY_HOP = [
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
];
/** Own pages show what strangers wrote, such as mails: they run nothing and load nothing. */
const CONTENT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; frame-ancestors 'none'";
/** Shorter than the emulator keeps a connection open, so that none is used that it is just closing. */
const IDLE_MS = 30_000;

/**
 * Requests that are passed on at once; the rest wait here. The emulator starts a process for each concurrent invocation of
 * a function, and more of them than the machine has work for make all of them late.
 */
const AT_ONCE = 24;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE, timeout: IDLE_MS });

/** Starts the proxy on this machine's own addresses; closing the server it gives closes all of it. */
export async function startEdge(port: number, targets: EdgeTargets): Promise<Server> {
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse): void => route(incoming, outgoing, targets);
  const server = createServer(answer);
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  // Some systems look "localhost" up as ::1 first; where there is no such address, nobody asks for it.
  const second = createServer(answer).on("error", () => undefined);
  second.listen((server.address() as { port: number }).port, "::1");
  server.once("close", () => {
    second.close();
    second.closeAllConnections();
  });
  return server;
}

function route(incoming: IncomingMessage, outgoing: ServerResponse, targets: EdgeTargets): void {
  const path = incoming.url?.split(/[?#]/, 1)[0] ?? "/";
  const page = path === "/" ? indexOf(targets) : pageAt(path.replace(/\/$/, ""), targets);
  if (page) return void answerPage(page, incoming, outgoing);
  const host = hostFor(path, targets);
  if (host === undefined) return fail(outgoing, 404, "There is nothing here: the API is below /v1, links below /t.");
  pass(incoming, outgoing, targets.emulatorPort, host);
}

const pageAt = (path: string, { pages, landings = {} }: EdgeTargets): Page | undefined => pages[path] ?? landings[path];

function hostFor(path: string, { apiId, distributionDomain }: EdgeTargets): string | undefined {
  if (path.startsWith("/t/")) return distributionDomain;
  if (path === "/v1" || /^\/(v1|functions)\//.test(path)) return `${apiId}.execute-api.localhost`;
  return undefined;
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, port: number, host: string): void {
  const address = incoming.socket.remoteAddress?.replace("::ffff:", "") ?? "";
  const onward = request({
    host: "127.0.0.1",
    port,
    agent,
    method: incoming.method,
    path: incoming.url,
    headers: onwardHeaders(incoming, host),
    // CloudFront takes the peer for the viewer, so the peer is given the viewer's address.
    ...(address.startsWith("127.") && { localAddress: address }),
  });
  onward.on("response", (reply) => {
    outgoing.writeHead(reply.statusCode ?? 502, reply.statusMessage, endToEnd(reply.rawHeaders));
    reply.pipe(outgoing);
    reply.on("error", () => outgoing.destroy());
  });
  onward.on("error", ({ message }) => fail(outgoing, 502, `The emulator did not answer: ${message}`));
  outgoing.on("close", () => {
    if (!outgoing.writableFinished) onward.destroy();
  });
  incoming.pipe(onward);
}

function onwardHeaders(incoming: IncomingMessage, host: string): string[] {
  const { "transfer-encoding": coding, "content-length": size } = incoming.headers;
  const framing = size !== undefined ? [] : coding ? ["transfer-encoding", "chunked"] : ["content-length", "0"];
  const sent = endToEnd(incoming.rawHeaders, ["host", "x-forwarded-proto"]);
  // The real gateways are reached by https alone, and redirect what is not.
  return ["host", host, "x-forwarded-proto", "https", ...sent, ...(mayHaveBody(incoming) ? framing : [])];
}

const mayHaveBody = ({ method = "", headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || !["GET", "HEAD", "OPTIONS", "TRACE"].includes(method);

/** Name, value, name, value … as they came, without those of the connection and those that are named. */
function endToEnd(raw: readonly string[], without: readonly string[] = []): string[] {
  const names = raw.map((name) => name.toLowerCase());
  const listed = raw.filter((_, at) => at % 2 === 1 && names[at - 1] === "connection").join(",");
  const dropped = new Set([...HOP_BY_HOP, ...without, ...listed.split(",").map((name) => name.trim().toLowerCase())]);
  return raw.filter((_, at) => !dropped.has(names[at - (at % 2)] ?? ""));
}

async function answerPage(page: Page, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  if (!["GET", "HEAD"].includes(incoming.method ?? "")) {
    outgoing.setHeader("allow", "GET, HEAD");
    return fail(outgoing, 405, "This page can only be read.");
  }
  try {
    const { type, body } = await page(incoming, new URL(incoming.url ?? "/", "http://localhost"));
    const headers = { "content-type": type, "cache-control": "no-store", "content-security-policy": CONTENT_POLICY };
    outgoing.writeHead(200, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
  } catch (error) {
    fail(outgoing, 502, error instanceof Error ? error.message : String(error));
  }
}

const indexOf =
  ({ pages }: EdgeTargets): Page =>
  () => {
    const own = Object.keys(pages).map((path) => `<li><a href="${escapeHtml(path)}">${escapeHtml(path)}</a></li>`);
    const rest = `<li><a href="/v1/health">/v1</a>: the API</li><li><code>/t/{code}</code>: short links</li>`;
    const body = pageOf("Atomic Influence, local stage", `<ul>${own.join("")}${rest}</ul>`);
    return Promise.resolve({ type: "text/html; charset=utf-8", body });
  };

function fail(outgoing: ServerResponse, status: number, detail: string): void {
  if (outgoing.headersSent) return void outgoing.destroy();
  const title = { 404: "Not Found", 405: "Method Not Allowed" }[status] ?? "Bad Gateway";
  const problem = { type: "about:blank", title, status, detail, code: "stage.proxy", retryable: status === 502 };
  // What is left of the request is not waited for.
  outgoing.writeHead(status, { "content-type": "application/problem+json", connection: "close" });
  outgoing.end(JSON.stringify(problem));
}
