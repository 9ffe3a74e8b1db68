import type { Occasion } from "../kernel/occasion.ts";
import { campaignAccount, walletAccount } from "../ledger/account.ts";
import type { DecidedEntry } from "../ledger/journal-entry.ts";
import { move } from "../ledger/posting.ts";
import type { Campaign } from "./campaign.ts";

/** What is promised to nobody any more, on its way home. */
export const returnToBrand = (
  { id: campaignId, brandId, name, plannedBudget }: Campaign,
  amount: number,
  key: string,
  occasion: Occasion,
): DecidedEntry =>
  move(
    {
      key,
      type: "release",
      currency: plannedBudget.currency,
      referenceId: campaignId,
      description: `Unspent budget of “${name}” returned`,
    },
    amount,
    campaignAccount({ campaignId, brandId }, "unassigned"),
    walletAccount(brandId, "available"),
    occasion,
  );
