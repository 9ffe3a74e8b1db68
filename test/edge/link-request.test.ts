import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { CODE_ALPHABET, CODE_LENGTH } from "#shared/domain/links/code";
import { LinkCode } from "#shared/domain/links/link-code";
import { wantedBy } from "#shared/domain/tracking/redirect";

const source = readFileSync("infra/edge/link-request.js", "utf8");
const header = z.object({ value: z.string() });
const answer = z.object({
  statusCode: z.number().optional(),
  uri: z.string().optional(),
  querystring: z.unknown().optional(),
  headers: z.record(z.string(), header),
  cookies: z.record(z.string(), z.unknown()).optional(),
});

/** Far more than CloudFront gives a function, which is about one, and throttles for everybody what goes beyond it often. */
const MOST_MS = 1_000;

/** Runs the function as CloudFront does: one event in, a request or a response out, nothing kept. */
function visit(uri: string, headers: Record<string, string> = {}) {
  const given = Object.entries(headers).map(([name, value]) => [name, { value }]);
  const event = {
    viewer: { ip: "203.0.113.7" },
    request: {
      method: "GET",
      uri,
      querystring: { utm: { value: "a%20b" } },
      headers: Object.fromEntries(given),
      cookies: { session: { value: "1" } },
    },
  };
  return answer.parse(
    JSON.parse(
      String(runInContext(`${source};JSON.stringify(handler(event))`, createContext({ event }), { timeout: MOST_MS })),
    ),
  );
}

describe("what goes on", () => {
  test.each([
    ["/t/abcdEFGH23", "/t/abcdEFGH23"],
    ["/t/abcdEFGH", "/t/abcdEFGH"],
    ["/t/abcdEFGH23456789", "/t/abcdEFGH23456789"],
    ["/t/abcdEFGH23/", "/t/abcdEFGH23"],
    [`/t/abcdEFGH23${"/".repeat(8_000)}`, "/t/abcdEFGH23"],
    ["/t/abcdEFGH23/pixel.gif//", "/t/abcdEFGH23/pixel.gif"],
    ["/t/abcdEFGH23/pixel.gif", "/t/abcdEFGH23/pixel.gif"],
    ["/t/acme-summer", "/t/acme-summer"],
    ["/t/Acme-SUMMER-20/", "/t/acme-summer-20"],
    ["/t/ACME-summer/pixel.gif", "/t/acme-summer/pixel.gif"],
  ])("%s as %s", (uri, expected) => {
    const { statusCode, ...request } = visit(uri);
    expect(statusCode).toBeUndefined();
    expect(request.uri).toBe(expected);
    expect(request.querystring).toEqual({ utm: { value: "a%20b" } });
    expect(request.cookies).toEqual({});
  });
});

describe("what is answered with 404", () => {
  test.each([
    "/t/",
    "/t",
    "/",
    "/t/abcdEFG",
    "/t/abcdEFGH234567892",
    "/t/abcdEFGH0O",
    "/t/abcd%45FGH23",
    "/T/abcdEFGH23",
    "/t/abcdEFGH23/other.gif",
    "/t/abcdEFGH23/../v1",
    "/x/t/abcdEFGH23",
    "/t//abcdEFGH23",
    "/t/abcdEFGH23\n",
    "/t/ac-summer",
    "/t/acme-s",
    "/t/-summer",
    "/t/acme_summer",
    "/t/acme-summ%C3%A9r",
    "/t/acme-summer/other.gif",
    `/t/acme-${"s".repeat(33)}`,
    `/t/${"a".repeat(17)}-summer`,
  ])("%j", (uri) => {
    const { statusCode, headers } = visit(uri);
    expect(statusCode).toBe(404);
    expect(headers["cache-control"]?.value).toBe("private, no-store");
  });
});

