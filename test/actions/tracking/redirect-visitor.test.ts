import { describe, expect, test } from "@jest/globals";
import { decodeTime } from "ulid";
import { handler } from "#lambdas/tracking/redirect-visitor";
import { edgeSink } from "#shared/runtime/edge";
import type { LinkLookup } from "#shared/domain/tracking/redirect";
import { parseHit } from "#shared/domain/tracking/parse-hit";
import { acting, ADDRESS, AT, eventFor, link } from "./visits.ts";

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

  test("says of its hit that it may have no more clicks than so many", async () => {
    const { respond, hits } = acting({ ...link, maxClicks: 3 });
    await respond(eventFor("/t/abcdEFGH23"));
    expect(hits).toMatchObject([{ limited: true }]);
    expect(parseHit(JSON.stringify(hits[0]))).toEqual(hits[0]);
  });

  test("waits for the link and for the visitor at the same time", async () => {
    let found = (_: LinkLookup): void => undefined;
    const find = () => new Promise<LinkLookup>((resolve) => (found = resolve));
    const identify = () => (found("unknown"), Promise.resolve("0123456789abcdef"));
    const { respond } = acting(link, { trackedLinks: { find }, visitors: { identify } });
    expect(await respond(eventFor("/t/abcdEFGH23"))).toMatchObject({ statusCode: 404 });
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
    ["spent", { limitReached: true }, 410, undefined],
    [
      "spent with a fallback",
      { limitReached: true, fallbackUrl: "https://shop.example/over" },
      302,
      "https://shop.example/over",
    ],
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

describe("the pixel of a link", () => {
  const pixel = "/t/abcdEFGH23/pixel.gif";

  test("is a GIF of one pixel that nobody keeps, and a view; the visitor stays where they are", async () => {
    const { respond, hits } = acting({ ...link, passClickId: true });
    const { statusCode, headers, body, isBase64Encoded } = await respond(eventFor(pixel));
    expect([statusCode, headers["content-type"], headers["cache-control"], headers["location"]]).toEqual([
      200,
      "image/gif",
      "private, no-store",
      undefined,
    ]);
    expect(isBase64Encoded).toBe(true);
    const gif = Buffer.from(body, "base64");
    expect([gif.toString("latin1", 0, 6), gif.readUInt16LE(6), gif.readUInt16LE(8), gif.at(-1)]).toEqual([
      "GIF89a",
      1,
      1,
      0x3b,
    ]);
    expect(hits).toMatchObject([{ kind: "view", code: link.code, visitor: "0123456789abcdef", method: "GET" }]);
    expect(parseHit(JSON.stringify(hits[0]))).toEqual(hits[0]);
  });

  test.each<[string, Parameters<typeof acting>[0], number]>([
    ["nobody knows", "unknown", 404],
    ["nobody can look up", "unavailable", 503],
    ["is disabled", { ...link, disabled: true }, 410],
    ["is disabled, its fallback being a page", { ...link, disabled: true, fallbackUrl: "https://shop.example/" }, 410],
    ["is over", { ...link, expiresAt: "2026-03-01T23:59:59.999Z" }, 410],
    ["is of somebody banned", { ...link, creatorBanned: true }, 410],
  ])("that %s is not there, and no view", async (_what, found, status) => {
    const { respond, hits } = acting(found);
    expect(await respond(eventFor(pixel))).toMatchObject({ statusCode: status });
    expect(hits).toEqual([]);
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
    "/t/abcdEFGH23/pixel.gif/",
    "/t/abcdEFGH23/pixel.png",
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

test("a Lambda without its environment names all that is missing, on every request", async () => {
  const lines: string[] = [];
  edgeSink.write = (line) => void lines.push(line);
  for (const answered of [1, 2]) {
    expect(await handler(eventFor("/t/abcdEFGH23"))).toMatchObject({ statusCode: 503 });
    expect(lines).toHaveLength(answered);
  }
  for (const line of lines) {
    const { level, code, errors } = JSON.parse(line) as { level: string; code: string; errors: [{ message: string }] };
    expect([level, code]).toEqual(["error", "visit.failed"]);
    expect(errors[0].message).toMatch(/CLICK_STREAM_NAME, .*OVERFLOW_QUEUE_URL, TABLE_NAME/);
  }
});
