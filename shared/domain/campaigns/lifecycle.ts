import type { Lifecycle, Transition } from "../kernel/lifecycle.ts";
import type { Instant } from "../kernel/time.ts";
import type { Campaign, CampaignStatus } from "./campaign.ts";
import { campaignRefusals } from "./refusals.ts";

/** Every way a campaign's status may change. */
export const campaignLifecycle = {
  schedule: {
    from: ["draft"],
    to: "scheduled",
    who: ["brand", "admin"],
    guard: "funded, with deliverables, start in the future",
    otherwise: campaignRefusals.notDraft,
  },
  launch: {
    from: ["draft"],
    to: "active",
    who: ["brand", "admin"],
    guard: "funded, with deliverables, start has passed",
    otherwise: campaignRefusals.notDraft,
  },
  start: {
    from: ["scheduled"],
    to: "active",
    who: ["system"],
    guard: "start has come",
    otherwise: campaignRefusals.notActive,
  },
  exhaust: {
    from: ["active"],
    to: "paused",
    who: ["system"],
    guard: "the budget is spent",
    otherwise: campaignRefusals.notActive,
  },
  complete: {
    from: ["active", "paused"],
    to: "completed",
    who: ["system"],
    guard: "end has come",
    otherwise: campaignRefusals.ended,
  },
} as const satisfies Lifecycle<CampaignStatus>;

export type CampaignTransition = Transition<CampaignStatus>;

/** Creators are invited and join while a campaign is one of these and its end has not come. */
const OPEN_STATUSES: readonly CampaignStatus[] = ["scheduled", "active"];
export const isOpen = ({ status, timeline }: Pick<Campaign, "status" | "timeline">, now: Instant): boolean =>
  OPEN_STATUSES.includes(status) && timeline.end > now;
export const ENDED_STATUSES: readonly CampaignStatus[] = ["completed", "cancelled"];
