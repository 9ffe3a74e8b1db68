import { type Change, changed, created, type EntityChange, sameBalances, type Unversioned } from "../change.ts";
import type { DomainEvent } from "../events/events.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { OwnError } from "../kernel/own-error.ts";
import { known } from "../kernel/refusal.ts";
import { platformAccount } from "../ledger/account.ts";
import { entryKeys } from "../ledger/entry-keys.ts";
import type { DecidedEntry } from "../ledger/journal-entry.ts";
import { entry, type EntryHead } from "../ledger/posting.ts";
import { creditLines, debitLines, fundsAfter } from "../wallets/brand-funds.ts";
import type { Deposit } from "../deposits/deposit.ts";
import type { BalanceTransaction, ProcessorDispute } from "../processor/payment.ts";
import { feeOf } from "../processor/processing-fee.ts";
import type { Wallet } from "../wallets/wallet.ts";
import { type CardDispute, isClosed, mayFollow } from "./card-dispute.ts";

/** What a card dispute is decided on. */
export interface DisputeCase {
  readonly deposit: Deposit;
  readonly wallet: Wallet | undefined;
  readonly dispute: CardDispute | undefined;
  /** Who is told besides the brand. */
  readonly adminIds: readonly string[];
}

/**
 * What the processor says about a disputed deposit, in whatever order it is heard of. Each of its balance transactions is
 * booked once: what was withdrawn is taken from what the brand has, and owed for the rest; what is given back pays that debt
 * first. What the processor takes for it is the platform's expense. When it is lost, an entry says so.
 */
export function followDispute(state: DisputeCase, said: ProcessorDispute, occasion: Occasion): Change | undefined {
  // What was never credited cannot be taken back: that payment is in nobody's books, and was noted when it was refused.
  if (state.deposit.status !== "completed") return undefined;
  const { dispute } = state;
  const fresh = said.transactions.filter(({ id }) => dispute?.booked.includes(id) !== true);
  const next = disputeAfter(state, said, fresh, occasion.now);
  if (dispute !== undefined && isSaidAlready(dispute, next)) return undefined;
  const wallet = known(state.wallet, "wallet of a disputed deposit");
  const entries = [
    ...bookings(state, wallet, said, fresh, occasion),
    ...clawback(state, wallet, next, fresh, occasion),
  ];
  return {
    entities: [
      dispute ? changed("cardDispute", dispute, next) : created("cardDispute", next),
      ...held(state.deposit, -sumOf(fresh), occasion.now),
    ],
    requires: entries.length > 0 ? [sameBalances(wallet, ["available", "disputesReceivable"])] : [],
    entries,
    events: eventsOf(state, next),
    audit: auditOf(dispute, next),
  };
}

const auditOf = (was: CardDispute | undefined, next: Unversioned<"cardDispute">): NonNullable<Change["audit"]> => ({
  action: was === undefined ? "card_dispute.opened" : "card_dispute.changed",
  resource: { type: "cardDispute", id: next.id },
  changes: (["status", "withdrawnMinor"] as const).map((field) => ({
    field,
    before: was?.[field] ?? null,
    after: next[field],
  })),
});

const sumOf = (transactions: readonly BalanceTransaction[]): number =>
  transactions.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

const isSaidAlready = ({ version: _, ...was }: CardDispute, next: Unversioned<"cardDispute">): boolean =>
  JSON.stringify({ ...was, updatedAt: "" }) === JSON.stringify({ ...was, ...next, updatedAt: "" });

function disputeAfter(
  { deposit, dispute }: DisputeCase,
  { id, amount, status: said, reason, evidenceDueAt }: ProcessorDispute,
  fresh: readonly BalanceTransaction[],
  now: string,
): Unversioned<"cardDispute"> {
  const { version: _, ...was } = dispute ?? {
    version: 0,
    id,
    depositId: deposit.id,
    userId: deposit.userId,
    paymentIntentId: deposit.paymentIntentId,
    withdrawnMinor: 0,
    booked: [],
    createdAt: now,
  };
  const status = dispute === undefined || mayFollow(dispute.status, said) ? said : dispute.status;
  const withdrawnMinor = was.withdrawnMinor - sumOf(fresh);
  const isLost = status === "lost" && withdrawnMinor > 0;
  return {
    ...was,
    amount,
    status,
    reason,
    evidenceDueAt,
    withdrawnMinor,
    ...(isLost && { lostAt: dispute?.lostAt ?? now }),
    booked: [...was.booked, ...fresh.map((transaction) => transaction.id)],
    updatedAt: now,
  };
}

