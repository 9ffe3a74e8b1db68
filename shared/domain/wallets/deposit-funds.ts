import { type Change, changed, created, type EntityChange } from "../change.ts";
import type { Actor } from "../kernel/actor.ts";
import { derivedId } from "../kernel/derived-id.ts";
import type { NewId } from "../kernel/ids.ts";
import { transition } from "../kernel/lifecycle.ts";
import { formatMoney, type Money } from "../kernel/money.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import type { Deposit } from "./deposit.ts";
import { move, platformAccount, walletAccount } from "./ledger.ts";
import { depositLifecycle } from "./lifecycle.ts";
import { depositRefusals, walletRefusals } from "./refusals.ts";
import { requireChargeable } from "./require-chargeable.ts";
import type { Wallet } from "./wallet.ts";

/** A payment at the processor, as far as the rules look at it. */
export interface PaymentFacts {
  readonly paymentIntentId: string;
  readonly clientSecret: string;
  readonly status: "pending" | "succeeded" | "canceled";
  readonly received: Money;
  readonly customerId: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Refuses money of another currency than the wallet's, and what cannot be charged. */
export function requireDepositable(wallet: Wallet, amount: Money): void {
  if (amount.currency !== wallet.currency) {
    throw refuse(walletRefusals.currencyMismatch, `The wallet holds ${wallet.currency}, not ${amount.currency}`);
  }
  requireChargeable(amount);
}

/**
 * Names a deposit after the key it was asked for with: asked again after a lost reply, it has the same name, and under
 * that name the processor has the same payment. The amount is part of it, because a key whose first request failed may
 * be used for another amount, which is another payment.
 */
export function depositIdOf(idempotencyDigest: string | undefined, { amount, currency }: Money): string {
  if (idempotencyDigest === undefined) throw new Error("a deposit is only made under an Idempotency-Key");
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
    amount,
    payment,
    customerId,
  }: {
    readonly id: string;
    readonly wallet: Wallet;
    readonly amount: Money;
    readonly payment: PaymentFacts;
    readonly customerId: string;
  },
  now: Instant,
): { readonly change: Change; readonly deposit: Deposit } {
  const deposit: Deposit = {
    id,
    userId: wallet.userId,
    paymentIntentId: payment.paymentIntentId,
    clientSecret: payment.clientSecret,
    customerId,
    amount,
    status: "pending",
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  const ready = wallet.stripeCustomerId === customerId && wallet.currencyFixed === true;
  const fixed: Wallet = { ...wallet, stripeCustomerId: customerId, currencyFixed: true, updatedAt: now };
  const wallets: EntityChange[] = ready ? [] : [changed("wallet", wallet, fixed)];
  const change: Change = {
    entities: [created("deposit", deposit), ...wallets],
    audit: {
      action: "deposit.begun",
      resource: { type: "deposit", id },
      changes: [{ field: "amount", before: null, after: formatMoney(amount) }],
    },
  };
  return { change, deposit };
}

/**
 * What the processor says about a deposit's payment. Paid money is credited once, for ever, by the intent's own journal
 * key, and as much as was really received, be it more or less than was asked for; a cancelled payment fails the deposit; anything else changes nothing.
 */
export function settlePayment(
  deposit: Deposit,
  payment: PaymentFacts,
  { actor, now, newId }: { readonly actor: Actor; readonly now: Instant; readonly newId: NewId },
): { readonly change: Change | undefined; readonly deposit: Deposit } {
  requireSamePayment(deposit, payment);
  if (deposit.status !== "pending" || payment.status === "pending") return { change: undefined, deposit };
  const paid = payment.status === "succeeded" && payment.received.amount > 0;
  const next = transition(deposit, depositLifecycle[paid ? "complete" : "fail"], now);
  const detail = { depositId: deposit.id, userId: deposit.userId, amount: payment.received };
  const change: Change = {
    entities: [changed("deposit", deposit, next)],
    journals: paid ? [creditOf(deposit, payment.received, { actor, now, newId })] : [],
    events: paid ? [{ type: "deposit.completed", detail }] : [],
    audit: {
      action: `deposit.${next.status}`,
      resource: { type: "deposit", id: deposit.id },
      changes: [{ field: "status", before: deposit.status, after: next.status }],
    },
  };
  return { change, deposit: { ...next, version: deposit.version + 1 } };
}

function requireSamePayment(deposit: Deposit, payment: PaymentFacts): void {
  const { paymentIntentId, metadata, received, customerId } = payment;
  const same =
    paymentIntentId === deposit.paymentIntentId &&
    metadata["depositId"] === deposit.id &&
    metadata["userId"] === deposit.userId &&
    (deposit.customerId === undefined || customerId === deposit.customerId) &&
    received.currency === deposit.amount.currency;
  if (!same) throw refuse(depositRefusals.notTheSamePayment);
}

const creditOf = (
  deposit: Deposit,
  received: Money,
  { actor, now, newId }: { readonly actor: Actor; readonly now: Instant; readonly newId: NewId },
) =>
  move(
    {
      key: `deposit:${deposit.paymentIntentId}`,
      type: "deposit",
      currency: received.currency,
      referenceId: deposit.id,
      description: "Deposit by card",
      actorId: actor.userId,
      at: now,
      newId,
    },
    received.amount,
    platformAccount("stripe_clearing"),
    walletAccount(deposit.userId, "available"),
  );
