import { Refusal } from "#shared/domain/kernel/refusal";
import { describeError, log } from "../log.ts";
import type { ReplyMiddleware } from "./request.ts";

/** One line for each request: completed, refused or failed, with its status and duration. Never throws. */
export function requestLog(route: string, nowMs: () => number): ReplyMiddleware {
  const started = new WeakMap<object, number>();
  return {
    before: ({ context }) => void started.set(context, nowMs()),
    after: ({ event, context, response }) =>
      log("request.completed", {
        action: route,
        requestId: event.requestContext.requestId,
        status: response?.statusCode,
        durationMs: nowMs() - (started.get(context) ?? nowMs()),
      }),
    onError: ({ event, error, response }) => {
      const request = { action: route, requestId: event.requestContext.requestId };
      if (error instanceof Refusal)
        log("request.refused", { ...request, status: response?.statusCode, refusal: error.refusal.code });
      else log("request.failed", { ...request, ...describeError(error) });
    },
  };
}
