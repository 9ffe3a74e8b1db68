/** Something that did not hold: of what, what it should be, what it is. */
export interface Violation {
  readonly subject: string;
  readonly expected: string;
  readonly actual: string;
}

/** One promise of the ledger, and how it stands. */
export interface Invariant {
  readonly id: string;
  readonly title: string;
  readonly passed: boolean;
  /** Subjects looked at. */
  readonly checked: number;
  /** The first of them; a broken ledger does not break the report. */
  readonly violations: Violation[];
}

export interface Checks {
  /** Notes a violation when the two differ. */
  equal(subject: string, expected: string | number | boolean, actual: string | number | boolean): void;
}

const VIOLATIONS_SHOWN = 50;

/** Looks at every subject and notes what does not hold. */
export function checks<T>(
  id: string,
  title: string,
  subjects: readonly T[],
  look: (checks: Checks, subject: T) => void,
): Invariant {
  const violations: Violation[] = [];
  const equal: Checks["equal"] = (subject, expected, actual) => {
    if (expected !== actual) violations.push({ subject, expected: String(expected), actual: String(actual) });
  };
  for (const subject of subjects) look({ equal }, subject);
  const passed = violations.length === 0;
  return { id, title, passed, checked: subjects.length, violations: violations.slice(0, VIOLATIONS_SHOWN) };
}
