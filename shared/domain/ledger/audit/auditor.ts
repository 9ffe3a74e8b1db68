/**
 * Proves the ledger, invariant by invariant (M1-M15: docs/money.md). Others write while it reads, and entries come by an index
 * that may lag. So each subject is judged in the first look in which it can be, and remembered; what no look can judge is
 * counted, and is neither right nor wrong. The books are balanced when everything was judged and nothing was wrong.
 */
import type { Money } from "../../kernel/money.ts";
import { OwnError } from "../../kernel/own-error.ts";
import type { Instant } from "../../kernel/time.ts";
import type { ProcessorMovement } from "../../processor/movement.ts";
import { chainHeadOf } from "../closing/close-day.ts";
import { accountRules } from "./account-rules.ts";
import type { Books, Look } from "./books.ts";
import { settledOnce } from "./campaign-rules.ts";
import { promisesAreKept } from "./promise-rules.ts";
import { entryRules } from "./entry-rules.ts";
import { type Finding, type Invariant, reported } from "./finding.ts";
import { type CurrencySum, liabilitiesOf, type Liability, sumsOf } from "./liabilities.ts";
import { outsideRules } from "./outside-rules.ts";
import { type Drift, type Rule, type Sight, sightOf } from "./sight.ts";

const rules: readonly Rule[] = [
  entryRules.linesBalance,
  accountRules.accountsSumToZero,
  accountRules.notBelowZero,
  accountRules.figuresAreTheirLines,
  entryRules.writtenOnce,
  settledOnce,
  outsideRules.asSealed,
  entryRules.bookedOnce,
  outsideRules.noticesWorkedThrough,
  outsideRules.heldByTheProcessor,
  promisesAreKept,
  outsideRules.nothingWhileSuspended,
  entryRules.postedInTime,
  entryRules.audited,
  accountRules.amountsAreWhole,
];

export interface LedgerProof {
  readonly balanced: boolean;
  readonly asOf: Instant;
  readonly currencies: CurrencySum[];
  readonly invariants: Invariant[];
  readonly liabilities: Liability[];
  readonly chainHead: string;
}

/** Looks at most, while a client waits. */
const LOOKS = 4;
/**
 * And by the night's job, which has minutes: whoever is written to in each of them is judged by nobody, and rings on the second
 * night.
 */
export const NIGHTLY_LOOKS = 20;

/** By subject. */
type Findings = ReadonlyMap<string, Finding>;

/** What was found out so far. */
export interface Audit {
  readonly looks: number;
  /** By invariant: of every subject the first finding that judges it. */
  readonly judged: ReadonlyMap<string, Findings>;
  readonly drifts: ReadonlyMap<string, Drift>;
  /** Of the latest look: by invariant, everything that is there. */
  readonly latest?: { readonly sight: Sight; readonly findings: ReadonlyMap<string, Findings> };
}

export const newAudit: Audit = { looks: 0, judged: new Map(), drifts: new Map() };

/** An audit, with one more look. */
export function lookedAt(audit: Audit, look: Look): Audit {
  const sight = sightOf(look, audit.drifts);
  const findings = new Map(rules.map((rule) => [rule.id, together(rule.findings(sight))]));
  const judged = new Map(
    rules.map((rule) => {
      const settled = [...(findings.get(rule.id) ?? [])].filter(([, finding]) => isSettled(finding));
      return [rule.id, new Map([...settled, ...(audit.judged.get(rule.id) ?? [])])];
    }),
  );
  return { looks: audit.looks + 1, judged, drifts: sight.drifts, latest: { sight, findings } };
}

/** Several findings of one subject are one. */
function together(findings: readonly Finding[]): Findings {
  const bySubject = new Map<string, Finding>();
  for (const one of findings) {
    const other = bySubject.get(one.subject);
    bySubject.set(one.subject, other === undefined ? one : both(other, one));
  }
  return bySubject;
}

const both = (one: Finding, other: Finding): Finding => ({
  ...one,
  ...other,
  judged: one.judged && other.judged,
  violations: [...one.violations, ...other.violations],
});

/** Whether a later look can say nothing else. */
const isSettled = ({ judged, violations, fleeting }: Finding): boolean =>
  judged && !(fleeting === true && violations.length > 0);

/** Whether the books need not be read again: everything was judged, or they were read often enough. */
export const isOver = ({ looks, judged, latest }: Audit, most = LOOKS): boolean =>
  looks >= most ||
  (latest !== undefined &&
    rules.every(({ id }) =>
      [...(latest.findings.get(id)?.keys() ?? [])].every((subject) => judged.get(id)?.has(subject)),
    ));

/** How each invariant stands. Subjects that are gone and were never judged are nothing any more. */
export const invariantsOf = ({ judged, latest }: Audit): Invariant[] =>
  rules.map(({ id, title }) =>
    reported(id, title, [...new Map([...(latest?.findings.get(id) ?? []), ...(judged.get(id) ?? [])]).values()]),
  );

/** The whole proof. @throws for an audit that is not over: it proves nothing. */
export function proofOf(audit: Audit): LedgerProof {
  if (audit.latest === undefined || !isOver(audit)) throw new OwnError("a proof needs looks that suffice");
  const { books, held = [], trial } = audit.latest.sight;
  const invariants = invariantsOf(audit);
  return {
    balanced: invariants.every(({ passed, notJudged }) => passed && notJudged === 0),
    asOf: books.asOf,
    currencies: sumsOf(trial),
    invariants,
    liabilities: liabilitiesOf(trial, held),
    chainHead: chainHeadOf(books.chains.flatMap(({ head }) => head ?? [])),
  };
}

/** Where a proof looks. */
export interface Sources {
  /** The books, after so many looks. */
  read(looks: number): Promise<Books>;
  /** What the processor says that it holds for us now. */
  holds(): Promise<readonly Money[]>;
  /** What it has taken of us, and a job is about to book. */
  feesToCome(): Promise<readonly ProcessorMovement[]>;
}

/**
 * The proof of as many looks as it takes.
 *
 * @param most looks at most
 */
export async function provenBy({ read, holds, feesToCome }: Sources, most = LOOKS): Promise<LedgerProof> {
  let audit = newAudit;
  while (!isOver(audit, most)) {
    const heldBefore = await holds();
    const fees = await feesToCome();
    const books = await read(audit.looks);
    audit = lookedAt(audit, { books, held: await holds(), heldBefore, feesToCome: fees });
  }
  return proofOf(audit);
}

/** What one look says, of everything that it can judge. */
export const auditLedger = (books: Books, held?: Look["held"]): Invariant[] =>
  invariantsOf(lookedAt(newAudit, { books, ...(held && { held }) }));

/**
 * What to say of a proof, and the ids of the invariants that do not hold or could not be judged. `in_motion` is a busy hour's:
 * our books were judged and hold, and what the processor holds moved, or was on its way. Each day's reconciliation compares
 * those movements one by one.
 */
export function verdictOf({ balanced, invariants }: LedgerProof) {
  const idsOf = (isOne: (one: Invariant) => boolean) => invariants.filter(isOne).map(({ id }) => id);
  const [broken, notJudged] = [idsOf(({ passed }) => !passed), idsOf((one) => one.notJudged > 0)];
  const open = notJudged.every((id) => id === outsideRules.heldByTheProcessor.id) ? "in_motion" : "not_judged";
  return { verdict: balanced ? "proven" : broken.length > 0 ? "unbalanced" : open, broken, notJudged } as const;
}
