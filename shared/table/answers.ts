/** What DynamoDB's errors say. By their names, which are the API's own: an engine in memory says the same. */

/**
 * - `no`: conditions did not hold, at these positions; nothing was written.
 * - `busy`: nothing was written this time; ask again.
 * - `unanswered`: it may be done or not; the same again under the same token, or under a condition that the write itself breaks.
 * - `defect`: asking again gives the same.
 */
export type Answer =
  { readonly is: "no"; readonly failed: readonly number[] } | { readonly is: "busy" | "unanswered" | "defect" };

/** Codes of a cancelled transaction that say "again", not "no". Source: DynamoDB API reference, TransactWriteItems. */
const busyReasons = new Set([
  "TransactionConflict",
  "ThrottlingError",
  "ProvisionedThroughputExceeded",
  "RequestLimitExceeded",
]);
const busyErrors = new Set([
  /** An earlier try under the same token is still under way: the next one is told how it ended. */
  "TransactionInProgressException",
  "TransactionConflictException",
  "ThrottlingException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
]);
/** The SDK's name for a reply that did not come, and the API's for failures of its own. */
const unanswered = new Set(["TimeoutError", "InternalServerError", "ServiceUnavailable"]);

interface Thrown {
  readonly name?: unknown;
  readonly CancellationReasons?: readonly { readonly Code?: string | undefined }[];
  readonly $metadata?: { readonly httpStatusCode?: number | undefined };
}

export function answerOf(error: unknown): Answer {
  if (!(error instanceof Error)) return { is: "defect" };
  const { name, CancellationReasons } = error as Thrown;
  if (name === "ConditionalCheckFailedException") return { is: "no", failed: [0] };
  if (name === "TransactionCanceledException") return cancellation(CancellationReasons ?? []);
  if (busyErrors.has(String(name))) return { is: "busy" };
  return { is: isUnanswered(error) ? "unanswered" : "defect" };
}

const isUnanswered = ({ name, $metadata }: Thrown): boolean =>
  unanswered.has(String(name)) || Number($metadata?.httpStatusCode) >= 500;

/** A conflict beside a failed condition may be its cause, so only a cancellation without conflicts is a "no". */
function cancellation(reasons: NonNullable<Thrown["CancellationReasons"]>): Answer {
  const codes = reasons.map(({ Code = "None" }) => Code);
  if (codes.some((code) => busyReasons.has(code))) return { is: "busy" };
  const failed = codes.flatMap((code, position) => (code === "ConditionalCheckFailed" ? [position] : []));
  return failed.length > 0 ? { is: "no", failed } : { is: "defect" };
}
