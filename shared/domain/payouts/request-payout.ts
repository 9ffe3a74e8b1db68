import { type Change, changed, created, sameOwnerStatus } from "../change.ts";
import { formatMoney, type Money, money } from "../kernel/money.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import { walletAccount } from "../ledger/account.ts";
import { entryKeys } from "../ledger/entry-keys.ts";
import { move } from "../ledger/posting.ts";
import { payoutStepMinor, requireStep, roundedDown } from "../processor/amount-steps.ts";
import { firstLookAt } from "../processor/due.ts";
import { type Earning, leftOf } from "../wallets/earning.ts";
import { walletRefusals } from "../wallets/refusals.ts";
import { ownWallet, requireActiveOwner, type Wallet } from "../wallets/wallet.ts";
import { minimumOf, type PayoutMinimums } from "./minimum.ts";
import type { PaidPart, Payout } from "./payout.ts";
import type { PayoutAccount } from "./payout-account.ts";
import { payoutRefusals } from "./refusals.ts";
import { stepDue } from "./steps.ts";

/** A payout pays so many earnings at most: each is written in its commit, which holds a hundred things. */
export const MOST_EARNINGS = 60;

/** What a request looks at. */
export interface PayableState {
  /** The creator's. */
  readonly wallet: Wallet | undefined;
  readonly account: PayoutAccount | undefined;
  /** Those that are available and not paid out whole, oldest first; no more than one payout holds. */
  readonly earnings: readonly Earning[];
  readonly minimums: PayoutMinimums;
}

/** Parts of these earnings, in their order, that make up the amount. They sum to it, or to all there is when that is less. */
export function partsOf(earnings: readonly Earning[], amountMinor: number): PaidPart[] {
  let missing = amountMinor;
  return earnings.flatMap((earning) => {
    const part = Math.min(leftOf(earning), missing);
    missing -= part;
    return part > 0 ? [{ earningId: earning.id, amountMinor: part }] : [];
  });
}

/** Asks for a payout: from now on the money is on its way and nobody else's. A worker carries it out. */
export function requestPayout(
  state: PayableState,
  asked: { readonly id: string; readonly amount?: Money | undefined; readonly runId?: string },
  occasion: Occasion,
): { readonly change: Change; readonly payout: Payout } {
  const wallet = ownWallet(state.wallet);
  requireActiveOwner(wallet);
  const account = readyAccount(state.account, wallet);
  const amount = payableAmount(wallet, state, asked.amount);
  const { now, actor } = occasion;
  const parts = partsOf(state.earnings, amount.amount);
  const request = created("payout", {
    id: asked.id,
    creatorId: wallet.userId,
    amount,
    status: "requested",
    parts,
    processorAccountId: account.processorAccountId,
    step: "transfer",
    attempts: 0,
    dueAt: firstLookAt(now),
    ...(asked.runId !== undefined && { runId: asked.runId }),
    createdAt: now,
    updatedAt: now,
  });
  const entry = move(
    {
      key: entryKeys.payout(asked.id),
      type: "withdrawal",
      currency: amount.currency,
      referenceId: asked.id,
      description: "Payout",
    },
    amount.amount,
    walletAccount(wallet.userId, "payable"),
    walletAccount(wallet.userId, "inFlight"),
    occasion,
  );
  const change: Change = {
    entities: [request, ...allocated(state.earnings, parts, now)],
    requires: [sameOwnerStatus(wallet)],
    entries: [entry],
    events: [stepDue(asked.id)],
    audit: {
      action: "payout.requested",
      resource: { type: "payout", id: asked.id },
      changes: [{ field: "amount", before: null, after: formatMoney(amount) }],
      ...actingFor(actor, wallet.userId),
    },
  };
  return { change, payout: request.next };
}

function readyAccount(account: PayoutAccount | undefined, { currency }: Wallet): PayoutAccount {
  if (!account?.payoutsEnabled) throw notReady(account);
  if (account.currencies?.includes(currency) === false)
    throw refuse(walletRefusals.currencyMismatch, `The account that payouts go to has no bank for ${currency}`);
  return account;
}

function notReady(account: PayoutAccount | undefined): Refusal {
  const due = account?.requirementsDue ?? [];
  const missing = due.length > 0 ? `The payment processor still asks for ${due.join(", ")}` : undefined;
  return refuse(payoutRefusals.noAccount, missing, { currentState: account?.status ?? "none" });
}

function payableAmount(wallet: Wallet, { earnings, minimums }: PayableState, asked: Money | undefined): Money {
  const { currency, payable } = wallet;
  requireCurrency(wallet, asked);
  const step = payoutStepMinor(currency);
  const inReach = earnings.reduce((sum, earning) => sum + leftOf(earning), 0);
  // What is left over by rounding stays payable.
  const most = roundedDown(inReach, step);
  const amount = asked ?? money(Math.min(roundedDown(payable, step), most), currency);
  // As many earnings as a payout holds may be worth less than the least: they are paid, or those after them never were.
  const takesAll = earnings.length >= MOST_EARNINGS && amount.amount === most && most > 0 && inReach < payable;
  if (!takesAll) requireLeast(amount, minimumOf(currency, minimums));
  requireStep(amount, step);
  if (amount.amount > payable) {
    throw refuse(payoutRefusals.exceedsAvailable, `${formatMoney(money(payable, currency))} can be paid out`);
  }
  if (amount.amount > inReach) {
    throw refuse(payoutRefusals.tooManyEarnings, `Ask for ${formatMoney(money(most, currency))} at most, and again`);
  }
  return amount;
}

function requireCurrency({ currency }: Wallet, asked: Money | undefined): void {
  if (asked === undefined || asked.currency === currency) return;
  throw refuse(walletRefusals.currencyMismatch, `The wallet holds ${currency}, not ${asked.currency}`);
}

function requireLeast(amount: Money, least: Money): void {
  if (amount.amount < least.amount) throw refuse(payoutRefusals.belowMinimum, `The least is ${formatMoney(least)}`);
}

const allocated = (earnings: readonly Earning[], parts: readonly PaidPart[], now: string) =>
  parts.flatMap(({ earningId, amountMinor }) => {
    const earning = earnings.find(({ id }) => id === earningId);
    const allocatedMinor = (earning?.allocatedMinor ?? 0) + amountMinor;
    return earning ? [changed("earning", earning, { ...earning, allocatedMinor, updatedAt: now })] : [];
  });
