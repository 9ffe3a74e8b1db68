import type { Request } from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { Refusal, type RefusalCode } from "#shared/domain/kernel/refusal";
import { requestRefusals } from "#shared/domain/kernel/refusals";
import { describeError } from "../describe-error.ts";
import { log } from "../log.ts";
import type { ReplyMiddleware } from "./request.ts";

/** What is answered so is nobody's fault but ours: it is an error line, and rings. */
export const outages: readonly RefusalCode[] = [requestRefusals.unavailable, requestRefusals.timedOut];
const isOutage = (error: unknown): error is Refusal => error instanceof Refusal && outages.includes(error.refusal);

/** What it came of, by itself: a library's error has a `code` and a `status` of its own. */
const apart = ({ cause }: Refusal): object => (cause === undefined ? {} : { cause: describeError(cause) });

/** One line for each request: completed, refused or failed, with its status and duration. Never throws. */
export function requestLog(route: string, nowMs: () => number): ReplyMiddleware {
  const started = new WeakMap<object, number>();
  const fieldsOf = ({
    event,
    context,
    response,
  }: Request<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>) => ({
    action: route,
    requestId: event.requestContext.requestId,
    status: response?.statusCode,
    durationMs: nowMs() - (started.get(context) ?? nowMs()),
  });
  return {
    before: ({ context }) => void started.set(context, nowMs()),
    after: (request) => log("request.completed", fieldsOf(request)),
    onError: (request) => {
      const { error } = request;
      if (isOutage(error)) {
        const { refusal, cause } = error;
        log("request.unanswered", { ...fieldsOf(request), refusal: refusal.code, ...describeError(cause) });
      } else if (error instanceof Refusal)
        log("request.refused", { ...fieldsOf(request), refusal: error.refusal.code, ...apart(error) });
      else log("request.failed", { ...fieldsOf(request), ...describeError(error) });
    },
  };
}
