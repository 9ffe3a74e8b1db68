/** Which lines of a function's log mean what, as CloudWatch's filter patterns. */
import { FilterPattern, type JsonPattern } from "aws-cdk-lib/aws-logs";
import type { Trigger } from "#shared/contracts/contract";
import type { Incident } from "./incidents.ts";

const { all, any } = FilterPattern;
const is = (field: string, value: string): JsonPattern => FilterPattern.stringValue(field, "=", value);
const isNot = (field: string, value: string): JsonPattern => FilterPattern.stringValue(field, "!=", value);

/** Name of the error that says no to a user pool's flow (`shared/runtime/middleware/pool-event.ts`). */
const FLOW_REFUSED = "FlowRefused";

/** Lines of one of our codes, and of these those of one refusal, or about one network. */
export const linesOf = (
  code: string,
  { refusal, platform }: Pick<Incident, "refusal" | "platform"> = {},
): JsonPattern =>
  all(
    is("$.code", code),
    ...(refusal === undefined ? [] : [is("$.refusal", refusal)]),
    ...(platform === undefined ? [] : [is("$.platform", platform)]),
  );

/**
 * Lines of something that failed: ours of level `error`; the one Lambda's Node client writes when a handler or the start
 * throws; and Lambda's report of a call that it ended (time, memory) or that ended the process.
 * A user pool is told no by throwing, which Lambda logs and reports as an error, too: that one is no failure of ours.
 * Sources: Lambda developer guide, Telemetry API schema (`platform.report`); aws-lambda-nodejs-runtime-interface-client,
 * LogPatch.js; aws-lambda-runtime-interface-emulator, fatalerror.go and customer_error.go (types of errors).
 */
export function linesOfFailure(trigger: Trigger): JsonPattern {
  const thrown = is("$.level", "ERROR");
  const report = is("$.type", "platform.report");
  if (trigger !== "onUserPool")
    return any(is("$.level", "error"), thrown, all(report, isNot("$.record.status", "success")));
  const ended = any(
    is("$.record.status", "timeout"),
    is("$.record.status", "failure"),
    is("$.record.errorType", "Runtime.ExitError"),
    is("$.record.errorType", "Runtime.OutOfMemory"),
  );
  return any(is("$.level", "error"), all(thrown, isNot("$.message.errorType", FLOW_REFUSED)), all(report, ended));
}
