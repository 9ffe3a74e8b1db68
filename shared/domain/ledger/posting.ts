/** How entries are made. What they do to wallets and budgets follows from their lines alone: figures.ts. */
import { OwnError } from "../kernel/own-error.ts";
import { MAX_MOVEMENT_MINOR } from "../kernel/money.ts";
import type { Occasion } from "../kernel/occasion.ts";
import type { Instant } from "../kernel/time.ts";
import { classOf, type LedgerAccount } from "./account.ts";
import { entryKeys } from "./entry-keys.ts";
import type { DecidedEntry, JournalEntry, Line } from "./journal-entry.ts";

/** Everything of an entry but its lines and what the occasion says. */
export interface EntryHead extends Omit<DecidedEntry, "id" | "lines" | "actorId" | "effectiveAt"> {
  /** When it happened, if that is not now. */
  readonly effectiveAt?: Instant;
}

/**
 * An entry of two lines: `from` is debited, `to` is credited.
 * Of liabilities that is money going from the one to the other; an asset as `from` grows, one as `to` shrinks.
 */
export const move = (
  head: EntryHead,
  amount: number,
  from: LedgerAccount,
  to: LedgerAccount,
  occasion: Occasion,
): DecidedEntry =>
  entry(
    head,
    [
      { account: from, amount: -amount },
      { account: to, amount },
    ],
    occasion,
  );

/** An entry of several lines. Throws when they do not balance: that is a defect of the rule, never a client's fault. */
export function entry(
  { effectiveAt, ...head }: EntryHead,
  given: readonly Line[],
  { actor, now, newId }: Occasion,
): DecidedEntry {
  const lines = given.filter((line) => line.amount !== 0);
  const sum = lines.reduce((total, line) => total + line.amount, 0);
  if (lines.length < 2 || sum !== 0)
    throw new OwnError(`entry ${head.key} does not balance: ${lines.length} lines, sum ${sum}`);
  // No sum of some of its lines, as a wallet or a budget sees them, is larger than all that came in.
  const moved = lines.filter(isHeld).reduce((total, { amount }) => total + Math.max(amount, 0), 0);
  if (lines.some(({ amount }) => !Number.isSafeInteger(amount)) || moved > MAX_MOVEMENT_MINOR) {
    throw new OwnError(`entry ${head.key} has an amount out of bounds`);
  }
  return { id: newId("journalEntry"), ...head, lines, actorId: actor.userId, effectiveAt: effectiveAt ?? now };
}

/** An entry that takes another one back: the same lines the other way round. It is there once, for ever. */
export const reversal = (of: JournalEntry, occasion: Occasion): DecidedEntry =>
  entry(
    {
      key: entryKeys.reversal(of.id),
      type: "reversal",
      currency: of.currency,
      referenceId: of.referenceId,
      description: `Taken back: ${of.description}`,
      reverses: of.id,
    },
    of.lines.map(({ account, amount }) => ({ account, amount: 0 - amount })),
    occasion,
  );

/** Money that somebody has, besides what the books say it was for. */
const isHeld = ({ account }: Line): boolean => ["asset", "liability", "equity"].includes(classOf(account));
