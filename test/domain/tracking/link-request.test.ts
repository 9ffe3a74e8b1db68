import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { codeOf } from "#shared/domain/tracking/redirect";

const source = readFileSync("infra/edge/link-request.js", "utf8");
const header = z.object({ value: z.string() });
const answer = z.object({
  statusCode: z.number().optional(),
  uri: z.string().optional(),
  querystring: z.unknown().optional(),
  headers: z.record(z.string(), header),
  cookies: z.record(z.string(), z.unknown()).optional(),
});

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
    JSON.parse(String(runInContext(`${source};JSON.stringify(handler(event))`, createContext({ event })))),
  );
}

describe("what goes on", () => {
  test.each([
    ["/t/abcdEFGH23", "/t/abcdEFGH23"],
    ["/t/abcdEFGH", "/t/abcdEFGH"],
    ["/t/abcdEFGH23456789", "/t/abcdEFGH23456789"],
    ["/t/abcdEFGH23/", "/t/abcdEFGH23"],
    ["/t/abcdEFGH23/pixel.gif", "/t/abcdEFGH23/pixel.gif"],
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
  ])("%j", (uri) => {
    const { statusCode, headers } = visit(uri);
    expect(statusCode).toBe(404);
    expect(headers["cache-control"]?.value).toBe("private, no-store");
  });
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

test("edge and Lambda agree on what a code is, and the source fits into CloudFront's 10,240 bytes", () => {
  for (const uri of ["/t/abcdEFGH23", "/t/abcdEFGH", "/t/abcdEFGH0O", "/t/short", "/t/abcdEFGH234567892"])
    expect(codeOf(uri) !== undefined).toBe(visit(uri).statusCode === undefined);
  expect(Buffer.byteLength(source)).toBeLessThanOrEqual(10_240);
});
