import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "@jest/globals";
import { type EdgeTargets, type Page, startEdge } from "#infra/local/edge";

const API_HOST = "api1.execute-api.localhost";
const LINK_HOST = "d1.cloudfront.net";

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly raw: readonly string[];
  readonly body: string;
  readonly peer: string;
}
type Backend = (incoming: IncomingMessage, outgoing: ServerResponse, seen: Seen) => void;

/** The proxy before a backend that remembers what reached it; both gone after the test's `await using`. */
async function stage(answer: Backend = (_, outgoing) => outgoing.end("hello"), pages: EdgeTargets["pages"] = {}) {
  const seen: Seen[] = [];
  const backend = createServer((incoming, outgoing) => {
    void text(incoming).then((body) => {
      const { method = "", url = "", rawHeaders: raw, socket } = incoming;
      seen.push({ method, url, raw, body, peer: socket.remoteAddress ?? "" });
      answer(incoming, outgoing, seen.at(-1) as Seen);
    });
  });
  const emulatorPort = await listening(backend.listen(0, "127.0.0.1"));
  const edge = await startEdge(0, { emulatorPort, apiId: "api1", distributionDomain: LINK_HOST, pages });
  const { port } = edge.address() as AddressInfo;
  const stop = (server: Server): Promise<unknown> => {
    server.closeAllConnections();
    return server.listening ? once(server.close(), "close") : Promise.resolve();
  };
  return {
    seen,
    backend,
    port,
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => void (await Promise.all([stop(edge), stop(backend)])),
  };
}

