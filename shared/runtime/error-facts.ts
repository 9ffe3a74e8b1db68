/** What may be said of an error, whoever threw it; what a client of AWS or Stripe adds is in describe-error.ts. */
import { OwnError } from "#shared/domain/kernel/own-error";

/** What may be said of an error: no word that somebody else chose freely. */
export type ErrorDescription = Readonly<Record<string, unknown>>;

/** Node's names for what went wrong, and of our own errors the status they were answered with. */
const FACTS = ["code", "status", "syscall"];
const MAX_FRAMES = 20;
const MAX_CAUSES = 4;
const MAX_SIBLINGS = 5;

/** As programs name things: no space, no `@`. An address or a sentence is none. */
const NAME = /^[A-Za-z][\w.:-]{0,79}$/;
/** One line of V8's stack: a function's name and a place in a file. Source: v8.dev, stack trace API. */
const FRAME = /^ {4}at (?:[\w.$<>#[\] ]+ \()?(?:(?:[\w.:$+~-]|\/@?)+:\d+:\d+|index \d+|<anonymous>|native)\)?$/;

export const isFact = (value: unknown): boolean =>
  typeof value === "number" || (typeof value === "string" && NAME.test(value));
/** Of the named fields those that are facts. */
export const factsOf = (given: object, names: readonly string[]): ErrorDescription =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value: unknown = Reflect.get(given, name);
      return isFact(value) ? [[name, value]] : [];
    }),
  );

/**
 * What a log line may say about an error, its causes included. A message is told of our own errors only: others' quote what
 * they read.
 *
 * @param moreOf what errors of some kinds say besides, by whoever has such errors
 */
export function errorFacts(
  error: unknown,
  moreOf: (error: Error) => ErrorDescription = () => ({}),
  depth = 0,
): ErrorDescription {
  if (!(error instanceof Error)) return { error: `thrown ${typeof error}` };
  const told = (one: unknown): ErrorDescription => errorFacts(one, moreOf, depth + 1);
  return {
    error: NAME.test(error.name) ? error.name : "Error",
    ...(error instanceof OwnError && { message: error.message }),
    ...factsOf(error, FACTS),
    ...moreOf(error),
    stack: framesOf(error),
    ...(depth < MAX_CAUSES && causesOf(error, told)),
  };
}

function causesOf(error: Error, told: (cause: unknown) => ErrorDescription): ErrorDescription {
  const errors: readonly unknown[] = error instanceof AggregateError ? error.errors.slice(0, MAX_SIBLINGS) : [];
  return {
    ...(error.cause !== undefined && { cause: told(error.cause) }),
    ...(errors.length > 0 && { errors: errors.map(told) }),
  };
}

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
