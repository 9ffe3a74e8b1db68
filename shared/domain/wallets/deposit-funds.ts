import { type Change, changed, created, type EntityChange } from "../change.ts";
import type { Actor } from "../kernel/actor.ts";
import type { NewId } from "../kernel/ids.ts";
import { formatMoney, type Money } from "../kernel/money.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import type { Deposit } from "./deposit.ts";
import { move, platformAccount, walletAccount } from "./ledger.ts";
import { depositRefusals, walletRefusals } from "./refusals.ts";
import type { Wallet } from "./wallet.ts";

/** A payment at the processor, as far as the rules look at it. */
export interface PaymentFacts {
  readonly paymentIntentId: string;
  readonly clientSecret: string;
  readonly status: "pending" | "succeeded" | "canceled";
  readonly received: Money;
  readonly metadata: Readonly<Record<string, string>>;
}

export function requireDepositable(wallet: Wallet, amount: Money): void {
  if (amount.currency !== wallet.currency) {
    throw refuse(walletRefusals.currencyMismatch, `The wallet holds ${wallet.currency}, not ${amount.currency}`);
  }
}

/** Notes a payment that was begun, and the wallet's customer when it is new. Nothing is credited yet. */
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
    id, userId: wallet.userId, paymentIntentId: payment.paymentIntentId, clientSecret: payment.clientSecret, amount,
    status: "pending", version: 1, createdAt: now, updatedAt: now,
  }; // prettier-ignore
  const customer: EntityChange[] =
    wallet.stripeCustomerId === customerId
      ? []
      : [changed("wallet", wallet, { ...wallet, stripeCustomerId: customerId, updatedAt: now })];
  const change: Change = {
    entities: [created("deposit", deposit), ...customer],
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
 * key, and as much as was really received; a cancelled payment fails the deposit; anything else changes nothing.
 */
export function settlePayment(
  deposit: Deposit,
  payment: PaymentFacts,
  { actor, now, newId }: { readonly actor: Actor; readonly now: Instant; readonly newId: NewId },
): { readonly change: Change | undefined; readonly deposit: Deposit } {
  requireSamePayment(deposit, payment);
  if (deposit.status !== "pending" || payment.status === "pending") return { change: undefined, deposit };
  const paid = payment.status === "succeeded" && payment.received.amount > 0;
  const next: Deposit = { ...deposit, status: paid ? "completed" : "failed", updatedAt: now };
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

function requireSamePayment(deposit: Deposit, { paymentIntentId, metadata, received }: PaymentFacts): void {
  const same = paymentIntentId === deposit.paymentIntentId && metadata["depositId"] === deposit.id;
  if (!same || received.currency !== deposit.amount.currency) throw refuse(depositRefusals.notTheSamePayment);
}

const creditOf = (
  deposit: Deposit,
  received: Money,
  { actor, now, newId }: { readonly actor: Actor; readonly now: Instant; readonly newId: NewId },
) =>
  move(
    {
      key: `deposit:${deposit.paymentIntentId}`, type: "deposit", currency: received.currency, referenceId: deposit.id,
      description: "Deposit by card", actorId: actor.userId, at: now, newId,
    },
    received.amount,
    platformAccount("stripe_clearing"),
    walletAccount(deposit.userId, "available"),
  ); // prettier-ignore
