import type { LambdaFunctionURLEvent } from "aws-lambda";
import { handler } from "#lambdas/tracking/redirect-visitor";
import type { Hit } from "#shared/domain/tracking/hit";
import { type LinkLookup, type StoredLink, trackedLink } from "#shared/domain/tracking/redirect";
import type { HitSink } from "#shared/adapters/signed-http/durable-clicks";
import { edgeHandler } from "#shared/runtime/edge";

export const AT = Date.parse("2026-03-01T23:59:59.999Z");
export const ADDRESS = "203.0.113.7";
/** The link that visits lead over. */
export const link: StoredLink = {
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

/** A visitor's request as the distribution passes it on. */
export const eventFor = (
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

/** A place hits are written to, which then does as it is told. */
export const sink = (outcome: () => Promise<void> = () => Promise.resolve()) => {
  const hits: Hit[] = [];
  return { hits, put: (hit: Hit) => (hits.push(hit), outcome()) } satisfies HitSink & { hits: Hit[] };
};

/** The action over fakes: every lookup answers with the stored link `found`; it is told what a visitor was identified by. */
export function acting(
  found: StoredLink | "unknown" | "unavailable",
  ports: Partial<Parameters<typeof handler.run>[1]> = {},
) {
  const stream = sink();
  const lookup: LinkLookup = typeof found === "string" ? found : trackedLink(found);
  const identified: unknown[] = [];
  const given: Parameters<typeof handler.run>[1] = {
    trackedLinks: { find: () => Promise.resolve(lookup) },
    visitors: {
      identify: ({ day, address, agent }) => (
        identified.push({ day, address, agent }),
        Promise.resolve("0123456789abcdef")
      ),
    },
    clickIds: { of: (hitId) => Promise.resolve(hitId) },
    clicks: { record: stream.put },
    ...ports,
  };
  const chance = { now: () => AT, random: () => new Uint8Array(16).fill(33) };
  const respond = edgeHandler((visit) => handler.run(visit, given, chance));
  return { respond, identified, hits: stream.hits };
}
