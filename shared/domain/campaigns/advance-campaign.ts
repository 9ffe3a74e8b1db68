/** What time and money do to campaigns, without anybody asking. Used by the hourly job. */
import type { Change } from "../change.ts";
import { dueStep, transition } from "../kernel/lifecycle.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { entryKeys } from "../ledger/entry-keys.ts";
import type { Wallet } from "../wallets/wallet.ts";
import type { Budget, Campaign } from "./campaign.ts";
import type { RunningState } from "./guards.ts";
import { type CampaignAdvance, campaignLifecycle } from "./lifecycle.ts";
import { closedWhenEmpty } from "./budget.ts";
import { returnToBrand } from "./return-to-brand.ts";
import { statusChange } from "./status-change.ts";

const { start, complete, exhaust } = campaignLifecycle;
/** The end comes before a pause: a campaign that is over is not paused for want of money. */
const ADVANCES: readonly CampaignAdvance[] = [start, complete, exhaust];

/** The transition that is due, if any: a campaign that slept through start and end takes them one after the other. */
export const transitionDue = (campaign: Campaign, budget: Budget, occasion: Occasion): CampaignAdvance | undefined =>
  dueStep(campaign, ADVANCES, occasion, { campaign, budget });

/** Takes the transition; a completed campaign gives what is promised to nobody back to its brand, all of it. */
export function advanceCampaign(
  { campaign, budget, brandWallet }: RunningState & { readonly brandWallet: Wallet },
  step: CampaignAdvance,
  occasion: Occasion,
): Change {
  const next = transition(campaign, step, occasion, { campaign, budget });
  const { change } = statusChange({ campaign, budget }, next, { action: "campaign.status_changed" });
  if (next.status !== "completed") return change;
  const { unassigned } = budget;
  return {
    ...change,
    ...returnToBrand(campaign, brandWallet, unassigned, entryKeys.completion(campaign.id), occasion),
    entities: [...change.entities, ...closedWhenEmpty(next, budget, unassigned)],
  };
}
