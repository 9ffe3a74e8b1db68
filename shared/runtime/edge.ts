import { randomFillSync } from "node:crypto";
import type { LambdaFunctionURLEvent } from "aws-lambda";
import type { EdgeContract } from "#shared/contracts/contract";
import type { UsesOf } from "#shared/contracts/implied";
import type { EnvironmentFor, Granted } from "#shared/ports/catalogue";
import { productMs } from "./clock.ts";
import { errorFacts } from "./error-facts.ts";
import { readEnvironment } from "./environment.ts";

/** Names of the resources of every capability at the edge; spelled here, because the catalogue would be in the bundle. */
const resources = ["TABLE_NAME", "CLICK_STREAM_NAME", "OVERFLOW_QUEUE_URL"] as const;
const credentials = ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] as const;
export type EdgeResource = (typeof resources)[number];

/** What a Lambda at the edge is built from: names of its resources, and what it signs requests with. */
export interface EdgeEnvironment extends Readonly<Record<EdgeResource | (typeof credentials)[number], string>> {
  readonly AWS_SESSION_TOKEN?: string | undefined;
  readonly AWS_ENDPOINT_URL?: string | undefined;
}

/** A visitor's request as CloudFront passed it on. */
export interface EdgeRequest {
  readonly method: string;
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  /** The viewer's address as CloudFront saw it. Whatever the client claims in forwarded headers is not looked at. */
  readonly address: string;
  readonly agent: string;
  readonly purpose: string;
  readonly referrer: string;
  /** ISO 3166-1 alpha-2, by CloudFront, which replaces whatever the client claims; empty where it does not know. */
  readonly country: string;
  /** The number of the viewer's network, by CloudFront as well; empty where it does not know. */
  readonly asn: string;
  /** `Accept-Language`, as sent. */
  readonly languages: string;
}

/** A reply as a Function URL takes it. */
export interface EdgeReply {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly isBase64Encoded?: true;
}

export type EdgeHandler = (event: LambdaFunctionURLEvent) => Promise<EdgeReply>;

/** What is ever said at the edge, and all of it is an error. */
type EdgeCode =
  "click_key.unavailable" | "click.parked" | "link.unavailable" | "visit.failed" | "visitor_key.unavailable";

/** Where lines go; replaced in tests. */
export const edgeSink = { write: (line: string): void => void process.stdout.write(`${line}\n`) };

/** One structured line, of the same shape as every other Lambda's (`log.ts`), without its catalogue. */
function logAtEdge(code: EdgeCode, errors: readonly unknown[], fields: Readonly<Record<string, unknown>> = {}) {
  const described = errors.map((error) => errorFacts(error));
  edgeSink.write(
    JSON.stringify({ level: "error", code, timestamp: new Date().toISOString(), errors: described, ...fields }),
  );
}

const surroundings = { now: Date.now, log: logAtEdge };
/** The machine's clock, in milliseconds since 1970, by which requests are signed and memories kept; and the log. */
export type EdgeSurroundings = typeof surroundings;

const always = { "cache-control": "private, no-store", "x-robots-tag": "noindex" };

/** A GIF of one transparent pixel. */
const PIXEL = "R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==";

const plain = (statusCode: number, body: string, headers: Record<string, string> = {}): EdgeReply => ({
  statusCode,
  headers: { ...always, "content-type": "text/plain; charset=utf-8", ...headers },
  body,
});

/** Replies by what became of the visit. None repeats anything the visitor sent. */
export const edgeReplies = {
  follow: (location: string): EdgeReply => ({
    statusCode: 302,
    headers: { ...always, location, "referrer-policy": "no-referrer-when-downgrade" },
    body: "",
  }),
  /** Shown by other sites; one that isolates itself (COEP) shows only what says that it may. */
  pixel: (): EdgeReply => ({
    statusCode: 200,
    headers: { ...always, "content-type": "image/gif", "cross-origin-resource-policy": "cross-origin" },
    body: PIXEL,
    isBase64Encoded: true,
  }),
  unknown: () => plain(404, "There is no such link.\n"),
  gone: () => plain(410, "This link has ended.\n"),
  unavailable: () => plain(503, "Try again in a moment.\n", { "retry-after": "2" }),
  methodNotAllowed: () => plain(405, "Links can only be followed.\n", { allow: "GET, HEAD" }),
};