async function listening(server: Server): Promise<number> {
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** Values of a header, in the order and spelling they arrived in. */
const valuesOf = ({ raw }: Seen, name: string): string[] =>
  raw.filter((_, at) => at % 2 === 1 && raw[at - 1]?.toLowerCase() === name);

/** Sends bytes as they are, which no client of good manners does; gives what comes back until the connection ends. */
async function sendBytes(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(bytes);
  return text(socket);
}

describe("where requests go", () => {
  test.each([
    ["/v1/me", API_HOST],
    ["/v1", API_HOST],
    ["/functions/v1/campaigns", API_HOST],
    ["/t/abcdefgh", LINK_HOST],
    ["/t/abcdefgh/pixel.gif?x=1", LINK_HOST],
  ])("%s to %s", async (path, host) => {
    await using running = await stage();
    expect(await (await fetch(running.url + path)).text()).toBe("hello");
    expect(running.seen).toMatchObject([{ method: "GET", url: path }]);
    expect(valuesOf(running.seen[0] as Seen, "host")).toEqual([host]);
  });

  test.each(["/v2/me", "/t", "/v1evil", "//", "//[", "/\\", "/nothing?a=/v1/"])("%s nowhere", async (path) => {
    await using running = await stage();
    const reply = await sendBytes(running.port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    expect(reply).toMatch(/^HTTP\/1\.1 404 /);
    expect(reply).toContain("application/problem+json");
    expect(running.seen).toEqual([]);
  });

  test("path and query pass as they were spelled", async () => {
    await using running = await stage();
    const path = "/v1/a%2Fb//c/../%e2%82%ac;x=1?q=a%20b&q=+&&empty=&%5B%5D=%26";
    await sendBytes(running.port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(running.seen[0]?.url).toBe(path);
  });
});

describe("what reaches the backend", () => {
  test.each(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("%s, its status and its reply", async (method) => {
    await using running = await stage((_, outgoing) =>
      outgoing.writeHead(418, { "x-own": "yes" }).end("short and stout"),
    );
    const reply = await fetch(`${running.url}/v1/x`, { method });
    expect([reply.status, reply.headers.get("x-own"), await reply.text()]).toEqual([418, "yes", "short and stout"]);
    expect(running.seen[0]?.method).toBe(method);
  });

  test("HEAD has the length of what it does not bring", async () => {
    await using running = await stage((_, outgoing) => outgoing.writeHead(200, { "content-length": 5 }).end());
    const reply = await fetch(`${running.url}/t/abcdefgh`, { method: "HEAD" });
    expect([reply.status, reply.headers.get("content-length"), await reply.text()]).toEqual([200, "5", ""]);
    expect(running.seen).toMatchObject([{ method: "HEAD", body: "" }]);
  });

  test.each([
    ["with its length", "content-length: 5\r\n\r\nhello", "content-length"],
    ["in pieces", "transfer-encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", "transfer-encoding"],
  ])("a body %s, also of a DELETE", async (_, rest, framing) => {
    await using running = await stage();
    await sendBytes(running.port, `DELETE /v1/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${rest}`);
    expect(running.seen[0]?.body).toBe("hello");
    expect(valuesOf(running.seen[0] as Seen, framing)).toHaveLength(1);
  });

  test("a large body, in both directions", async () => {
    await using running = await stage((_, outgoing, { body }) => outgoing.end(body));
    const body = "0123456789".repeat(300_000);
    const reply = await fetch(`${running.url}/v1/x`, { method: "POST", body });
    expect((await reply.text()) === body).toBe(true);
  });

  test("a POST without a body says so", async () => {
    await using running = await stage();
    await sendBytes(running.port, "POST /v1/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    expect(valuesOf(running.seen[0] as Seen, "content-length")).toEqual(["0"]);
    expect(valuesOf(running.seen[0] as Seen, "transfer-encoding")).toEqual([]);
  });

  test("a client's claims about its address, unchanged; about the scheme, not", async () => {
    await using running = await stage();
    const claims = { "x-forwarded-for": "9.9.9.9", "x-viewer-address": "8.8.8.8", "x-forwarded-proto": "http" };
    await fetch(`${running.url}/t/abcdefgh`, { headers: claims });
    const seen = running.seen[0] as Seen;
    expect(valuesOf(seen, "x-forwarded-for")).toEqual(["9.9.9.9"]);
    expect(valuesOf(seen, "x-viewer-address")).toEqual(["8.8.8.8"]);
    expect(valuesOf(seen, "x-forwarded-proto")).toEqual(["https"]);
  });

  test("headers that are repeated, each of them", async () => {
    await using running = await stage();
    await sendBytes(
      running.port,
      "GET /v1/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-A: 1\r\nx-a: 2\r\n\r\n",
    );
    expect(valuesOf(running.seen[0] as Seen, "x-a")).toEqual(["1", "2"]);
  });

  test("nothing that belongs to one connection", async () => {
    await using running = await stage();
    await sendBytes(
      running.port,
      "GET /v1/x HTTP/1.1\r\nHost: localhost\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nTE: trailers\r\nKeep-Alive: 5\r\nUpgrade: h2c\r\n\r\n",
    );
    const names = running.seen[0]?.raw.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
    for (const name of ["x-hop", "te", "keep-alive", "upgrade"]) expect(names).not.toContain(name);
  });

  test("a connection from the viewer's own loopback address", async () => {
    await using running = await stage();
    // Only Linux has all of 127.0.0.0/8 without being asked.
    const localAddress = process.platform === "linux" ? "127.0.0.9" : "127.0.0.1";
    const asked = request({
      host: "127.0.0.1",
      port: running.port,
      path: "/t/abcdefgh",
      localAddress,
      agent: false,
    }).end();
    const [reply] = (await once(asked, "response")) as [IncomingMessage];
    await text(reply);
    expect(running.seen[0]?.peer).toBe(localAddress);
  });
});

describe("what comes back", () => {
  test("cookies and redirects, unfollowed", async () => {
    await using running = await stage((_, outgoing) =>
      outgoing.writeHead(302, { location: "https://example.com/a", "set-cookie": ["a=1", "b=2"] }).end(),
    );
    const reply = await fetch(`${running.url}/t/abcdefgh`, { redirect: "manual" });
    expect([reply.status, reply.headers.get("location")]).toEqual([302, "https://example.com/a"]);
    expect(reply.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  test("502 and a problem while the backend is down", async () => {
    await using running = await stage();
    await once(running.backend.close(), "close");
    const reply = await fetch(`${running.url}/v1/x`, { method: "POST", body: "{}" });
    expect([reply.status, reply.headers.get("content-type")]).toEqual([502, "application/problem+json"]);
    expect(await reply.json()).toMatchObject({ status: 502, title: "Bad Gateway", retryable: true });
  });

  test("a cut connection when the backend dies in the middle of a reply", async () => {
    await using running = await stage((_, outgoing) => outgoing.writeHead(200).write("half", () => outgoing.destroy()));
    const reply = await fetch(`${running.url}/v1/x`);
    await expect(reply.text()).rejects.toThrow("terminated");
    expect((await fetch(`${running.url}/`)).status).toBe(200);
  });
});

describe("own pages", () => {
  const page: Page = (_, url) => Promise.resolve({ type: "text/plain", body: `to ${url.searchParams.get("to")}` });
  const broken: Page = () => Promise.reject(new Error("no inbox"));

  test("are answered here, get their query and load nothing from elsewhere", async () => {
    await using running = await stage(undefined, { "/mail": page });
    for (const path of ["/mail?to=a", "/mail/?to=a"]) {
      const reply = await fetch(running.url + path);
      expect(await reply.text()).toBe("to a");
      expect(reply.headers.get("content-security-policy")).toContain("default-src 'none'");
    }
    expect(running.seen).toEqual([]);
  });

  test("can only be read", async () => {
    await using running = await stage(undefined, { "/mail": page });
    const reply = await fetch(`${running.url}/mail`, { method: "POST" });
    expect([reply.status, reply.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    expect((await fetch(`${running.url}/mail`, { method: "HEAD" })).status).toBe(200);
  });

  test("are listed on the first one, and a broken one says why", async () => {
    await using running = await stage(undefined, { "/mail": page, "/docs": broken });
    expect(await (await fetch(`${running.url}/`)).text()).toContain(`<a href="/mail">`);
    const reply = await fetch(`${running.url}/docs`);
    expect([reply.status, await reply.json()]).toEqual([502, expect.objectContaining({ detail: "no inbox" })]);
  });
});
