import { describe, expect, test } from "@jest/globals";
import type { LambdaFunctionURLEvent } from "aws-lambda";
import { decodeTime } from "ulid";
import { handler } from "#lambdas/tracking/redirect-visitor";
import { durableClicks } from "#shared/adapters/signed-http/durable-clicks";
import type { Hit } from "#shared/domain/tracking/hit";
import { parseHit } from "#shared/domain/tracking/parse-hit";
import type { LinkLookup, TrackedLink } from "#shared/domain/tracking/redirect";
import type { HitSink } from "#shared/ports/tracking";
import { edgeHandler } from "#shared/runtime/edge";

const AT = Date.parse("2026-03-01T23:59:59.999Z");
const ADDRESS = "203.0.113.7";
const link: TrackedLink = {
  code: "abcdEFGH23",
  campaignId: "cmp_1",
  creatorId: "creator-1",
  destinationUrl: "https://shop.example/p?size=xl&colour=light%20blue#buy",
  disabled: false,
  passQuery: false,
  passClickId: false,
};

interface Request {
  readonly method?: string;
  readonly query?: string;
  readonly headers?: Record<string, string>;
}

const eventFor = (
  path: string,
  { method = "GET", query = "", headers = {} }: Request = {},
): LambdaFunctionURLEvent => ({
  version: "2.0",
  routeKey: "$default",
  rawPath: path,
  rawQueryString: query,
  headers: { "x-viewer-address": ADDRESS, "user-agent": "Firefox", ...headers },
  requestContext: {
    accountId: "1",
    apiId: "a",
    domainName: "d",
    domainPrefix: "d",
    http: { method, path, protocol: "HTTP/1.1", sourceIp: "198.51.100.1", userAgent: "CloudFront" },
    requestId: "r",
    routeKey: "$default",
    stage: "$default",
    time: "",
    timeEpoch: 0,
  },
  isBase64Encoded: false,
});

const sink = (outcome: () => Promise<void> = () => Promise.resolve()) => {
  const hits: Hit[] = [];
  return { hits, put: (hit: Hit) => (hits.push(hit), outcome()) } satisfies HitSink & { hits: Hit[] };
};

/** The action over fakes: every link lookup answers `found`, the visitor is told what it was identified by. */
function acting(found: LinkLookup, ports: Partial<Parameters<typeof handler.run>[1]> = {}) {
  const stream = sink();
  const identified: unknown[] = [];
  const given: Parameters<typeof handler.run>[1] = {
    trackedLinks: { find: () => Promise.resolve(found) },
    visitors: {
      identify: ({ day, address, agent }) => (
        identified.push({ day, address, agent }),
        Promise.resolve("0123456789abcdef")
      ),
    },
    clicks: { record: stream.put },
    ...ports,
  };
  const chance = { now: () => AT, random: () => new Uint8Array(16).fill(33) };
  const respond = edgeHandler((visit) => handler.run(visit, given, chance));
  return { respond, identified, hits: stream.hits };
}

describe("a link that is good", () => {
  test("sends the visitor on, byte for byte, and is not cached", async () => {
    const { respond } = acting(link);
    expect(await respond(eventFor("/t/abcdEFGH23", { query: "utm=1" }))).toEqual({
      statusCode: 302,
      headers: {
        location: link.destinationUrl,
        "cache-control": "private, no-store",
        "referrer-policy": "no-referrer-when-downgrade",
        "x-robots-tag": "noindex",
      },
      body: "",
    });
  });

  test("writes one hit: the day of the clock, host of the referrer, shortened agent, no address", async () => {
    const { respond, hits, identified } = acting(link);
    const agent = "A".repeat(300);
    const headers = {
      "user-agent": agent,
      referer: "https://blog.example/private/path?token=1",
      "sec-purpose": "prefetch",
    };
    await respond(eventFor("/t/abcdEFGH23", { method: "HEAD", headers }));
    expect(hits).toEqual([
      {
        id: expect.stringMatching(/^hit_01[0-9A-HJKMNP-TV-Z]{8}1{16}$/),
        code: link.code,
        campaignId: link.campaignId,
        creatorId: link.creatorId,
        at: AT,
        day: "2026-03-01",
        visitor: "0123456789abcdef",
        agent: "A".repeat(256),
        method: "HEAD",
        purpose: "prefetch",
        referrerHost: "blog.example",
      },
    ]);
    expect(decodeTime(hits[0]?.id.slice(4) ?? "")).toBe(AT);
    expect(identified).toEqual([{ day: "2026-03-01", address: ADDRESS, agent }]);
    expect(JSON.stringify(hits)).not.toContain(ADDRESS);
    expect(parseHit(JSON.stringify(hits[0]))).toEqual(hits[0]);
  });

  test("believes no forwarded header", async () => {
    const { respond, identified } = acting(link);
    await respond(
      eventFor("/t/abcdEFGH23", { headers: { "x-forwarded-for": "192.0.2.1", forwarded: "for=192.0.2.1" } }),
    );
    expect(identified).toMatchObject([{ address: ADDRESS }]);
  });

  test.each([
    [
      "the visitor's query",
      { passQuery: true },
      "utm=1&a=%20b",
      "https://shop.example/p?size=xl&colour=light%20blue&utm=1&a=%20b#buy",
    ],
    ["nothing when there is none", { passQuery: true }, "", link.destinationUrl],
    [
      "the hit's id",
      { passClickId: true },
      "utm=1",
      "https://shop.example/p?size=xl&colour=light%20blue&click_id=ID#buy",
    ],
    [
      "both, and no click id of the visitor's making",
      { passQuery: true, passClickId: true },
      "click_id=forged&b=2&click_id",
      "https://shop.example/p?size=xl&colour=light%20blue&b=2&click_id=ID#buy",
    ],
    [
      "a query with line breaks as text",
      { passQuery: true },
      "a=1\r\nSet-Cookie: x",
      "https://shop.example/p?size=xl&colour=light%20blue&a=1Set-Cookie:%20x#buy",
    ],
  ])("passes on %s", async (_, flags, query, expected) => {
    const { respond, hits } = acting({ ...link, ...flags });
    const { headers } = await respond(eventFor("/t/abcdEFGH23", { query }));
    expect(headers["location"]).toBe(expected.replace("ID", hits[0]?.id ?? ""));
  });
});

