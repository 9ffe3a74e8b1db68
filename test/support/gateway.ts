/** Requests as the HTTP API's gateway hands them to a Lambda, and the lines that a Lambda logs. */
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import type { Route } from "#shared/contracts/contract";
import { sink } from "#shared/runtime/log";
import type { RequestContext } from "#shared/runtime/middleware/request";
import { CAMPAIGN_ID } from "./builders.ts";

export type Headers = Record<string, string>;
export interface Sent {
  readonly headers?: Headers;
  readonly body?: unknown;
  readonly raw?: string;
  readonly query?: string;
  readonly campaignId?: string;
}

/** Names of headers are lower-case in events of payload format 2.0, whatever the client wrote. */
const asTheGatewaySpells = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

export function gatewayEvent(
  route: Route,
  { headers = {}, body, raw, query = "", campaignId = CAMPAIGN_ID }: Sent = {},
): APIGatewayProxyEventV2 {
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  return {
    version: "2.0",
    routeKey: route,
    rawPath: route.split(" ")[1]?.replace("{campaignId}", campaignId) ?? "",
    rawQueryString: query,
    headers: asTheGatewaySpells({ ...(text !== undefined && { "Content-Type": "application/json" }), ...headers }),
    ...(query && { queryStringParameters: Object.fromEntries(new URLSearchParams(query)) }),
    pathParameters: { campaignId },
    requestContext: {
      requestId: "req-1",
      http: { method: route.split(" ")[0] },
    } as APIGatewayProxyEventV2["requestContext"],
    isBase64Encoded: false,
    ...(text !== undefined && { body: text }),
  };
}

let invocations = 0;
/** Lambda's context, fresh for each invocation: under one request's id it would be a retry. */
export const lambdaContext = (remainingMs = 10_000): Context =>
  ({ awsRequestId: `aws-${(invocations += 1)}`, getRemainingTimeInMillis: () => remainingMs }) as Context;
/** The same, with what earlier middlewares have found out. */
export const requestContext = (found: Partial<RequestContext> = {}): RequestContext =>
  ({ ...lambdaContext(), ...found }) as RequestContext;

export type LogLine = Readonly<Record<string, unknown>> & { readonly level: string; readonly code: string };

/** Every line that is logged from now on. */
export function loggedLines(): LogLine[] {
  const lines: LogLine[] = [];
  sink.write = (line) => void lines.push(JSON.parse(line) as LogLine);
  return lines;
}
