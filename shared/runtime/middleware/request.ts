/** What the middlewares of an HTTP pipeline find out about one request, in the order in which they run. */
import type { MiddlewareObj } from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import type { Actor } from "#shared/domain/kernel/actor";
import type { StoredReply } from "#shared/ports/idempotency";
import type { Call } from "../call.ts";
import type { Answer } from "../connect.ts";

/** Any action's call, once its contract has parsed it. */
export type AnyCall = Call<unknown, unknown, unknown>;

export interface RequestContext extends Context {
  /** By `authentication`, or on public routes by `publicCaller`. */
  actor: Actor;
  /** By `sighting`: under way since the caller is known, and never rejects. */
  sighting?: Promise<void>;
  /** By `parsing`; `idempotency` adds the key's digest. */
  call: AnyCall;
  /** By `parsing`; `idempotency` adds the claim, a commit what it stored. */
  answer: Answer;
}

/** A middleware around one call: it may refuse it, answer it, or add to its context. */
export type CallMiddleware = MiddlewareObj<APIGatewayProxyEventV2, StoredReply, Error, RequestContext>;
/** A middleware around every reply, problems included. */
export type ReplyMiddleware = MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;
