/**
 * Puts the stage on one plain address. The emulator serves the API and CloudFront under host names of its own; this
 * passes requests on unchanged but for the host, as a hostile client sent them.
 */
import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from "node:http";

export interface EdgeTargets {
  /** Port of the emulator on 127.0.0.1. */
  readonly emulatorPort: number;
  readonly apiId: string;
  readonly distributionDomain: string;
  /** Pages of the stage's own, by path. */
  readonly pages: Readonly<Record<string, Page>>;
}
export type Page = (incoming: IncomingMessage, url: URL) => Promise<{ readonly type: string; readonly body: string }>;

/** Headers of one connection, not of the message. Source: RFC 9110, 7.6.1. */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** Starts the proxy; `targets` may be set later, when they are known. */
export function startEdge(port: number, targets: EdgeTargets): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? "/", "http://localhost");
    const page = targets.pages[url.pathname];
    if (page) return void answerPage(page, incoming, url, outgoing);
    const host = hostFor(url.pathname, targets);
    if (host === undefined)
      return void fail(outgoing, 404, "There is nothing here; the API is below /v1, links below /t");
    return void pass(incoming, outgoing, targets.emulatorPort, host);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

function hostFor(path: string, { apiId, distributionDomain }: EdgeTargets): string | undefined {
  if (path.startsWith("/t/")) return distributionDomain;
  if (path.startsWith("/v1/") || path === "/v1" || path.startsWith("/functions/"))
    return `${apiId}.execute-api.localhost`;
  return undefined;
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, port: number, host: string): void {
  const headers = { ...endToEnd(incoming.headers), host, "x-forwarded-proto": "https" };
  const onward = request({ host: "127.0.0.1", port, agent, method: incoming.method, path: incoming.url, headers });
  onward.on("response", (reply) => {
    outgoing.writeHead(reply.statusCode ?? 502, endToEnd(reply.headers));
    reply.pipe(outgoing);
  });
  onward.on("error", (error) => fail(outgoing, 502, `The emulator did not answer: ${error.message}`));
  outgoing.on("close", () => onward.destroy());
  incoming.pipe(onward);
}

const endToEnd = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)));

async function answerPage(page: Page, incoming: IncomingMessage, url: URL, outgoing: ServerResponse): Promise<void> {
  try {
    const { type, body } = await page(incoming, url);
    outgoing.writeHead(200, { "content-type": type, "cache-control": "no-store" }).end(body);
  } catch (error) {
    fail(outgoing, 502, error instanceof Error ? error.message : String(error));
  }
}

function fail(outgoing: ServerResponse, status: number, detail: string): void {
  if (outgoing.headersSent) return void outgoing.destroy();
  outgoing.writeHead(status, { "content-type": "application/problem+json" });
  outgoing.end(JSON.stringify({ type: "about:blank", title: "The local stage's proxy", status, detail }));
}
