/** What a brand does about a campaign that is up: it takes no creators for a while, and goes on. */
import { activeAccount, type Change } from "../change.ts";
import { transition } from "../kernel/lifecycle.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import type { Campaign } from "./campaign.ts";
import type { FundingState, RunningState } from "./guards.ts";
import { campaignLifecycle } from "./lifecycle.ts";
import { statusChange } from "./status-change.ts";
import { type CampaignView, campaignView } from "./view.ts";

const { pause, resume } = campaignLifecycle;

interface Decided {
  readonly change: Change;
  readonly campaign: CampaignView;
}

export const pauseCampaign = (state: RunningState, occasion: Occasion): Decided =>
  decided(state, transition(state.campaign, pause, occasion, state), "campaign.paused", occasion);

/** On the condition that the brand is active when it is written: what its ban has paused, nobody lets go on. */
export function resumeCampaign(state: FundingState, occasion: Occasion): Decided {
  const next = transition(state.campaign, resume, occasion, state);
  const { change, campaign } = decided(state, next, "campaign.resumed", occasion);
  return { change: { ...change, requires: [activeAccount(next.brandId)] }, campaign };
}

function decided(state: RunningState, next: Campaign, action: string, { actor }: Occasion): Decided {
  const note = { action, ...actingFor(actor, state.campaign.brandId) };
  const { change, campaign } = statusChange(state, next, note);
  return { change, campaign: campaignView(campaign, state.budget) };
}
