import { type Change, changed } from "../change.ts";
import { dueStep, transition } from "../kernel/lifecycle.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { known } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import { platformAccount } from "../ledger/account.ts";
import { entryKeys } from "../ledger/entry-keys.ts";
import type { DecidedEntry } from "../ledger/journal-entry.ts";
import { entry } from "../ledger/posting.ts";
import { type Credit, creditTo } from "../wallets/brand-funds.ts";
import type { Deposit, Mismatch } from "./deposit.ts";
import { askAgainAt, firstLookAt } from "../processor/due.ts";
import { depositLifecycle } from "./lifecycle.ts";
import { mismatchOf } from "./mismatch.ts";
import type { Payment } from "../processor/payment.ts";
import { feeOf } from "../processor/processing-fee.ts";
import type { Wallet } from "../wallets/wallet.ts";

/** What a rule made of the processor's word. */
export interface Settled {
  readonly change: Change | undefined;
  readonly deposit: Deposit;
  /** New, and to be looked at by somebody: money is there that belongs to nobody in the books. */
  readonly mismatch?: Mismatch;
}

const { complete, fail } = depositLifecycle;

/**
 * What the processor says about a deposit's payment. What was asked for and is paid is credited once, for ever, by the
 * intent's own journal key, in full; what the processor keeps of it is booked beside it, or later when it is not known yet. A
 * payment that came to nothing fails the deposit. One that is another's, in another currency or of another amount is not
 * credited: that is noted, once, for somebody to decide about. Anything else changes nothing.
 */
export function settlePayment(
  { deposit, wallet }: { readonly deposit: Deposit; readonly wallet: Wallet | undefined },
  payment: Payment,
  occasion: Occasion,
): Settled {
  if (deposit.status === "completed") return settleFee(deposit, payment, occasion);
  const mismatch = mismatchOf(deposit, payment, occasion.now);
  if (mismatch !== undefined) return refused(deposit, mismatch);
  const step = dueStep(deposit, [complete, fail], occasion, payment);
  if (step === undefined) return { change: undefined, deposit };
  return step.to === complete.to
    ? credited(deposit, known(wallet, "wallet of a deposit"), payment, occasion)
    : failed(deposit, payment, occasion);
}

function credited(deposit: Deposit, wallet: Wallet, payment: Payment, occasion: Occasion): Settled {
  const { dueAt: _due, mismatch, ...completed } = transition(deposit, complete, occasion, payment);
  // What came of it before it was put right was told while it was nobody's: the sweep asks for all of it.
  const unheard = mismatch && { unheard: true as const, dueAt: firstLookAt(occasion.now) };
  const paid = { ...completed, creditedAt: occasion.now, ...unheard };
  const fee = feeIn(payment, deposit);
  const next = changed("deposit", deposit, fee === undefined ? waitingForFee(paid, occasion.now) : paid);
  const { id, userId, amount } = deposit;
  const credit = creditTo(wallet, amount.amount);
  const change: Change = {
    entities: [next],
    requires: credit.requires,
    entries: [creditOf(deposit, credit, occasion), ...(fee ? feeOf(fee, aboutDeposit(id), occasion) : [])],
    events: [{ type: "deposit.completed", detail: { depositId: id, userId, amount } }],
    audit: auditOf(deposit, complete.to),
  };
  return { change, deposit: next.next };
}

function failed(deposit: Deposit, payment: Payment, occasion: Occasion): Settled {
  const { dueAt: _, ...over } = transition(deposit, fail, occasion, payment);
  const next = changed("deposit", deposit, over);
  return { change: { entities: [next], audit: auditOf(deposit, fail.to) }, deposit: next.next };
}

