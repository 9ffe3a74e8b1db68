import * as z from "zod";
import { UserId } from "../kernel/ids.ts";
import { known } from "../kernel/refusal.ts";
import { Instant } from "../kernel/time.ts";

/** What of a wallet is not money, apart from it: who only prepares a payment cannot write a balance. */
export const WalletProfile = z.object({
  userId: UserId,
  /** Somebody has promised this person money in the wallet's currency: it can no longer change. */
  currencyFixed: z.boolean(),
  /** At the payment processor; from the first deposit. */
  stripeCustomerId: z.string().optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type WalletProfile = z.infer<typeof WalletProfile>;

export const newWalletProfile = (userId: string, now: Instant): Omit<WalletProfile, "version"> => ({
  userId,
  currencyFixed: false,
  createdAt: now,
  updatedAt: now,
});

/** Written with the wallet: that it is missing is a defect. */
export const knownProfile = (profile: WalletProfile | undefined): WalletProfile => known(profile, "wallet's profile");
