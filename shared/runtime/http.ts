import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 as Reply } from "aws-lambda";
import type { HttpContract } from "#shared/contracts/contract";
import { type Actor, systemActor } from "#shared/domain/kernel/actor";
import { Refusal, refuse } from "#shared/domain/kernel/refusal";
import { accessRefusals } from "#shared/domain/kernel/refusals";
import type { IdempotencyClaim } from "#shared/ports/changes";
import type { Page } from "#shared/ports/page";
import type { Authenticate } from "./authenticate.ts";
import type { Call, World } from "./call.ts";
import type { Connected } from "./connect.ts";
import { type CursorScope, decodeCursor, encodeCursor } from "./cursor.ts";
import { type Claimed, claimKey, completeKey, digestOf, keyOf, releaseKey } from "./idempotency.ts";
import { describeError, log } from "./log.ts";
import { parseRequest } from "./parse.ts";
import { problemReply } from "./problem.ts";
import { untilDecided } from "./until-decided.ts";

/** What one action needs at run time, made on its first request. */
export interface Serving {
  readonly connected: Connected;
  /** Missing on public routes. */
  readonly authenticate: Authenticate | undefined;
  readonly world: World;
}

/** Any action's `run`, once its contract has parsed what it receives and will parse what it gives. */
type AnyCall = Call<unknown, unknown, unknown>;
export type AnyRun = (call: AnyCall, ports: unknown) => Promise<unknown>;

/** What an action answered, before it is parsed for the way out. */
interface Answer {
  readonly result: unknown;
  readonly status: number;
  /** Headers besides those of every reply. */
  readonly headers: Readonly<Record<string, string>>;
}

const securityHeaders = {
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
};

/** One request from event to reply; never throws. */
export async function answerRequest(
  serving: Serving,
  contract: HttpContract,
  run: AnyRun,
  event: APIGatewayProxyEventV2,
): Promise<Reply> {
  const request = { path: event.rawPath, requestId: event.requestContext.requestId };
  const cacheable = contract.roles === "public" && contract.route.startsWith("GET ");
  const headers = {
    ...securityHeaders,
    "X-Request-Id": request.requestId,
    "Cache-Control": cacheable ? "public, max-age=60" : "no-store",
  };
  const started = Date.parse(serving.world.now());
  const logged = { action: contract.route, requestId: request.requestId };
  try {
    const reply = await perform(serving, contract, run, event);
    log("request.completed", {
      ...logged,
      status: reply.statusCode,
      durationMs: Date.parse(serving.world.now()) - started,
    });
    return { ...reply, headers: { ...headers, ...reply.headers } };
  } catch (error) {
    const problem = problemReply(error, request);
    if (error instanceof Refusal)
      log("request.refused", { ...logged, status: problem.statusCode, refusal: error.refusal.code });
    else log("request.failed", { ...logged, ...describeError(error) });
    return { ...problem, headers: { ...headers, "Cache-Control": "no-store", ...problem.headers } };
  }
}

async function perform(
  serving: Serving,
  contract: HttpContract,
  run: AnyRun,
  event: APIGatewayProxyEventV2,
): Promise<Reply> {
  const actor = await actorOf(serving, contract, event);
  const parsed = parseRequest(contract, event);
  const now = serving.world.now();
  const route = `${contract.route} ${event.rawPath}`;
  const scope = { callerId: actor.userId, route, filters: parsed.query ?? {}, limit: parsed.limit };
  const key = keyOf(contract, event.headers["idempotency-key"]);
  const call: AnyCall = {
    actor,
    now,
    requestId: event.requestContext.requestId,
    newId: serving.world.newId,
    path: parsed.path,
    query: parsed.query,
    body: parsed.body,
    page: { limit: parsed.limit, ...(parsed.cursor !== undefined && { after: decodeCursor(scope, parsed.cursor) }) },
    ifMatch: versionOf(event.headers["if-match"]),
    method: event.requestContext.http.method,
    rawPath: event.rawPath,
    headers: event.headers,
    rawBody: parsed.rawBody,
    idempotencyDigest: key === undefined ? undefined : digestOf(actor.userId, contract.route, key),
  };
  if (key === undefined) return success(contract, first(contract, await decide(serving, run, call)), scope);
  const meaning = { path: parsed.path, body: parsed.body };
  const claimed = await claimKey(serving.connected.table, { contract, callerId: actor.userId, key, meaning, now });
  return success(contract, await performOnce(serving, contract, run, call, claimed), scope);
}

async function actorOf(
  { authenticate }: Serving,
  contract: HttpContract,
  event: APIGatewayProxyEventV2,
): Promise<Actor> {
  if (contract.roles === "public" || authenticate === undefined) return systemActor(contract.route);
  const actor = await authenticate(event.headers["authorization"]);
  const allowed: readonly string[] = contract.roles;
  if (!actor.roles.some((role) => allowed.includes(role))) throw refuse(accessRefusals.roleNotAllowed);
  return actor;
}

function decide(serving: Serving, run: AnyRun, call: AnyCall, claim?: IdempotencyClaim): Promise<unknown> {
  const { actor, now, requestId, newId } = call;
  const ports = serving.connected.portsFor({ actor, now, requestId, newId, ...(claim && { claim }) });
  return untilDecided(() => run(call, ports));
}

/** Under a key: the response it has, or a first one, which the action's own commit stores with its change. */
async function performOnce(
  serving: Serving,
  contract: HttpContract,
  run: AnyRun,
  call: AnyCall,
  claimed: Claimed,
): Promise<Answer> {
  if ("replay" in claimed) {
    const { status, response } = claimed.replay;
    return { result: JSON.parse(response), status, headers: { "Idempotency-Replayed": "true" } };
  }
  try {
    const result = await decide(serving, run, call, claimed.claim);
    await completeKey(serving.connected.table, claimed.claim, JSON.stringify(result ?? null));
    return first(contract, result);
  } catch (error) {
    // Nothing was committed under the key, or it is completed already and this does nothing.
    await releaseKey(serving.connected.table, claimed.claim);
    throw error;
  }
}

const first = (contract: HttpContract, result: unknown): Answer => ({
  result,
  status: contract.status ?? 200,
  headers: {},
});

function success(contract: HttpContract, { result, status, headers }: Answer, scope: CursorScope): Reply {
  if (status === 204) return { statusCode: 204, headers: { ...headers } };
  const body = contract.list ? pageBody(contract, result as Page<unknown>, scope) : contract.reply.parse(result);
  return {
    statusCode: status,
    headers: { "Content-Type": "application/json", ...headers, ...etagOf(body) },
    body: JSON.stringify(body),
  };
}

const pageBody = (contract: HttpContract, { items, next }: Page<unknown>, scope: CursorScope) => ({
  data: items.map((item) => contract.reply.parse(item)),
  page: { limit: scope.limit, next: next === undefined ? null : encodeCursor(scope, next) },
});

/** A single resource that has a version can be changed under `If-Match`. */
function etagOf(body: unknown): Record<string, string> {
  const versioned = body !== null && typeof body === "object" && "version" in body && typeof body.version === "number";
  return versioned ? { ETag: `"v${String(body.version)}"` } : {};
}

/** Version an `If-Match` names; a tag that is not ours names one that no resource has. */
function versionOf(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === "*") return undefined;
  return Number(/^"v(\d+)"$/.exec(ifMatch.trim())?.[1] ?? -1);
}
