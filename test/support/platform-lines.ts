/** Lines that Lambda itself writes into a function's log, where its format is JSON. */

const requestId = "6d68ca91-49c9-448d-89b8-7ca3e6dc66aa";
const timestamp = "2022-10-12T00:01:15.000Z";

/**
 * What Lambda's Node client logs of whatever a handler or the start throws.
 * Source: aws-lambda-nodejs-runtime-interface-client 3.3.0, LogPatch.js: `formatJsonMessage` and `jsonErrorReplacer`.
 */
export function loggedByLambda(thrown: unknown): string {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const message = {
    errorType: error.constructor.name,
    errorMessage: error.message,
    stackTrace: (error.stack ?? "").split("\n"),
    ...error,
  };
  return JSON.stringify({ timestamp, level: "ERROR", requestId, message });
}

/**
 * Lambda's report of a call. Source: Lambda developer guide, Telemetry API schema, `platform.report`: the status is
 * `success`, `failure`, `error` or `timeout`; the example there.
 */
const report = (status: string, errorType?: string): string =>
  JSON.stringify({
    time: timestamp,
    type: "platform.report",
    record: {
      metrics: {
        billedDurationMs: 694,
        durationMs: 693.92,
        initDurationMs: 397.68,
        maxMemoryUsedMB: 84,
        memorySizeMB: 128,
      },
      requestId,
      status,
      ...(errorType !== undefined && { errorType }),
    },
  });

class ImportModuleError extends Error {}
class UnhandledPromiseRejection extends Error {}

/** Of what ended before our code could say anything. Types of errors: aws-lambda-runtime-interface-emulator, fatalerror.go. */
export const deaths: Readonly<Record<string, string>> = {
  "a start that throws": loggedByLambda(new TypeError("x is not a function")),
  "a module that is not there": loggedByLambda(new ImportModuleError("Cannot find module 'index'")),
  "a promise nobody waits for": loggedByLambda(new UnhandledPromiseRejection("Error: no")),
  "a call that took too long": report("timeout"),
  "a sandbox that failed": report("failure"),
  "a process that ended": report("error", "Runtime.ExitError"),
  "no more memory": report("error", "Runtime.OutOfMemory"),
};

/** Of what went well, or was refused as it should be. */
export const ordinary: Readonly<Record<string, string>> = {
  "a call that went well": report("success"),
  "a call that begins": JSON.stringify({
    time: timestamp,
    type: "platform.start",
    record: { requestId, version: "$LATEST" },
  }),
};

/** After a handler has thrown. */
export const reportOfThrown = report("error", "Runtime.Unknown");
