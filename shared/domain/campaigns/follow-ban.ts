/** What a brand's ban does to its campaigns, and the end of the ban. */
import { type Change, unchanged } from "../change.ts";
import { dueStep, transition } from "../kernel/lifecycle.ts";
import type { Occasion } from "../kernel/occasion.ts";
import type { StandingState } from "./guards.ts";
import { campaignLifecycle } from "./lifecycle.ts";
import { statusChange } from "./status-change.ts";

const { pauseForBan, resumeAfterBan } = campaignLifecycle;

/** Pauses what is active while its brand is banned, and lets go on what a ban has paused; nothing where neither is due. */
export function followBan(state: StandingState, occasion: Occasion): Change | undefined {
  const { campaign, account } = state;
  const step = dueStep(campaign, [pauseForBan, resumeAfterBan], occasion, state);
  if (step === undefined) return undefined;
  const moved = transition(campaign, step, occasion, state);
  const next = step === pauseForBan ? { ...moved, pausedForBan: true as const } : moved;
  const { change } = statusChange(state, next, { action: "campaign.status_changed" });
  // A ban that begins or ends meanwhile is followed by its own event, which must find what this one did.
  return { ...change, requires: [unchanged("account", account)] };
}
