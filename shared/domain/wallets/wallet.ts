import * as z from "zod";
import { UserId } from "../kernel/ids.ts";
import { Currency } from "../kernel/money.ts";
import { found } from "../kernel/refusal.ts";
import { Instant } from "../kernel/time.ts";
import { walletRefusals } from "./refusals.ts";

/**
 * A person's accounts in one currency, in minor units. Every figure changes only together with a journal, in one
 * transaction. What a brand has set aside is not among them: it is what its campaigns hold.
 */
export const Wallet = z.object({
  userId: UserId,
  currency: Currency,
  /** A brand's own money: deposited, not set aside. */
  available: z.int(),
  /** A creator's earnings on hold. */
  pending: z.int(),
  /** A creator's earnings that can be paid out. */
  payable: z.int(),
  /** On its way to a creator's bank. */
  inFlight: z.int(),
  stripeCustomerId: z.string().optional(),
  /** Somebody has promised this person money in this currency: it can no longer change. */
  currencyFixed: z.boolean().optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Wallet = z.infer<typeof Wallet>;

export const newWallet = (userId: string, currency: Currency, now: Instant): Omit<Wallet, "version"> => ({
  userId,
  currency,
  available: 0,
  pending: 0,
  payable: 0,
  inFlight: 0,
  createdAt: now,
  updatedAt: now,
});

/** Accounts of the ledger that live on a wallet. */
export const WalletAccount = z.enum(["available", "pending", "payable", "inFlight"]);
export type WalletAccount = z.infer<typeof WalletAccount>;

/** The wallet that was asked for; an account without one has not been opened yet. */
export const ownWallet = (wallet: Wallet | undefined): Wallet => found(wallet, walletRefusals.notFound);