/** The fee of a deposit that was credited before the processor had captured its payment. */
function settleFee(deposit: Deposit, { transaction }: Payment, occasion: Occasion): Settled {
  if (deposit.feePending !== true || transaction === undefined) return { change: undefined, deposit };
  const { feePending: _fee, dueAt, ...rest } = deposit;
  // Whoever asks about the payment alone, as a brand does, has not heard what came of it.
  const due = rest.unheard && dueAt !== undefined ? { dueAt } : {};
  const next = changed("deposit", deposit, { ...rest, ...due, updatedAt: occasion.now });
  const audit = { action: "deposit.fee_booked", resource: { type: "deposit", id: deposit.id } };
  const entries = feeOf(transaction, aboutDeposit(deposit.id), occasion);
  return { change: { entities: [next], entries, audit }, deposit: next.next };
}

/**
 * What the processor keeps, when it is known and in the deposit's own currency: an account that is settled in another books
 * its fees apart, since a change is in one currency.
 */
const feeIn = ({ transaction }: Payment, { amount }: Deposit) =>
  transaction?.currency === amount.currency ? transaction : undefined;

const waitingForFee = <D extends Omit<Deposit, "dueAt">>(deposit: D, now: Instant): D & Pick<Deposit, "dueAt"> => ({
  ...deposit,
  feePending: true,
  dueAt: firstLookAt(now),
});

const aboutDeposit = (referenceId: string) => ({ referenceId, of: "a deposit" });

const creditOf = (deposit: Deposit, { lines }: Credit, occasion: Occasion): DecidedEntry =>
  entry(
    {
      key: entryKeys.deposit(deposit.paymentIntentId),
      type: "deposit",
      currency: deposit.amount.currency,
      referenceId: deposit.id,
      description: "Deposit by card",
      processorIds: [deposit.paymentIntentId],
    },
    [{ account: platformAccount("stripe_balance"), amount: -deposit.amount.amount }, ...lines],
    occasion,
  );

const auditOf = ({ id, status }: Deposit, to: Deposit["status"]): NonNullable<Change["audit"]> => ({
  action: `deposit.${to}`,
  resource: { type: "deposit", id },
  changes: [{ field: "status", before: status, after: to }],
});

/** Notes it, once for what is said: the next word of the processor's that fits is taken all the same. */
function refused(deposit: Deposit, mismatch: Mismatch): Settled {
  const { mismatch: noted, dueAt, ...rest } = deposit;
  if (noted !== undefined && isSame(noted, mismatch)) return { change: undefined, deposit };
  // That another payment bears its name says nothing of its own, which is asked about as before.
  const isOwn = mismatch.paymentIntentId === deposit.paymentIntentId;
  const due = isOwn || dueAt === undefined ? {} : { dueAt };
  const next = changed("deposit", deposit, { ...rest, ...due, mismatch, updatedAt: mismatch.at });
  const audit = {
    action: "deposit.mismatched",
    resource: { type: "deposit", id: deposit.id },
    changes: [{ field: "mismatch", before: noted ?? null, after: mismatch }],
  };
  return { change: { entities: [next], audit }, deposit: next.next, mismatch };
}

const isSame = (one: Mismatch, other: Mismatch): boolean =>
  JSON.stringify({ ...one, at: "" }) === JSON.stringify({ ...other, at: "" });

/** A deposit that the processor had nothing new to say about is asked about again, later each time. */
export function postponed(deposit: Deposit, now: Instant): Change | undefined {
  if (deposit.dueAt === undefined || deposit.dueAt > now) return undefined;
  return { entities: [changed("deposit", deposit, askedLater(deposit, now))] };
}

/** Nobody pays a payment of so long ago by chance: the processor tells of it by itself, or the payer confirms it. */
const ABANDONED_MS = 30 * 86_400_000;

function askedLater({ dueAt: _, unheard: _heard, ...deposit }: Deposit, now: Instant): Deposit {
  const isAbandoned = Date.parse(now) - Date.parse(deposit.createdAt) > ABANDONED_MS;
  const isOver = deposit.feePending !== true && (deposit.status === "completed" || isAbandoned);
  return { ...deposit, ...(!isOver && { dueAt: askAgainAt(deposit.createdAt, now) }), updatedAt: now };
}
