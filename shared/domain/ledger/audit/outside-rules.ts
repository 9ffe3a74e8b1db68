/** What must hold between the books and what is outside them: M7 (the seals), M9, M10 (the processor), M12 (who was suspended). */
import { auditIdOf } from "../../audit/audit-entry.ts";
import { CLOCKS_APART_MS } from "../../audit/seal.ts";
import { type Break, breaksOf } from "../../audit/verify-seals.ts";
import type { Currency, Money } from "../../kernel/money.ts";
import { plusMilliseconds } from "../../kernel/time.ts";
import { netOf } from "../../processor/movement.ts";
import { balancesIn, platformIn } from "../trial-balance.ts";
import type { Books } from "./books.ts";
import { type Finding, judged, judgedInPassing, open } from "./finding.ts";
import type { Rule, Sight } from "./sight.ts";

const asSealed: Rule = {
  id: "M7",
  title: "What is stored is what was sealed",
  findings: ({ books: { asOf, chains, stored } }) => {
    const broken = new Map(breaksOf(stored, chains, asOf).map((one) => [placeOf(one), one.fault]));
    const sealed = chains.flatMap(({ seals }) => seals.flatMap(({ entries }) => entries.map(({ key }) => key)));
    const places = new Set([...sealed, ...broken.keys()]);
    return [...places].map((place) =>
      judged(place, (equal) => equal(place, "as sealed", broken.get(place) ?? "as sealed")),
    );
  },
};

const placeOf = ({ key, chain, sequence }: Break): string => key ?? `seal ${sequence ?? 0} of chain ${chain ?? 0}`;

/** A notice that waits longer is stuck: the sweep has brought it back for the last time by then, and parked it. */
const NOTICE_MS = 12 * 3_600_000;
const workedThrough: readonly string[] = ["processed", "ignored", "parked"];

const noticesWorkedThrough: Rule = {
  id: "M9",
  title: "What the processor told is worked through within half a day, or parked",
  findings: ({ books: { asOf, notices } }) =>
    notices
      .filter(
        ({ receivedAt, status }) => workedThrough.includes(status) || plusMilliseconds(receivedAt, NOTICE_MS) < asOf,
      )
      .map(({ id, status }) =>
        judged(id, (equal) =>
          equal(id, "processed or parked", workedThrough.includes(status) ? "processed or parked" : status),
        ),
      ),
};

/** What has been on its way for longer is stuck, or waits and was never asked for: it explains nothing. */
const EXCUSED_MS = 24 * 3_600_000;

const heldByTheProcessor: Rule = {
  id: "M10",
  title: "The books' balance at the processor is what it holds for us",
  findings: (sight) =>
    currenciesOf(sight).map((currency) => {
      const { held, heldBefore } = sight;
      if (held === undefined || heldBefore === undefined || !isFound(currency, sight)) return open(currency);
      return comparedWith([heldIn(heldBefore, currency), heldIn(held, currency)], currency, sight);
    }),
};

/** @param held before the books were read, and after: what was paid and booked meanwhile may be on one side alone */
function comparedWith(held: readonly [before: number, after: number], currency: Currency, sight: Sight): Finding {
  const booked = platformIn(balancesIn(sight.trial, currency), "stripe_balance") + feesIn(currency, sight);
  const [before, after] = held;
  const isOpen = before !== after || isExplained(Math.abs(after - booked), currency, sight.books);
  if (!held.includes(booked) && isOpen) return open(currency);
  return judgedInPassing(currency, (equal) => equal(currency, booked, held.includes(booked) ? booked : after));
}

/** What it has taken of us that a job is about to book, transaction by transaction. */
function feesIn(currency: Currency, { books: { asOf, entries }, feesToCome }: Sight): number {
  const booked = new Set(entries.flatMap(({ processorIds = [] }) => processorIds));
  return feesToCome
    .filter((fee) => fee.currency === currency && plusMilliseconds(fee.createdAt, EXCUSED_MS) > asOf)
    .filter(({ id }) => !booked.has(id))
    .reduce((sum, fee) => sum + netOf(fee), 0);
}

/** What is on its way explains a difference of its size, and none that is larger; a notice that waits may be about any. */
const isExplained = (difference: number, currency: Currency, books: Books): boolean =>
  books.notices.some(isWaiting(books)) ||
  difference <=
    books.unposted
      .filter((one) => one.currency === currency && plusMilliseconds(one.since, EXCUSED_MS) > books.asOf)
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);

const isWaiting =
  ({ asOf }: Books) =>
  ({ receivedAt, status }: Books["notices"][number]): boolean =>
    !workedThrough.includes(status) && plusMilliseconds(receivedAt, EXCUSED_MS) > asOf;

const heldIn = (held: readonly Money[], currency: Currency): number =>
  held.filter((one) => one.currency === currency).reduce((sum, { amount }) => sum + amount, 0);

const currenciesOf = ({ held = [], trial }: Sight): Currency[] =>
  [...new Set([...trial.keys(), ...held.map(({ currency }) => currency)])].sort();

/** In this very look: what it has not found it cannot compare. */
const isFound = (currency: Currency, { standings }: Sight): boolean =>
  [...standings.values()].every((one) => one.currency !== currency || one.judged);

const nothingWhileSuspended: Rule = {
  id: "M12",
  title: "Nobody's money is moved by or for them while they are suspended",
  findings: ({ books }) =>
    books.wallets
      .filter(({ ownerStatus }) => ownerStatus === "suspended")
      .map(({ userId, suspendedAt }): Finding => {
        const name = `wallet:${userId}`;
        if (suspendedAt === undefined) return open(name);
        const from = plusMilliseconds(suspendedAt, CLOCKS_APART_MS);
        const those = commitsFor(userId, books, from);
        return judged(name, (equal) => {
          for (const commitId of those) equal(`${name} ${commitId}`, `nothing after ${suspendedAt}`, "an entry");
        });
      }),
};

/** What was secured before stays promised: an admin may settle it on their behalf, and nothing else. */
function commitsFor(userId: string, { entries, auditRows }: Books, from: string): ReadonlySet<string> {
  const settling = new Set(entries.flatMap(({ settles, commitId }) => (settles ? [commitId] : [])));
  const theirs = entries.filter(({ actorId, commitId, postedAt }) => {
    if (postedAt <= from) return false;
    const onBehalf = auditRows.get(auditIdOf(commitId))?.onBehalfOf === userId;
    return actorId === userId || (onBehalf && !settling.has(commitId));
  });
  return new Set(theirs.map(({ commitId }) => commitId));
}

export const outsideRules = { asSealed, noticesWorkedThrough, heldByTheProcessor, nothingWhileSuspended };
