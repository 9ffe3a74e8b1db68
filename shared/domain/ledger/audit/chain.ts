import { createHash } from "node:crypto";
import type { JournalEntry } from "../journal-entry.ts";

/**
 * One hash over all entries in order of time and id: the same ledger always gives the same head, and a journal that was
 * changed, added or removed in the past gives another.
 */
export function chainHead(entries: readonly JournalEntry[]): string {
  const ordered = [...entries].sort((a, b) =>
    a.postedAt === b.postedAt ? compare(a.id, b.id) : compare(a.postedAt, b.postedAt),
  );
  return ordered.reduce((previous, journal) => digest(previous, journal), "0".repeat(64));
}

const digest = (
  previous: string,
  { id, key, type, currency, lines, referenceId, actorId, postedAt }: JournalEntry,
): string =>
  createHash("sha256")
    .update(
      JSON.stringify([
        previous,
        id,
        key,
        type,
        currency,
        lines.map(({ account, amount }) => [account, amount]),
        referenceId,
        actorId,
        postedAt,
      ]),
    )
    .digest("hex");

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
