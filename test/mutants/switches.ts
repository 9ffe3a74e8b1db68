/**
 * Every mutant of a file in one text, each behind its switch: the code is compiled once, and one process tries mutant after
 * mutant. `mutantIsOn` is given by `environment.cjs`; it also learns there which test files come by a mutant at all.
 */
import { type Mutant, mutantsOf } from "./kinds.ts";

/** One place and all that may stand there, with the places inside it. */
interface Place {
  readonly start: number;
  readonly end: number;
  readonly mutants: Mutant[];
  readonly inside: Place[];
}

/** The text with its switches; the same text where there is nothing to try. */
export function withSwitches(file: string, text: string): string {
  const mutants = mutantsOf(file, text);
  return mutants.length === 0 ? text : render(text, 0, text.length, nested(mutants));
}

/** Outer places first; places of a syntax tree never overlap in part. */
function nested(mutants: readonly Mutant[]): Place[] {
  const outermost: Place[] = [];
  const open: Place[] = [];
  for (const mutant of [...mutants].sort((a, b) => a.start - b.start || b.end - a.end)) {
    while (open.length > 0 && open.at(-1)!.end < mutant.end) open.pop();
    const around = open.at(-1);
    if (around?.start === mutant.start && around.end === mutant.end) {
      around.mutants.push(mutant);
      continue;
    }
    const place: Place = { start: mutant.start, end: mutant.end, mutants: [mutant], inside: [] };
    (around?.inside ?? outermost).push(place);
    open.push(place);
  }
  return outermost;
}

function render(text: string, start: number, end: number, places: readonly Place[]): string {
  let from = start;
  const parts = places.flatMap((place) => {
    const before = text.slice(from, place.start);
    from = place.end;
    return [before, switched(place, render(text, place.start, place.end, place.inside))];
  });
  return [...parts, text.slice(from, end)].join("");
}

/** A statement is left out; an expression is one of several. */
function switched({ mutants }: Place, original: string): string {
  const isOn = ({ id }: Mutant): string => `mutantIsOn(${JSON.stringify(id)})`;
  return mutants.reduce(
    (inner, mutant) =>
      mutant.text === ""
        ? `{ if (!${isOn(mutant)}) { ${inner} } }`
        : `(${isOn(mutant)} ? (${mutant.text}) : (${inner}))`,
    original,
  );
}
