import { untilDecided } from "./until-decided.ts";

/**
 * Decides about one thing after the other, each apart from the rest: whoever fails stops nobody. What failed is thrown at the
 * end, so that the whole comes again; who succeeded must then find that it was done.
 */
export async function untilEachDecided<T>(
  those: Iterable<T> | AsyncIterable<T>,
  decide: (one: T) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  for await (const one of those) {
    await untilDecided(() => decide(one)).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 1) throw new AggregateError(failures);
  if (failures.length === 1) throw failures[0];
}
