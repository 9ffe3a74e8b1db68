import { type Change, changed, sameOwnerStatus } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { walletAccount } from "../ledger/account.ts";
import { entryKeys } from "../ledger/entry-keys.ts";
import { move } from "../ledger/posting.ts";
import type { Earning } from "../wallets/earning.ts";
import type { Wallet } from "../wallets/wallet.ts";

/**
 * The hold is over: the earning can be paid out. Undefined before that, and while its creator is suspended: then it matures
 * with the first run after the ban has ended.
 */
export function matureEarning(earning: Earning, wallet: Wallet, occasion: Occasion): Change | undefined {
  const { id, status, availableAt, amount, creatorId, campaignId, campaignName } = earning;
  if (status !== "pending" || availableAt > occasion.now || wallet.ownerStatus !== "active") return undefined;
  const head = {
    key: entryKeys.maturity(id),
    type: "maturity",
    currency: amount.currency,
    referenceId: id,
    description: `Earned in “${campaignName}”, now available`,
  } as const;
  const [from, to] = [walletAccount(creatorId, "pending"), walletAccount(creatorId, "payable")];
  return {
    entities: [changed("earning", earning, { ...earning, status: "available", updatedAt: occasion.now })],
    requires: [sameOwnerStatus(wallet)],
    entries: [move(head, amount.amount, from, to, occasion)],
    events: [
      {
        type: "earning.available",
        detail: { campaignId, campaignName, creatorId, earningId: id, amount },
      },
    ],
    audit: {
      action: "earning.matured",
      resource: { type: "earning", id },
      changes: [{ field: "status", before: status, after: "available" }],
    },
  };
}
