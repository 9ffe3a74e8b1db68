import { type Change, changed, created, sameBalances, sameOwnerStatus } from "../change.ts";
import { formatMoney, type Money } from "../kernel/money.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { found, refuse } from "../kernel/refusal.ts";
import { walletAccount } from "../ledger/account.ts";
import { entryKeys } from "../ledger/entry-keys.ts";
import type { DecidedEntry } from "../ledger/journal-entry.ts";
import { move } from "../ledger/posting.ts";
import { paymentStepMinor, requireStep } from "../processor/amount-steps.ts";
import { type Deposit, refundableMinor } from "../deposits/deposit.ts";
import { firstLookAt } from "../processor/due.ts";
import { depositRefusals } from "../deposits/refusals.ts";
import { walletRefusals } from "../wallets/refusals.ts";
import { requireActiveOwner, type Wallet } from "../wallets/wallet.ts";
import type { Refund, RefundPart } from "./refund.ts";
import { refundRefusals } from "./refusals.ts";

/** The wallet, when this much of it can be given back. */
export function refundableFrom(stored: Wallet | undefined, amount: Money): Wallet {
  const wallet = found(stored, walletRefusals.notFound);
  requireActiveOwner(wallet);
  if (amount.currency !== wallet.currency)
    throw refuse(walletRefusals.currencyMismatch, `The wallet holds ${wallet.currency}, not ${amount.currency}`);
  requireStep(amount, paymentStepMinor(amount.currency));
  if (wallet.disputesReceivable > 0) throw refuse(refundRefusals.debtFirst);
  if (wallet.available < amount.amount) throw refuse(walletRefusals.insufficientFunds);
  return wallet;
}

/** The one deposit that was named. For everybody but who made it there is none. */
export function namedDeposit(userId: string, deposit: Deposit | undefined): readonly Deposit[] {
  if (deposit?.userId !== userId) throw refuse(depositRefusals.notFound);
  return [deposit];
}

/** From each deposit as much as it still has, the first ones first. */
function partsOf(deposits: readonly Deposit[], amount: Money): readonly RefundPart[] {
  let left = amount.amount;
  const parts = deposits.flatMap((deposit): RefundPart[] => {
    const amountMinor = Math.min(left, refundableMinor(deposit));
    left -= amountMinor;
    const { id: depositId, paymentIntentId } = deposit;
    return amountMinor > 0 ? [{ depositId, paymentIntentId, amountMinor, status: "requested", booked: false }] : [];
  });
  if (left > 0) throw refuse(refundRefusals.exceedsDeposits);
  return parts;
}

/**
 * Takes money out of what can be spent, and promises it out of the deposits it came by: newest first, or the named one. Nothing
 * is asked of the processor yet: that is a worker's to do, and to do again.
 *
 * @param deposits in the order they are taken from
 */
export function requestRefund(
  {
    wallet,
    deposits,
    amount,
  }: { readonly wallet: Wallet; readonly deposits: readonly Deposit[]; readonly amount: Money },
  occasion: Occasion,
): { readonly change: Change; readonly refund: Refund } {
  const { now, newId } = occasion;
  const { userId } = wallet;
  const parts = partsOf(deposits, amount);
  const id = newId("refund");
  const request = created("refund", {
    id,
    userId,
    amount,
    status: "requested",
    parts: [...parts],
    dueAt: firstLookAt(now),
    createdAt: now,
    updatedAt: now,
  });
  const change: Change = {
    entities: [request, ...parts.flatMap((part) => promised(deposits, part, now))],
    requires: [sameOwnerStatus(wallet), sameBalances(wallet, ["disputesReceivable"])],
    entries: [setAside(id, userId, amount, occasion)],
    events: [{ type: "refund.requested", detail: { refundId: id, userId, amount } }],
    audit: {
      action: "refund.requested",
      resource: { type: "refund", id },
      changes: [{ field: "amount", before: null, after: formatMoney(amount) }],
    },
  };
  return { change, refund: request.next };
}

const promised = (deposits: readonly Deposit[], { depositId, amountMinor }: RefundPart, updatedAt: string) =>
  deposits
    .filter(({ id }) => id === depositId)
    .map((deposit) =>
      changed("deposit", deposit, { ...deposit, refundedMinor: deposit.refundedMinor + amountMinor, updatedAt }),
    );

const setAside = (id: string, userId: string, { amount, currency }: Money, occasion: Occasion): DecidedEntry =>
  move(
    { key: entryKeys.refund(id), type: "refund", currency, referenceId: id, description: "Refund on its way" },
    amount,
    walletAccount(userId, "available"),
    walletAccount(userId, "inFlight"),
    occasion,
  );
