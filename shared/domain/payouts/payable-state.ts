import type { Earning } from "../wallets/earning.ts";
import type { Wallet } from "../wallets/wallet.ts";
import type { PayoutMinimums } from "./minimum.ts";
import type { PayoutAccount } from "./payout-account.ts";
import { MOST_EARNINGS, type PayableState } from "./request-payout.ts";

/** Where it is found what a payout is decided on. */
export interface PayableSources {
  readonly wallets: { get(userId: string): Promise<Wallet | undefined> };
  readonly payoutAccounts: { get(creatorId: string): Promise<PayoutAccount | undefined> };
  readonly earnings: { payable(creatorId: string, most: number): Promise<readonly Earning[]> };
  readonly payoutRules: { readonly minimums: PayoutMinimums };
}

/** What a creator's payout is decided on, as it is now. */
export async function payableStateOf(creatorId: string, sources: PayableSources): Promise<PayableState> {
  const wallet = await sources.wallets.get(creatorId);
  const account = await sources.payoutAccounts.get(creatorId);
  const earnings = await sources.earnings.payable(creatorId, MOST_EARNINGS);
  return { wallet, account, earnings, minimums: sources.payoutRules.minimums };
}
