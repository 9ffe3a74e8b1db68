import { OwnError } from "#shared/domain/kernel/own-error";
import { Refusal } from "#shared/domain/kernel/refusal";

/** What may be said of an error: no word that somebody else chose freely. */
export type ErrorDescription = Readonly<Record<string, unknown>>;

/** Stripe's and Node's names for what went wrong, and ids to ask Stripe by. */
const FACTS = ["code", "type", "decline_code", "status", "statusCode", "syscall", "requestId"];
const MAX_FRAMES = 20;
const MAX_CAUSES = 4;
const MAX_SIBLINGS = 5;

/** As programs name things: no space, no `@`. An address or a sentence is none. */
const NAME = /^[A-Za-z][\w.:-]{0,79}$/;
/** One line of V8's stack: a function's name and a place in a file. Source: v8.dev, stack trace API. */
const FRAME = /^ {4}at (?:[\w.$<>#[\] ]+ \()?(?:(?:[\w.:$+~-]|\/@?)+:\d+:\d+|index \d+|<anonymous>|native)\)?$/;

const isFact = (value: unknown): boolean =>
  typeof value === "number" || (typeof value === "string" && NAME.test(value));
const factsOf = (given: Readonly<Record<string, unknown>>, names: readonly string[]): ErrorDescription =>
  Object.fromEntries(names.flatMap((name) => (isFact(given[name]) ? [[name, given[name]]] : [])));
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

/**
 * What a log line may say about an error, its causes included. A message is told of our own errors only: Stripe's and
 * SES's quote addresses, a parser's quotes what it read.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { error: `thrown ${typeof error}` };
  return {
    error: NAME.test(error.name) ? error.name : "Error",
    ...wordsOf(error),
    ...foreignFacts(error),
    stack: framesOf(error),
    ...(depth < MAX_CAUSES && causesOf(error, depth + 1)),
  };
}

function causesOf(error: Error, depth: number): ErrorDescription {
  const errors = error instanceof AggregateError ? listOf(error.errors).slice(0, MAX_SIBLINGS) : [];
  return {
    ...(error.cause !== undefined && { cause: describeError(error.cause, depth) }),
    ...(errors.length > 0 && { errors: errors.map((one) => describeError(one, depth)) }),
  };
}

/** The sentence of an error of ours; of any other its name. */
export function sentenceOf(error: unknown): string {
  const { error: name, message } = describeError(error);
  return String(message ?? name);
}

/** A refusal's own sentence may quote what was refused; that of its code does not. */
function wordsOf(error: Error): ErrorDescription {
  if (error instanceof Refusal) return { message: error.refusal.title, refusal: error.refusal.code };
  return error instanceof OwnError ? { message: error.message } : {};
}

/** Beside Node's and Stripe's: AWS's ids and reasons for cancelling a transaction; of zod where a shape did not fit, and how. */
function foreignFacts(error: Error): ErrorDescription {
  const given = objectOf(error);
  const { $metadata, CancellationReasons, issues } = given;
  const aws = factsOf(objectOf($metadata), ["httpStatusCode", "requestId"]);
  const reasons = listOf(CancellationReasons).map((reason) => objectOf(reason)["Code"]);
  const misfits = listOf(issues).map((issue) => misfitOf(objectOf(issue)));
  return {
    ...factsOf(given, FACTS),
    ...(Object.keys(aws).length > 0 && { aws }),
    ...(reasons.length > 0 && { reasons: reasons.filter(isFact) }),
    ...(misfits.length > 0 && { misfits }),
  };
}

const misfitOf = ({ code, path }: Readonly<Record<string, unknown>>): string =>
  `${isFact(code) ? String(code) : "?"} at /${listOf(path)
    .map((step) => (isFact(step) ? String(step) : "?"))
    .join("/")}`;

/** Where it was thrown. A stack begins with the message, of whose lines some may look like frames: it is cut off first. */
function framesOf({ message, stack = "" }: Error): string {
  const at = message === "" ? -1 : stack.indexOf(message);
  const rest = at < 0 ? stack : stack.slice(at + message.length);
  return rest
    .split("\n")
    .filter((line) => FRAME.test(line))
    .slice(0, MAX_FRAMES)
    .map((line) => line.trim())
    .join("\n");
}
