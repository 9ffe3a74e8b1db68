/**
 * Structured logs: one JSON object a line, which CloudWatch indexes as it is. Every line has a code of this catalogue,
 * so that metric filters and runbooks never match on sentences. Bodies, tokens, addresses and e-mails are not logged.
 */
export const logCodes = {
  "request.completed": "info",
  "request.refused": "info",
  "request.failed": "error",
  "job.completed": "info",
  "job.failed": "error",
  "job.item_failed": "error",
  "event.failed": "error",
  "stream.failed": "error",
  "clicks.rolled_up": "info",
  "audit.sealed": "info",
  "audit.tampered": "error",
  "trigger.refused": "info",
  "trigger.failed": "error",
} as const;
export type LogCode = keyof typeof logCodes;

export type LogFields = Readonly<Record<string, unknown>>;

/** Where lines go; replaced in tests. */
export const sink = { write: (line: string): void => void process.stdout.write(`${line}\n`) };

export function log(code: LogCode, fields: LogFields): void {
  const level = logCodes[code];
  sink.write(JSON.stringify({ level, code, at: new Date().toISOString(), ...fields }));
}

/** What a log line may say about an error, its causes included. */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: String(error) };
  const cause = error.cause === undefined ? undefined : describeError(error.cause);
  return { error: error.name, message: error.message, stack: error.stack, ...(cause && { cause }) };
}
