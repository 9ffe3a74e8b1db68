/** Compares a day of the processor's movements with a day of our entries, object by object. Pure. */
import type { Currency } from "../kernel/money.ts";
import type { Instant } from "../kernel/time.ts";
import { netOf } from "../processor/movement.ts";
import { type Finding, toDifference } from "./explain.ts";
import { belongsTo, booksMinorOf, type BothSides, concerns, type Group, groupsOf, partsOf } from "./groups.ts";
import { currenciesOf, findingOf, mayAgree } from "./judge.ts";
import type { DifferenceKind, Reconciliation } from "./reconciliation.ts";

/** Differences that are stored; a day that has more is beyond reading one by one. */
export const DIFFERENCES_STORED = 250;
/** Stored before all others: they wait for a person, and not for an event. */
const storedFirst: ReadonlySet<DifferenceKind> = new Set(["unconfirmed", "unknown_kind"]);

const NONE: ReadonlySet<string> = new Set();

/** What is known of both sides, and parts of groups that could not be looked at whole: what does not agree of them is not judged. */
export interface KnownSides extends BothSides {
  readonly unseen?: ReadonlySet<string>;
}

/** @param date the UTC day, `YYYY-MM-DD`: what happened on it on either side is judged, with what belongs to it on any day */
export function reconcile(sides: KnownSides, date: string, now: Instant): Omit<Reconciliation, "version"> {
  const { unseen = NONE } = sides;
  const all = groupsOf(sides);
  const groups = all.filter((group) => belongsTo(group, date));
  const findings = findingsOn(all, date);
  const judged = findings.filter(
    (finding) => !mayAgree(finding) || partsOf(finding.group).every((it) => !unseen.has(it)),
  );
  const notJudgedCount = findings.length - judged.length;
  const differing = new Set(findings.map(({ group }) => group));
  return {
    date,
    status: statusOf(judged.length, notJudgedCount),
    totals: totalsOf(
      groups,
      groups.filter((group) => !differing.has(group)),
    ),
    differenceCount: judged.length,
    differences: foremost(judged).slice(0, DIFFERENCES_STORED).map(toDifference),
    ...(notJudgedCount > 0 && { notJudgedCount }),
    reconciledAt: now,
  };
}

/** Of a day, whatever does not agree. */
export const differing = (sides: BothSides, date: string): readonly Finding[] => findingsOn(groupsOf(sides), date);

const findingsOn = (groups: readonly Group[], date: string): readonly Finding[] =>
  groups.filter((group) => concerns(group, date)).flatMap((group) => findingOf(group) ?? []);

function statusOf(differences: number, notJudged: number): Reconciliation["status"] {
  if (differences > 0) return "differs";
  return notJudged > 0 ? "not_judged" : "matched";
}

const foremost = (findings: readonly Finding[]): readonly Finding[] => [
  ...findings.filter(({ kind }) => storedFirst.has(kind)),
  ...findings.filter(({ kind }) => !storedFirst.has(kind)),
];

function totalsOf(groups: readonly Group[], agreeing: readonly Group[]): Reconciliation["totals"] {
  const currencies = new Set(groups.flatMap((group) => [...currenciesOf(group)]));
  return [...currencies].sort().map((currency) => {
    const own = <T extends { readonly currency: Currency }>(things: readonly T[]) =>
      things.filter((thing) => thing.currency === currency);
    return {
      currency,
      matched: agreeing.filter((group) => currenciesOf(group).has(currency)).length,
      processorMinor: own(groups.flatMap(({ movements }) => movements)).reduce((sum, one) => sum + netOf(one), 0),
      booksMinor: own(groups.flatMap(({ entries }) => entries)).reduce((sum, one) => sum + booksMinorOf(one), 0),
    };
  });
}