function requestOf({ rawPath, rawQueryString, headers, requestContext }: LambdaFunctionURLEvent): EdgeRequest {
  const header = (name: string): string => headers[name] ?? "";
  return {
    method: requestContext.http.method,
    path: rawPath,
    query: rawQueryString,
    address: header("x-viewer-address"),
    agent: header("user-agent"),
    purpose: header("sec-purpose") || header("purpose") || header("x-purpose") || header("x-moz"),
    referrer: header("referer"),
    country: header("cloudfront-viewer-country"),
    asn: header("cloudfront-viewer-asn"),
    languages: header("accept-language"),
  };
}

/**
 * Runs `respond` for reads, behind a Function URL. What fails is written down, and the visitor asked to come again: thrown
 * to Lambda, an error would be logged with a message that may quote the visitor.
 */
export const edgeHandler =
  (respond: (request: EdgeRequest) => Promise<EdgeReply>): EdgeHandler =>
  async (event) => {
    try {
      const request = requestOf(event);
      return request.method === "GET" || request.method === "HEAD"
        ? await respond(request)
        : edgeReplies.methodNotAllowed();
    } catch (error) {
      logAtEdge("visit.failed", [error]);
      return edgeReplies.unavailable();
    }
  };

/** The product's clock, in milliseconds since 1970, and 16 bytes of randomness a call: the one source of both at the edge. */
export interface EdgeChance {
  readonly now: () => number;
  readonly random: () => Uint8Array;
}

const RANDOM_BYTES = 16;
const POOLED_CALLS = 256;

/** The clock's and random bytes of which none is given twice; drawn many at once, because each draw costs as much as all. */
export function edgeChance(now: () => number): EdgeChance {
  const pool = new Uint8Array(RANDOM_BYTES * POOLED_CALLS);
  let used = pool.length;
  const random = (): Uint8Array => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    return pool.slice(used, (used += RANDOM_BYTES));
  };
  return { now, random };
}

/** A contract whose capabilities need no more of the environment than is read at the edge. */
type EdgeAction = EdgeContract & {
  readonly uses: readonly {
    [U in UsesOf<EdgeContract>]: keyof EnvironmentFor<U> extends EdgeResource ? U : never;
  }[UsesOf<EdgeContract>][];
};

/**
 * Makes a Lambda at the edge: what `C` declares is what `run` is handed. Its adapters are made once, while it starts.
 * When variables are missing it says so, all of them at once, at every request: a failed start would be repeated by Lambda
 * without a line of ours.
 */
export function implementEdge<C extends EdgeAction>(
  adapters: (environment: EdgeEnvironment, surroundings: EdgeSurroundings) => Granted<UsesOf<C>>,
  run: (visit: EdgeRequest, ports: Granted<UsesOf<C>>, chance: EdgeChance) => Promise<EdgeReply>,
) {
  const started = (): EdgeHandler => {
    const { AWS_SESSION_TOKEN, AWS_ENDPOINT_URL } = process.env;
    const environment = { ...readEnvironment([...resources, ...credentials]), AWS_SESSION_TOKEN, AWS_ENDPOINT_URL };
    const ports = adapters(environment, surroundings);
    const chance = edgeChance(productMs);
    return edgeHandler((visit) => run(visit, ports, chance));
  };
  let handler: EdgeHandler;
  try {
    handler = started();
  } catch (error) {
    handler = edgeHandler(() => {
      throw error;
    });
  }
  return Object.assign(handler, { run });
}
