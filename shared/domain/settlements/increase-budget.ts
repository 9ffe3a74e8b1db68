import { budgetAfter, totalOf } from "../campaigns/budget.ts";
import type { FundingState } from "../campaigns/guards.ts";
import { hasEnded } from "../campaigns/lifecycle.ts";
import { campaignRefusals } from "../campaigns/refusals.ts";
import { type CampaignView, campaignView } from "../campaigns/view.ts";
import { type Change, sameOwnerStatus, standing } from "../change.ts";
import { formatMoney, MAX_MOVEMENT_MINOR, type Money } from "../kernel/money.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { OwnError } from "../kernel/own-error.ts";
import { refuse } from "../kernel/refusal.ts";
import { campaignAccount, walletAccount } from "../ledger/account.ts";
import { entryKeys } from "../ledger/entry-keys.ts";
import { move } from "../ledger/posting.ts";
import { walletRefusals } from "../wallets/refusals.ts";
import { ownWallet, requireActiveOwner, type Wallet } from "../wallets/wallet.ts";

/** All of a campaign's money can go home in one movement, with room for increases that come at the same time. */
export const MAX_BUDGET_MINOR = MAX_MOVEMENT_MINOR / 2;

/**
 * Sets more of the brand's own money aside for a campaign that is up.
 *
 * @param idempotencyDigest of the key that it was asked for with: under it, it is booked once, for ever
 */
export function increaseBudget(
  state: FundingState,
  amount: Money,
  idempotencyDigest: string | undefined,
  occasion: Occasion,
): { readonly change: Change; readonly campaign: CampaignView } {
  const { campaign, budget } = state;
  const { id: campaignId, brandId } = campaign;
  if (idempotencyDigest === undefined) throw new OwnError("a budget is only increased under an Idempotency-Key");
  requireUp(state, occasion);
  const wallet = ownWallet(state.wallet);
  requireActiveOwner(wallet);
  requireCovered(state, wallet, amount);
  const increase = move(
    {
      key: entryKeys.budgetIncrease(campaignId, idempotencyDigest),
      type: "reservation",
      currency: amount.currency,
      referenceId: campaignId,
      description: `Budget of “${campaign.name}” increased`,
    },
    amount.amount,
    walletAccount(brandId, "available"),
    campaignAccount({ campaignId, brandId }, "unassigned"),
    occasion,
  );
  const change: Change = {
    entities: [],
    requires: [standing(campaign), sameOwnerStatus(wallet)],
    entries: [increase],
    audit: {
      action: "campaign.budget_increased",
      resource: { type: "campaign", id: campaignId },
      changes: [{ field: "budgetIncrease", before: null, after: formatMoney(amount) }],
      ...actingFor(occasion.actor, brandId),
    },
  };
  return { change, campaign: campaignView(campaign, budgetAfter(budget, change)) };
}

function requireUp({ campaign }: FundingState, { now }: Occasion): void {
  const { status: currentState } = campaign;
  if (currentState === "draft") throw refuse(campaignRefusals.notPublished, undefined, { currentState });
  if (hasEnded(campaign, now)) throw refuse(campaignRefusals.ended, undefined, { currentState });
}

function requireCovered({ budget }: FundingState, wallet: Wallet, amount: Money): void {
  if (amount.currency !== budget.currency || amount.currency !== wallet.currency)
    throw refuse(walletRefusals.currencyMismatch, `The campaign and the wallet are in ${budget.currency}`);
  const most = { ...amount, amount: MAX_BUDGET_MINOR };
  if (totalOf(budget) + amount.amount > most.amount)
    throw refuse(campaignRefusals.budgetTooHigh, `A campaign has ${formatMoney(most)} at most`);
  if (wallet.available < amount.amount) {
    const spendable = formatMoney({ ...amount, amount: wallet.available });
    throw refuse(walletRefusals.insufficientFunds, `The wallet can spend ${spendable}`);
  }
}
