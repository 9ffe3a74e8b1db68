import { sideBySide } from "#shared/domain/kernel/side-by-side";
import { untilDecided } from "./until-decided.ts";

/**
 * Decides about one thing after the other, each apart from the rest: whoever fails stops nobody. What failed is thrown at the
 * end, so that the whole comes again; who succeeded must then find that it was done.
 * @param atOnce more than one of things that have nothing to do with each other: which write no item in common
 * @param leave takes what failed instead, where somebody else is told to decide about it: then nothing is thrown
 */
export async function untilEachDecided<T>(
  those: Iterable<T> | AsyncIterable<T>,
  decide: (one: T) => Promise<unknown>,
  { atOnce = 1, leave }: { readonly atOnce?: number; readonly leave?: (one: T) => void } = {},
): Promise<void> {
  const failures: unknown[] = [];
  await sideBySide(those, atOnce, (one) =>
    untilDecided(() => decide(one)).catch((error: unknown) => (leave ? leave(one) : failures.push(error))),
  );
  if (failures.length > 1) throw new AggregateError(failures);
  if (failures.length === 1) throw failures[0];
}