describe("a link that is over", () => {
  const past = "2026-03-01T23:59:59.999Z";
  test.each([
    ["disabled", { disabled: true }, 410, undefined],
    ["expired this very millisecond", { expiresAt: past }, 410, undefined],
    [
      "expired with a fallback",
      { expiresAt: past, fallbackUrl: "https://shop.example/over" },
      302,
      "https://shop.example/over",
    ],
    ["disabled with an unsafe fallback", { disabled: true, fallbackUrl: "http://shop.example/" }, 410, undefined],
    ["of an unreadable end", { expiresAt: "soon" }, 410, undefined],
    ["leading to plain http", { destinationUrl: "http://shop.example/" }, 410, undefined],
    ["leading to a script", { destinationUrl: "javascript:alert(1)" }, 410, undefined],
    ["leading to credentials", { destinationUrl: "https://bank.example@evil.example/" }, 410, undefined],
    ["leading to another port", { destinationUrl: "https://shop.example:8443/" }, 410, undefined],
    ["leading nowhere", { destinationUrl: "//evil.example" }, 410, undefined],
  ])("%s", async (_, over, statusCode, location) => {
    const { respond, hits } = acting({ ...link, ...over });
    const reply = await respond(eventFor("/t/abcdEFGH23"));
    expect(reply.statusCode).toBe(statusCode);
    expect(reply.headers["location"]).toBe(location);
    expect(reply.headers["cache-control"]).toBe("private, no-store");
    expect(hits).toEqual([]);
  });

  test("is not over a millisecond before its end", async () => {
    const { respond } = acting({ ...link, expiresAt: "2026-03-02T00:00:00.000Z" });
    expect(await respond(eventFor("/t/abcdEFGH23"))).toMatchObject({ statusCode: 302 });
  });
});

describe("no link", () => {
  test.each([
    ["unknown", 404, undefined],
    ["unavailable", 503, "2"],
  ] as const)("%s", async (lookup, status, retryAfter) => {
    const { respond, hits } = acting(lookup);
    const { statusCode, headers, body } = await respond(eventFor("/t/abcdEFGH23"));
    expect([statusCode, headers["retry-after"], headers["location"]]).toEqual([status, retryAfter, undefined]);
    expect(body).not.toContain("abcdEFGH23");
    expect(hits).toEqual([]);
  });

  test.each([
    "/t/abcdEFG",
    "/t/abcdEFGH0O",
    "/t/abcdEFGH23/",
    "/t/abcdEFGH23/pixel.gif",
    "/",
    "/t/../v1/me",
    "/t/abcdEFGH234567892",
  ])("%s is not even looked for", async (path) => {
    const find = () => Promise.reject(new Error("looked for"));
    expect(await acting(link, { trackedLinks: { find } }).respond(eventFor(path))).toMatchObject({ statusCode: 404 });
  });

  test("other methods are refused", async () => {
    const reply = await acting(link).respond(eventFor("/t/abcdEFGH23", { method: "POST" }));
    expect([reply.statusCode, reply.headers["allow"]]).toEqual([405, "GET, HEAD"]);
  });
});

describe("when the stream fails", () => {
  const no = () => Promise.reject(new Error("no"));
  async function faced(stream: ReturnType<typeof sink>, overflow: ReturnType<typeof sink>) {
    const parked: [Hit, readonly unknown[]][] = [];
    const clicks = durableClicks({ stream, overflow, park: (hit, errors) => void parked.push([hit, errors]) });
    const reply = await acting(link, { clicks }).respond(eventFor("/t/abcdEFGH23"));
    return { reply, parked };
  }

  test("a hit it took goes nowhere else", async () => {
    const [stream, overflow] = [sink(), sink()];
    const { reply, parked } = await faced(stream, overflow);
    expect([reply.statusCode, stream.hits.length, overflow.hits, parked]).toEqual([302, 1, [], []]);
    expect(stream.hits[0]?.retried).toBeUndefined();
  });

  test("the hit goes to the overflow queue, marked as a retry, and the visitor goes on", async () => {
    const [stream, overflow] = [sink(no), sink()];
    const { reply, parked } = await faced(stream, overflow);
    expect([reply.statusCode, parked]).toEqual([302, []]);
    expect(overflow.hits).toEqual([{ ...stream.hits[0], retried: true }]);
  });

  test("and the queue too, the hit is parked in the log, and the visitor goes on", async () => {
    const overflow = sink(no);
    const { reply, parked } = await faced(sink(no), overflow);
    expect(reply.statusCode).toBe(302);
    expect(parked).toEqual([[overflow.hits[0], [new Error("no"), new Error("no")]]]);
  });
});

test("a Lambda without its environment names all that is missing, on every request", async () => {
  await expect(handler(eventFor("/t/abcdEFGH23"))).rejects.toThrow(
    /CLICK_STREAM_NAME, .*OVERFLOW_QUEUE_URL, TABLE_NAME/,
  );
});
