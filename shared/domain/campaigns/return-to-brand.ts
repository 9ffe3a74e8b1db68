import type { Occasion } from "../kernel/occasion.ts";
import type { Journal } from "../wallets/journal.ts";
import { campaignAccount, move, walletAccount } from "../wallets/ledger.ts";
import type { Campaign } from "./campaign.ts";

/** Money of a campaign that will not be spent, on its way home. */
export const returnToBrand = (
  { id, brandId, name, plannedBudget }: Campaign,
  amount: number,
  from: "unassigned" | "secured",
  key: string,
  { actor, now, newId }: Occasion,
): Journal =>
  move(
    {
      key,
      type: "release",
      currency: plannedBudget.currency,
      referenceId: id,
      description: `Unspent budget of “${name}” returned`,
      actorId: actor.userId,
      at: now,
      newId,
    },
    amount,
    campaignAccount({ campaignId: id, brandId }, from),
    walletAccount(brandId, "available"),
  );
