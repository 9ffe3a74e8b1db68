import { createHash } from "node:crypto";
import type { Journal } from "../journal.ts";

/**
 * One hash over all journals in order of time and id: the same ledger always gives the same head, and a journal that was
 * changed, added or removed in the past gives another.
 */
export function chainHead(journals: readonly Journal[]): string {
  const ordered = [...journals].sort((a, b) => (a.at === b.at ? compare(a.id, b.id) : compare(a.at, b.at)));
  return ordered.reduce((previous, journal) => digest(previous, journal), "0".repeat(64));
}

const digest = (previous: string, { id, key, type, currency, entries, referenceId, actorId, at }: Journal): string =>
  createHash("sha256")
    .update(
      JSON.stringify([
        previous,
        id,
        key,
        type,
        currency,
        entries.map(({ account, amount }) => [account, amount]),
        referenceId,
        actorId,
        at,
      ]),
    )
    .digest("hex");

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
