import type { IncomingHttpHeaders } from "node:http";
import type { Account, StripeState } from "./account.ts";
import { authenticate } from "./authentication.ts";
import type { Clock } from "./clock.ts";
import type { Deliveries } from "./deliveries.ts";
import { callOf } from "./call.ts";
import { apiVersion } from "./events.ts";
import { internalError, refusalBefore } from "./faults.ts";
import type { Fault, Faults } from "./faults.ts";
import { canonicalForm, decodeForm } from "./form.ts";
import type { FormRecord } from "./form.ts";
import type { Reply } from "./idempotency.ts";
import { newId } from "./identifiers.ts";
import { StripeRefusal, invalidRequest, unrecognizedUrl } from "./refusal.ts";
import type { Match, Route, Routes } from "./routes.ts";
import type { Settings } from "./settings.ts";
import type { Timers } from "./timers.ts";

/** Everything the fake consists of. */
export interface Stage {
  readonly state: StripeState;
  readonly routes: Routes<Route>;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly faults: Faults;
  readonly deliveries: Deliveries;
  readonly timers: Timers;
  readonly log: (line: string) => void;
}

/** A request, read whole. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What becomes of a request: a reply, silence, or a connection that breaks. */
export type Answer = Reply | "silence" | "reset";

/** Answers a request of Stripe's API. */
export async function answer(stage: Stage, request: ApiRequest): Promise<Answer> {
  const requestId = newId("req", 14);
  try {
    return await answerOrThrow(stage, request, requestId);
  } catch (error) {
    return withHeaders(refusalReply(stage, error, requestId), request, requestId);
  }
}

async function answerOrThrow(stage: Stage, request: ApiRequest, requestId: string): Promise<Answer> {
  const account = authenticate(request.headers, stage.state);
  const match = stage.routes.find(request.method, request.path);
  if (!match) throw unrecognizedUrl(request.method, request.path);
  const hit = stage.faults.take(request.method, request.path, match.route.pattern);
  const fault = hit?.kind;
  if (fault === "timeout_before") return "silence";
  if (fault === "reset") return "reset";
  const refused = refusalBefore(hit);
  if (refused) throw refused;
  const reply = await executeOnce(stage, { request, requestId, account, match, fault });
  if (fault === "timeout_after") return "silence";
  return fault === "reset_after" ? "reset" : reply;
}

interface Execution {
  readonly request: ApiRequest;
  readonly requestId: string;
  readonly account: Account;
  readonly match: Match<Route>;
  readonly fault: Fault["kind"] | undefined;
}

async function executeOnce(stage: Stage, execution: Execution): Promise<Reply> {
  const { request, requestId, account, match, fault } = execution;
  const form = formOf(request);
  const run = match.route.prepare(form);
  const key = request.method === "POST" ? headerOf(request, "idempotency-key") : undefined;
  if (key !== undefined) {
    const keyed = { key, path: request.path, fingerprint: canonicalForm(form), requestId };
    const saved = account.idempotencyKeys.claim(keyed, stage.clock.machineNow());
    if (saved) return withHeaders(saved, request, requestId);
  }
  if (fault === "hold") await stage.faults.held();
  const reply = execute(stage, execution, () =>
    run(callOf(stage, account, match.ids, { requestId, idempotencyKey: key ?? null })),
  );
  if (key !== undefined) account.idempotencyKeys.save(key, reply);
  return withHeaders(reply, request, requestId);
}

function execute(stage: Stage, { fault, requestId }: Execution, run: () => object): Reply {
  const failure = () => refusalReply(stage, internalError(), requestId);
  if (fault === "error_500") return failure();
  const reply = attempt(stage, requestId, run);
  return fault === "error_500_after" ? failure() : reply;
}

function attempt(stage: Stage, requestId: string, run: () => object): Reply {
  try {
    return { status: 200, body: JSON.stringify(run(), null, 2), headers: {} };
  } catch (error) {
    return refusalReply(stage, error, requestId);
  }
}

function formOf(request: ApiRequest): FormRecord {
  if (request.method === "GET" || request.method === "DELETE") return decodeForm(request.query);
  const type = headerOf(request, "content-type") ?? "application/x-www-form-urlencoded";
  if (request.body !== "" && !type.startsWith("application/x-www-form-urlencoded")) {
    throw invalidRequest(
      "Invalid request (check that your POST content type is application/x-www-form-urlencoded). If you have any questions, we can help at https://support.stripe.com/.",
    );
  }
  return decodeForm([request.query, request.body].filter((part) => part !== "").join("&"));
}

function refusalReply(stage: Stage, error: unknown, requestId: string): Reply {
  if (!(error instanceof StripeRefusal)) stage.log(`failure ${requestId} ${String(error)}`);
  const refusal = error instanceof StripeRefusal ? error : internalError();
  const logUrl = `https://dashboard.stripe.com/test/logs/${requestId}`;
  const body = JSON.stringify({ error: { ...refusal.body, request_log_url: logUrl } }, null, 2);
  return { status: refusal.status, body, headers: refusal.headers };
}

function withHeaders(reply: Reply, request: ApiRequest, requestId: string): Reply {
  const key = request.method === "POST" ? headerOf(request, "idempotency-key") : undefined;
  const account = headerOf(request, "stripe-account");
  return {
    ...reply,
    headers: {
      "content-type": "application/json",
      "request-id": requestId,
      "stripe-version": headerOf(request, "stripe-version") ?? apiVersion,
      ...(account === undefined ? {} : { "stripe-account": account }),
      ...(key === undefined ? {} : { "idempotency-key": key, "original-request": requestId }),
      ...reply.headers,
    },
  };
}

function headerOf(request: ApiRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}
