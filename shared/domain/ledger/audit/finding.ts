/** What is found out about one thing, and what it comes to for a promise of the ledger. */

/** Something that did not hold: of what, what it should be, what it is. */
export interface Violation {
  readonly subject: string;
  readonly expected: string;
  readonly actual: string;
}

/** What one look says of one subject: it is judged, and then nothing or something is wrong with it; or it cannot be. */
export interface Finding {
  readonly subject: string;
  readonly judged: boolean;
  readonly violations: readonly Violation[];
  /** What is compared is not read at one moment: it is right when it was right in any look, and wrong when in none. */
  readonly fleeting?: true;
}

/** One promise of the ledger, and how it stands. */
export interface Invariant {
  readonly id: string;
  readonly title: string;
  /** Of everything that was judged. */
  readonly passed: boolean;
  /** Subjects that were judged. */
  readonly checked: number;
  /** Subjects that could not be, in any look: neither right nor wrong. */
  readonly notJudged: number;
  /** The first of them; a broken ledger does not break the report. */
  readonly violations: Violation[];
}

const VIOLATIONS_SHOWN = 50;

type Shown = string | number | boolean;
/** Notes a violation when the two differ. */
export type Equal = (what: string, expected: Shown, actual: Shown) => void;

/** A subject that can be judged, and is. */
export function judged(subject: string, look: (equal: Equal) => void): Finding {
  const violations: Violation[] = [];
  look((what, expected, actual) => {
    if (expected !== actual) violations.push({ subject: what, expected: String(expected), actual: String(actual) });
  });
  return { subject, judged: true, violations };
}

/** The same, of what is not read at one moment. */
export const judgedInPassing = (subject: string, look: (equal: Equal) => void): Finding => ({
  ...judged(subject, look),
  fleeting: true,
});

/** A subject that cannot be judged in this look. */
export const open = (subject: string): Finding => ({ subject, judged: false, violations: [] });

/** Subjects that must be there once. */
export const eachOnce = (subjects: readonly string[]): Finding[] => {
  const counts = new Map<string, number>();
  for (const subject of subjects) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  return [...counts].map(([subject, count]) => judged(subject, (equal) => equal(subject, 1, count)));
};

export function reported(id: string, title: string, findings: readonly Finding[]): Invariant {
  const all = findings.filter((one) => one.judged);
  const violations = all.flatMap((one) => one.violations);
  return {
    id,
    title,
    passed: violations.length === 0,
    checked: all.length,
    notJudged: findings.length - all.length,
    violations: violations.slice(0, VIOLATIONS_SHOWN),
  };
}
