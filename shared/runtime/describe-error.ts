import { Refusal } from "#shared/domain/kernel/refusal";
import { type ErrorDescription, errorFacts, factsOf, isFact } from "./error-facts.ts";

/** Stripe's names for what went wrong, and ids to ask Stripe by. */
const FACTS = ["type", "decline_code", "statusCode", "requestId"];

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

/**
 * What a log line may say about an error, its causes included: a message is told of our own errors only. Stripe's and SES's
 * quote addresses, a parser's quotes what it read.
 */
export const describeError = (error: unknown): ErrorDescription => errorFacts(error, foreignFacts);

/** The same of what something came of, where it is known. */
export const causeOf = ({ cause }: { readonly cause?: unknown }): ErrorDescription =>
  cause === undefined ? {} : describeError(cause);

/** The sentence of an error of ours; of any other its name. */
export function sentenceOf(error: unknown): string {
  const { error: name, message } = describeError(error);
  return String(message ?? name);
}

/**
 * A refusal's own sentence may quote what was refused; that of its code does not. Of others: Stripe's facts, AWS's ids and
 * reasons for cancelling a transaction; of zod where a shape did not fit, and how.
 */
function foreignFacts(error: Error): ErrorDescription {
  const { $metadata, CancellationReasons, issues } = objectOf(error);
  const aws = factsOf(objectOf($metadata), ["httpStatusCode", "requestId"]);
  const reasons = listOf(CancellationReasons).map((reason) => objectOf(reason)["Code"]);
  const misfits = listOf(issues).map((issue) => misfitOf(objectOf(issue)));
  return {
    ...(error instanceof Refusal && { message: error.refusal.title, refusal: error.refusal.code }),
    ...factsOf(error, FACTS),
    ...(Object.keys(aws).length > 0 && { aws }),
    ...(reasons.length > 0 && { reasons: reasons.filter(isFact) }),
    ...(misfits.length > 0 && { misfits }),
  };
}

const misfitOf = ({ code, path }: Readonly<Record<string, unknown>>): string =>
  `${isFact(code) ? String(code) : "?"} at /${listOf(path)
    .map((step) => (isFact(step) ? String(step) : "?"))
    .join("/")}`;
