import * as z from "zod";
import { UserId } from "../kernel/ids.ts";
import { Currency } from "../kernel/money.ts";
import { found, known, refuse } from "../kernel/refusal.ts";
import { accessRefusals } from "../kernel/refusals.ts";
import { Instant } from "../kernel/time.ts";
import { walletFigures } from "../ledger/figures.ts";
import { AccountStatus } from "../users/account.ts";
import { walletRefusals } from "./refusals.ts";

/**
 * The balances of a person's accounts in one currency, in minor units, each on its normal side. Every figure changes only
 * together with journal entries, in one transaction. What a brand has set aside is not among them: it is what its campaigns
 * hold.
 */
export const Wallet = z.object({
  userId: UserId,
  currency: Currency,
  /**
   * The owner's, written with their account. Money moves under it: a commit that needs both funds and an active owner then
   * holds one item and not two.
   */
  ownerStatus: AccountStatus,
  /** Since when they are suspended; missing while they are not. */
  suspendedAt: Instant.optional(),
  available: z.int(),
  pending: z.int(),
  payable: z.int(),
  inFlight: z.int(),
  disputesReceivable: z.int(),
  /** Writes that moved a figure; the books are judged by it. */
  commits: z.int(),
  /** The last of them. */
  lastCommitId: z.string().optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Wallet = z.infer<typeof Wallet>;

export const newWallet = (userId: string, currency: Currency, now: Instant): Omit<Wallet, "version"> => ({
  userId,
  currency,
  ownerStatus: "active",
  available: 0,
  pending: 0,
  payable: 0,
  inFlight: 0,
  disputesReceivable: 0,
  commits: 0,
  createdAt: now,
  updatedAt: now,
});

/** The wallet that was asked for; an account without one has not been opened yet. */
export const ownWallet = (wallet: Wallet | undefined): Wallet => found(wallet, walletRefusals.notFound);

/** The wallet of a brand whose campaign was up: without one nothing is published. */
export const brandsWallet = (wallet: Wallet | undefined): Wallet => known(wallet, "brand's wallet");

/** Nobody moves money for somebody who is suspended, an admin on their behalf included. */
export function requireActiveOwner({ ownerStatus }: Pick<Wallet, "ownerStatus">): void {
  if (ownerStatus !== "active") throw refuse(accessRefusals.ownerSuspended, undefined, { currentState: ownerStatus });
}

/** Whether money ever moved here. */
export const hasMoved = (wallet: Wallet): boolean =>
  wallet.commits > 0 || walletFigures.some((figure) => wallet[figure] !== 0);