/** It cannot be refunded while the payer's bank has it. */
const held = (deposit: Deposit, takenMinor: number, updatedAt: string): readonly EntityChange[] =>
  takenMinor === 0
    ? []
    : [changed("deposit", deposit, { ...deposit, disputedMinor: deposit.disputedMinor + takenMinor, updatedAt })];

/** One after the other, each on what the one before has left. */
function bookings(
  { deposit }: DisputeCase,
  wallet: Wallet,
  { id }: ProcessorDispute,
  fresh: readonly BalanceTransaction[],
  occasion: Occasion,
): readonly DecidedEntry[] {
  let now = wallet;
  return fresh.flatMap((transaction) => {
    requireCurrency(transaction, wallet);
    const { amountMinor } = transaction;
    const funds = amountMinor < 0 ? debitLines(now, -amountMinor) : creditLines(now, amountMinor);
    now = fundsAfter(now, funds);
    const head: EntryHead = {
      key: entryKeys.cardDispute(transaction.id),
      type: "dispute",
      currency: transaction.currency,
      referenceId: deposit.id,
      description: amountMinor < 0 ? "A payer's bank disputes a deposit" : "A disputed deposit was given back",
      processorIds: [id, transaction.id],
    };
    const lines = [...funds, { account: platformAccount("stripe_balance"), amount: -amountMinor }];
    const moved = amountMinor === 0 ? [] : [entry(head, lines, occasion)];
    return [...moved, ...feeOf(transaction, { referenceId: deposit.id, of: "a card dispute" }, occasion)];
  });
}

function requireCurrency({ currency }: BalanceTransaction, wallet: Wallet): void {
  if (currency !== wallet.currency) throw new OwnError("a dispute was settled in another currency than its deposit");
}

/**
 * The bank has decided against the brand: what was withdrawn for the time being is gone for good. The entry says so; money
 * moves only where the brand has some by now, and still owes some.
 */
function clawback(
  { deposit, dispute }: DisputeCase,
  wallet: Wallet,
  { id, lostAt, withdrawnMinor, amount }: Unversioned<"cardDispute">,
  fresh: readonly BalanceTransaction[],
  occasion: Occasion,
): readonly DecidedEntry[] {
  if (lostAt === undefined || dispute?.lostAt !== undefined) return [];
  const lost = platformAccount("stripe_balance");
  const head: EntryHead = {
    key: entryKeys.lostCardDispute(id),
    type: "dispute",
    currency: amount.currency,
    referenceId: deposit.id,
    description: "A card dispute was lost: clawback",
    processorIds: [id],
  };
  const provisional = { account: lost, amount: -withdrawnMinor };
  const final = { account: lost, amount: withdrawnMinor };
  const collected = fresh.length === 0 ? creditLines(wallet, 0) : [];
  return [entry(head, [provisional, final, ...collected], occasion)];
}

function eventsOf({ dispute, adminIds }: DisputeCase, next: Unversioned<"cardDispute">): readonly DomainEvent[] {
  const { id: disputeId, depositId, userId, amount, status, evidenceDueAt } = next;
  const detail = { disputeId, depositId, userId, adminIds: [...adminIds], amount };
  const opened: readonly DomainEvent[] =
    dispute === undefined ? [{ type: "card_dispute.opened", detail: { ...detail, evidenceDueAt } }] : [];
  const over = isClosed(status) && (dispute === undefined || !isClosed(dispute.status));
  return [
    ...opened,
    ...(over ? [{ type: "card_dispute.closed", detail: { ...detail, outcome: status } } as const] : []),
  ];
}
