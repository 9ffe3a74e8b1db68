/** Every address that a link leads to, checked at once: whoever sent several is told what is wrong with each. */
import { type Problem, Refusal, refuse } from "../kernel/refusal.ts";
import { checkedDestination, type DestinationRules } from "./destination.ts";

/** What somebody says of where a link leads. */
export interface Destinations {
  readonly destinationUrl?: string;
  readonly fallbackUrl?: string | null;
  readonly rules?: readonly { readonly destinationUrl: string }[];
  readonly split?: readonly { readonly destinationUrl: string }[];
}

/**
 * The same, with each address normalised.
 *
 * @throws Refusal of the first address that is refused, with all of them as its `errors`
 */
export function checkedDestinations<T extends Destinations>(given: T, allowed: DestinationRules): T {
  const refused: { readonly refusal: Refusal; readonly problem: Problem }[] = [];
  const checked = (pointer: string, text: string): string => {
    try {
      return checkedDestination(text, allowed);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push({ refusal: error, problem: { pointer, code: error.refusal.code, detail: error.message } });
      return text;
    }
  };
  const each = <E extends { readonly destinationUrl: string }>(name: string, entries: readonly E[]): readonly E[] =>
    entries.map((entry, at) => ({
      ...entry,
      destinationUrl: checked(`/${name}/${at}/destinationUrl`, entry.destinationUrl),
    }));
  const { destinationUrl, fallbackUrl, rules, split } = given;
  const result = {
    ...given,
    ...(destinationUrl !== undefined && { destinationUrl: checked("/destinationUrl", destinationUrl) }),
    ...(fallbackUrl && { fallbackUrl: checked("/fallbackUrl", fallbackUrl) }),
    ...(rules && { rules: each("rules", rules) }),
    ...(split && { split: each("split", split) }),
  };
  const [first] = refused;
  if (first)
    throw refuse(first.refusal.refusal, first.refusal.message, { errors: refused.map(({ problem }) => problem) });
  return result;
}
