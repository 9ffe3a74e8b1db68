import type { MiddlewareObj } from "@middy/core";
import { OwnError } from "#shared/domain/kernel/own-error";
import { describeError } from "../describe-error.ts";
import { type LogCode, log, type LogFields } from "../log.ts";

/**
 * Writes down what a pipeline fails at, and lets it fail in our words: Lambda logs the message of what is thrown to it,
 * and sends it to the destination of failed events.
 */
export const failureLog = (code: LogCode, fields: LogFields): MiddlewareObj => ({
  onError: (request) => {
    log(code, { ...fields, ...describeError(request.error) });
    request.error = failureOf(code);
  },
});

/** What is thrown to Lambda in place of an error that was written down. */
export const failureOf = (code: LogCode): OwnError => new OwnError(`failed; the reason is in the log, by ${code}`);
