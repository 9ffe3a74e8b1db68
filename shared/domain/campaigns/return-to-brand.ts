import type { Change } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { campaignAccount } from "../ledger/account.ts";
import { entry } from "../ledger/posting.ts";
import { creditTo } from "../wallets/brand-funds.ts";
import type { Wallet } from "../wallets/wallet.ts";
import type { Campaign } from "./campaign.ts";

/** What is promised to nobody any more, on its way home, if it is anything. */
export function returnToBrand(
  { id: campaignId, brandId, name, plannedBudget }: Campaign,
  brandWallet: Wallet,
  amount: number,
  key: string,
  occasion: Occasion,
): Required<Pick<Change, "entries" | "requires">> {
  if (amount === 0) return { entries: [], requires: [] };
  const { lines, requires } = creditTo(brandWallet, amount);
  const head = {
    key,
    type: "release",
    currency: plannedBudget.currency,
    referenceId: campaignId,
    description: `Unspent budget of “${name}” returned`,
  } as const;
  const from = { account: campaignAccount({ campaignId, brandId }, "unassigned"), amount: -amount };
  return { entries: [entry(head, [from, ...lines], occasion)], requires };
}