/** CloudFront takes addresses of 8,192 bytes: of eight times as many, what takes the square of it would take a minute. */
test.each(["/", "-", "a-", "/pixel.gif", "abcdEFGH23/"])("a long address of %j takes no longer than others", (part) => {
  const ending = `${part.repeat(Math.floor(64_000 / part.length))}!`;
  for (const uri of [`/t/${ending}`, `/t/abcdEFGH23/${ending}`, `/t/acme-summer/pixel.gif${ending}`])
    expect(visit(uri).statusCode).toBe(404);
});

test("the viewer's address is CloudFront's, whatever the client says", () => {
  const { headers } = visit("/t/abcdEFGH23", {
    "x-viewer-address": "192.0.2.1",
    "x-forwarded-for": "192.0.2.1",
    forwarded: "for=192.0.2.1",
    "true-client-ip": "192.0.2.1",
    "user-agent": "Firefox",
  });
  expect(headers).toEqual({ "x-viewer-address": { value: "203.0.113.7" }, "user-agent": { value: "Firefox" } });
});

test("one request leaves nothing for the next", () => {
  expect(visit("/t/nope").headers).toEqual(visit("/t/nope").headers);
  expect(visit("/t/abcdEFGH23").headers["x-viewer-address"]?.value).toBe("203.0.113.7");
});

describe("edge and Lambda agree on what a code is", () => {
  const isTakenAtTheEdge = (text: string) => visit(`/t/${text}`).statusCode === undefined;
  const isTakenByTheLambda = (text: string) => wantedBy(`/t/${text}`) !== undefined;

  test("symbol by symbol", () => {
    // A slash alone differs on purpose: the edge takes it off the end.
    const symbols = Array.from({ length: 256 }, (_, unit) => String.fromCharCode(unit)).filter((one) => one !== "/");
    const taken = symbols.filter((symbol) => isTakenAtTheEdge(symbol.repeat(8)));
    expect(taken).toEqual(symbols.filter((symbol) => isTakenByTheLambda(symbol.repeat(8))));
    expect(taken.join("")).toBe([...CODE_ALPHABET].sort().join(""));
    expect(taken.filter((symbol) => !LinkCode.safeParse(symbol.repeat(8)).success)).toEqual([]);
  });

  test("length by length", () => {
    const codes = Array.from({ length: 20 }, (_, length) => CODE_ALPHABET.slice(0, length));
    expect(codes.filter(isTakenAtTheEdge)).toEqual(codes.filter(isTakenByTheLambda));
    expect(codes.filter(isTakenAtTheEdge)).toEqual(codes.filter((code) => LinkCode.safeParse(code).success));
    expect(isTakenAtTheEdge(CODE_ALPHABET.slice(0, CODE_LENGTH))).toBe(true);
  });
});

describe("edge and Lambda agree on what a brand's own code is", () => {
  const seen = (code: string) => [visit(`/t/${code}`).uri?.slice(3), wantedBy(`/t/${code}`)?.code];

  test.each([1, 2, 3, 16, 17, 32, 33])("%d symbols before and behind the hyphen", (length) => {
    for (const code of [`${"a".repeat(length)}-summer`, `acme-${"s".repeat(length)}`]) {
      const [edge, lambda] = seen(code);
      expect(edge).toBe(lambda);
      expect(LinkCode.safeParse(code).data).toBe(lambda);
    }
  });

  test("whatever the edge makes of one, the Lambda takes", () => {
    const symbols = Array.from({ length: 128 }, (_, unit) => String.fromCharCode(unit)).filter((one) => one !== "/");
    const made = symbols.flatMap((symbol) => visit(`/t/acme-x${symbol}`).uri ?? []);
    expect(made).toHaveLength(2 * 26 + 10 + 1);
    expect(made.filter((uri) => wantedBy(uri) === undefined)).toEqual([]);
  });
});

test("the source fits into CloudFront's 10,240 bytes", () => {
  expect(Buffer.byteLength(source)).toBeLessThanOrEqual(10_240);
});
