import type { Request } from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { Refusal } from "#shared/domain/kernel/refusal";
import { describeError } from "../describe-error.ts";
import { log } from "../log.ts";
import type { ReplyMiddleware } from "./request.ts";

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
      if (error instanceof Refusal) log("request.refused", { ...fieldsOf(request), refusal: error.refusal.code });
      else log("request.failed", { ...fieldsOf(request), ...describeError(error) });
    },
  };
}
