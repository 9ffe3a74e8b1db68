import { OwnError } from "../kernel/own-error.ts";
import { type Change, changed, created, type EntityChange, sameOwnerStatus } from "../change.ts";
import { derivedId } from "../kernel/derived-id.ts";
import { formatMoney, type Money } from "../kernel/money.ts";
import { known, refuse } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import type { Deposit } from "./deposit.ts";
import { firstLookAt } from "../processor/due.ts";
import type { Payment } from "../processor/payment.ts";
import { walletRefusals } from "../wallets/refusals.ts";
import { requireChargeable } from "./require-chargeable.ts";
import { ownWallet, requireActiveOwner, type Wallet } from "../wallets/wallet.ts";
import type { WalletProfile } from "../wallets/wallet-profile.ts";

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
 * Notes a payment that was begun, and the wallet's customer where it is new, or another than before. Nothing is credited yet, but the wallet
 * keeps its currency from now on: money that arrives later must find a wallet that can hold it.
 */
export function beginDeposit(
  {
    id,
    wallet,
    profile,
    amount,
    payment,
  }: {
    readonly id: string;
    readonly wallet: Wallet;
    readonly profile: WalletProfile;
    readonly amount: Money;
    readonly payment: Payment;
  },
  now: Instant,
): { readonly change: Change; readonly deposit: Deposit } {
  const customerId = known(payment.customerId, "customer of a payment");
  const beginning = created("deposit", {
    id,
    userId: wallet.userId,
    paymentIntentId: payment.paymentIntentId,
    clientSecret: payment.clientSecret,
    customerId,
    amount,
    status: "pending",
    dueAt: firstLookAt(now),
    refundedMinor: 0,
    disputedMinor: 0,
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
