import { OwnError } from "../kernel/own-error.ts";
import { type Change, changed, created, type EntityChange, sameOwnerStatus } from "../change.ts";
import { derivedId } from "../kernel/derived-id.ts";
import { dueStep, transition } from "../kernel/lifecycle.ts";
import { formatMoney, type Money } from "../kernel/money.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import type { Deposit } from "./deposit.ts";
import { platformAccount, walletAccount } from "../ledger/account.ts";
import { move } from "../ledger/posting.ts";
import { depositLifecycle } from "./lifecycle.ts";
import type { Payment } from "./payment.ts";
import { depositRefusals, walletRefusals } from "./refusals.ts";
import { requireChargeable } from "./require-chargeable.ts";
import { ownWallet, requireActiveOwner, type Wallet } from "./wallet.ts";
import type { WalletProfile } from "./wallet-profile.ts";

/** The wallet, when this can be paid into it: money of its currency that can be charged. */
export function depositableInto(stored: Wallet | undefined, amount: Money): Wallet {
  const wallet = ownWallet(stored);
  requireActiveOwner(wallet);
  if (amount.currency !== wallet.currency) {
    throw refuse(walletRefusals.currencyMismatch, `The wallet holds ${wallet.currency}, not ${amount.currency}`);
  }
  requireChargeable(amount);
  return wallet;
}

/**
 * Names a deposit after the key it was asked for with: asked again after a lost reply, it has the same name, and under
 * that name the processor has the same payment. The amount is part of it, because a key whose first request failed may
 * be used for another amount, which is another payment.
 */
export function depositIdOf(idempotencyDigest: string | undefined, { amount, currency }: Money): string {
  if (idempotencyDigest === undefined) throw new OwnError("a deposit is only made under an Idempotency-Key");
  return derivedId("deposit", `${idempotencyDigest} ${amount} ${currency}`);
}

/**
 * Notes a payment that was begun, and the wallet's customer when it is new. Nothing is credited yet, but the wallet
 * keeps its currency from now on: money that arrives later must find a wallet that can hold it.
 */
export function beginDeposit(
  {
    id,
    wallet,
    profile,
    amount,
    payment,
    customerId,
  }: {
    readonly id: string;
    readonly wallet: Wallet;
    readonly profile: WalletProfile;
    readonly amount: Money;
    readonly payment: Payment;
    readonly customerId: string;
  },
  now: Instant,
): { readonly change: Change; readonly deposit: Deposit } {
  const beginning = created("deposit", {
    id,
    userId: wallet.userId,
    paymentIntentId: payment.paymentIntentId,
    clientSecret: payment.clientSecret,
    customerId,
    amount,
    status: "pending",
    createdAt: now,
    updatedAt: now,
  });
  const ready = profile.stripeCustomerId === customerId && profile.currencyFixed;
  const fixed: WalletProfile = { ...profile, stripeCustomerId: customerId, currencyFixed: true, updatedAt: now };
  const profiles: EntityChange[] = ready ? [] : [changed("walletProfile", profile, fixed)];
  const change: Change = {
    entities: [beginning, ...profiles],
    requires: [sameOwnerStatus(wallet)],
    audit: {
      action: "deposit.begun",
      resource: { type: "deposit", id },
      changes: [{ field: "amount", before: null, after: formatMoney(amount) }],
    },
  };
  return { change, deposit: beginning.next };
}

const { complete, fail } = depositLifecycle;

/**
 * What the processor says about a deposit's payment. Paid money is credited once, for ever, by the intent's own journal
 * key, and as much as was really received, be it more or
 * less than was asked for; a payment that came to nothing fails the deposit; anything else changes nothing.
 */
export function settlePayment(
  deposit: Deposit,
  payment: Payment,
  occasion: Occasion,
): { readonly change: Change | undefined; readonly deposit: Deposit } {
  requireSamePayment(deposit, payment);
  const step = dueStep(deposit, [complete, fail], occasion, payment);
  if (step === undefined) return { change: undefined, deposit };
  const paid = step.to === complete.to;
  const moved = changed("deposit", deposit, transition(deposit, step, occasion, payment));
  const detail = { depositId: deposit.id, userId: deposit.userId, amount: payment.received };
  const change: Change = {
    entities: [moved],
    entries: paid ? [creditOf(deposit, payment.received, occasion)] : [],
    events: paid ? [{ type: "deposit.completed", detail }] : [],
    audit: {
      action: `deposit.${step.to}`,
      resource: { type: "deposit", id: deposit.id },
      changes: [{ field: "status", before: deposit.status, after: step.to }],
    },
  };
  return { change, deposit: moved.next };
}

function requireSamePayment(deposit: Deposit, payment: Payment): void {
  const { paymentIntentId, metadata, received, customerId } = payment;
  const same =
    paymentIntentId === deposit.paymentIntentId &&
    metadata["depositId"] === deposit.id &&
    metadata["userId"] === deposit.userId &&
    (deposit.customerId === undefined || customerId === deposit.customerId) &&
    received.currency === deposit.amount.currency;
  if (!same) throw refuse(depositRefusals.notTheSamePayment);
}

const creditOf = (deposit: Deposit, received: Money, occasion: Occasion) =>
  move(
    {
      key: `deposit:${deposit.paymentIntentId}`,
      type: "deposit",
      currency: received.currency,
      referenceId: deposit.id,
      description: "Deposit by card",
      processorIds: [deposit.paymentIntentId],
    },
    received.amount,
    platformAccount("stripe_balance"),
    walletAccount(deposit.userId, "available"),
    occasion,
  );
