/** What a brand does about a campaign that is up: it takes no creators for a while, and goes on. */
import type { Change } from "../change.ts";
import { transition } from "../kernel/lifecycle.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import type { RunningState } from "./guards.ts";
import { campaignLifecycle } from "./lifecycle.ts";
import { statusChange } from "./status-change.ts";
import { type CampaignView, campaignView } from "./view.ts";

const { pause, resume } = campaignLifecycle;

interface Decided {
  readonly change: Change;
  readonly campaign: CampaignView;
}

export const pauseCampaign = (state: RunningState, occasion: Occasion): Decided =>
  take(state, pause, "campaign.paused", occasion);

export const resumeCampaign = (state: RunningState, occasion: Occasion): Decided =>
  take(state, resume, "campaign.resumed", occasion);

function take(state: RunningState, step: typeof pause | typeof resume, action: string, occasion: Occasion): Decided {
  const next = transition(state.campaign, step, occasion, state);
  const note = { action, ...actingFor(occasion.actor, state.campaign.brandId) };
  const { change, campaign } = statusChange(state, next, note);
  return { change, campaign: campaignView(campaign, state.budget) };
}
