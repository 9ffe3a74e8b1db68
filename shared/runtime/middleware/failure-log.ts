import type { MiddlewareObj } from "@middy/core";
import { describeError, type LogCode, log, type LogFields } from "../log.ts";

/** Writes down what a pipeline fails at, and lets it fail. */
export const failureLog = (code: LogCode, fields: LogFields): MiddlewareObj => ({
  onError: ({ error }) => log(code, { ...fields, ...describeError(error) }),
});
