import type { Guarded, Lifecycle } from "../kernel/lifecycle.ts";
import type { Instant } from "../kernel/time.ts";
import type { Campaign, CampaignStatus } from "./campaign.ts";
import {
  banIsOver,
  brandIsBanned,
  budgetIsSpent,
  endHasCome,
  hasStarted,
  notEnded,
  readyToCancel,
  readyToLaunch,
  readyToResume,
  readyToSchedule,
  type RunningState,
  startHasCome,
} from "./guards.ts";
import { campaignRefusals } from "./refusals.ts";

const publication = {
  from: ["draft"],
  who: ["brand", "admin"],
  effect: "sets the whole budget aside",
  otherwise: campaignRefusals.notDraft,
  detail: (status: string) => `The campaign is ${status}`,
} as const;

/** Every way a campaign's status may change. */
export const campaignLifecycle = {
  schedule: { ...publication, to: "scheduled", guard: readyToSchedule },
  launch: { ...publication, to: "active", guard: readyToLaunch },
  start: {
    from: ["scheduled"],
    to: "active",
    who: ["system"],
    guard: startHasCome,
    otherwise: campaignRefusals.notActive,
  },
  pause: {
    from: ["active"],
    to: "paused",
    who: ["brand", "admin"],
    guard: notEnded,
    effect: "closes it to creators who do not take part yet",
    otherwise: campaignRefusals.notActive,
  },
  resume: {
    from: ["paused"],
    to: "active",
    who: ["brand", "admin"],
    guard: readyToResume,
    effect: "opens it to creators again",
    otherwise: campaignRefusals.notPaused,
  },
  pauseForBan: {
    from: ["active"],
    to: "paused",
    who: ["system"],
    guard: brandIsBanned,
    effect: "closes it to creators who do not take part yet, until the ban ends",
    otherwise: campaignRefusals.notActive,
  },
  resumeAfterBan: {
    from: ["paused"],
    to: "active",
    who: ["system"],
    guard: banIsOver,
    effect: "opens it to creators again",
    otherwise: campaignRefusals.notPaused,
  },
  exhaust: {
    from: ["active"],
    to: "paused",
    who: ["system"],
    guard: budgetIsSpent,
    otherwise: campaignRefusals.notActive,
  },
  cancel: {
    from: ["scheduled", "active", "paused"],
    to: "cancelled",
    who: ["brand", "admin"],
    guard: readyToCancel,
    effect: "gives what is promised to nobody back to the brand, at once; then what nobody has begun",
    otherwise: campaignRefusals.ended,
    exactly: { draft: campaignRefusals.notPublished },
  },
  complete: {
    from: ["active", "paused"],
    to: "completed",
    who: ["system"],
    guard: endHasCome,
    effect: "gives what is promised to nobody back to the brand",
    otherwise: campaignRefusals.ended,
  },
} as const satisfies Lifecycle<CampaignStatus>;

/** A step that time or money takes. */
export type CampaignAdvance = Guarded<CampaignStatus, RunningState>;

/** How a draft goes up now. */
export const publicationStep = (campaign: Campaign, now: Instant) =>
  hasStarted(campaign, now) ? campaignLifecycle.launch : campaignLifecycle.schedule;

/** Creators are invited and join while a campaign is one of these and its end has not come. */
const OPEN_STATUSES: readonly CampaignStatus[] = ["scheduled", "active"];
export const isOpen = ({ status, timeline }: Pick<Campaign, "status" | "timeline">, now: Instant): boolean =>
  OPEN_STATUSES.includes(status) && timeline.end > now;
/** Creators hand in what they have not begun while it does. */
export const isRunning = ({ status, timeline }: Pick<Campaign, "status" | "timeline">, now: Instant): boolean =>
  (status === "active" || status === "paused") && timeline.end > now;
export const ENDED_STATUSES: readonly CampaignStatus[] = ["completed", "cancelled"];

/** By its status, or because its end has come and its status will follow. */
export const hasEnded = ({ status, timeline }: Pick<Campaign, "status" | "timeline">, now: Instant): boolean =>
  ENDED_STATUSES.includes(status) || (status !== "draft" && timeline.end <= now);
