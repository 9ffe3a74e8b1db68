/** What must hold of entries themselves: M1, M5, M8, M13, M14. An entry is never changed, so it is judged as soon as it is found. */
import { auditIdOf } from "../../audit/audit-entry.ts";
import { CLOCKS_APART_MS } from "../../audit/seal.ts";
import { dayOf, plusMilliseconds } from "../../kernel/time.ts";
import type { Books } from "./books.ts";
import { eachOnce, type Finding, judged } from "./finding.ts";
import type { Rule } from "./sight.ts";

const linesBalance: Rule = {
  id: "M1",
  title: "The lines of an entry sum to zero",
  findings: ({ books }) =>
    books.entries.map(({ key, lines }) =>
      judged(key, (equal) =>
        equal(
          key,
          0,
          lines.reduce((sum, { amount }) => sum + amount, 0),
        ),
      ),
    ),
};

const writtenOnce: Rule = {
  id: "M5",
  title: "A key and an id are one entry's, for ever",
  findings: ({ books }) => eachOnce(books.entries.flatMap(({ key, id }) => [key, id])),
};

const bookedOnce: Rule = {
  id: "M8",
  title: "An effect of an object at the processor is booked by one entry",
  findings: ({ books }) =>
    eachOnce(
      books.entries.flatMap(({ type, processorIds = [] }) =>
        // Several objects of one entry are one effect: a dispute's money goes and comes, by a transaction of its own each time.
        processorIds.length > 0 ? [`${[...new Set(processorIds)].sort().join(" ")} ${type}`] : [],
      ),
    ),
};

const postedInTime: Rule = {
  id: "M13",
  title: "Nothing is posted before it happened, nor into a day that is closed",
  findings: ({ books }) => [
    ...books.entries.map(({ key, effectiveAt, postedAt }) =>
      judged(key, (equal) => {
        const isPast = effectiveAt <= plusMilliseconds(postedAt, CLOCKS_APART_MS);
        equal(key, "happened", isPast ? "happened" : `posted at ${postedAt}, happens at ${effectiveAt}`);
      }),
    ),
    ...latecomers(books),
  ],
};

/** Entries of closed days that were sealed after the close and did not wait for their seals at the time. */
function latecomers({ close, chains, stored }: Books): Finding[] {
  if (close === undefined) return [];
  const waited = new Set(close.unsealed);
  const postedAt = new Map(stored.map(({ key, content }) => [key, (content as { postedAt?: string }).postedAt]));
  const since = chains.flatMap(({ seals }) => seals).filter(({ sealedAt }) => sealedAt > close.closedAt);
  return since.flatMap(({ entries }) =>
    entries.flatMap(({ key }) => {
      const day = dayOf(postedAt.get(key) ?? "9999");
      if (day > close.day || waited.has(key)) return [];
      return [judged(`late ${key}`, (equal) => equal(key, `posted after ${close.day}`, `posted on ${day}`))];
    }),
  );
}

const audited: Rule = {
  id: "M14",
  title: "Every commit that moved money has its row of the audit",
  findings: ({ books }) =>
    [...new Set(books.entries.map(({ commitId }) => commitId))].map((commitId) =>
      judged(commitId, (equal) => equal(commitId, true, books.auditRows.has(auditIdOf(commitId)))),
    ),
};

export const entryRules = { linesBalance, writtenOnce, bookedOnce, postedInTime, audited };
