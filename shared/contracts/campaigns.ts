import * as z from "zod";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { CampaignChanges, DeliverableChanges, DeliverableInput, NewCampaign } from "#shared/domain/campaigns/input";
import { campaignLifecycle } from "#shared/domain/campaigns/lifecycle";
import { http, list, onEvent, schedule } from "./contract.ts";
import { campaignPath, deliverablePath } from "./paths.ts";
import { CampaignView, DeliverableView, statusFilter } from "./shapes.ts";

export const createCampaign = http({
  route: "POST /v1/campaigns",
  roles: ["brand", "admin"],
  body: NewCampaign,
  reply: CampaignView,
  status: 201,
  refuses: [campaignRefusals.endNotFuture],
  uses: ["campaigns:write", "budgets:write"],
  summary: "Draft a campaign",
  ifItFails: "brands cannot start a campaign",
});

export const listCampaigns = list({
  route: "GET /v1/campaigns",
  roles: ["brand", "creator", "admin"],
  query: statusFilter,
  reply: CampaignView,
  refuses: [],
  uses: ["campaigns:list"],
  summary: "List campaigns: your own, those you are invited to or take part in, or as an admin all",
  ifItFails: "nobody sees their campaigns",
});

export const getCampaign = http({
  route: "GET /v1/campaigns/{campaignId}",
  roles: ["brand", "creator", "admin"],
  path: campaignPath,
  reply: CampaignView,
  refuses: [campaignRefusals.notFound],
  uses: ["campaigns:read"],
  summary: "Read one campaign",
  ifItFails: "campaign pages do not load",
});

export const updateCampaign = http({
  route: "PATCH /v1/campaigns/{campaignId}",
  roles: ["brand", "admin"],
  path: campaignPath,
  body: CampaignChanges,
  reply: CampaignView,
  refuses: [
    campaignRefusals.notFound,
    campaignRefusals.ended,
    campaignRefusals.termsFixed,
    campaignRefusals.endNotAfterStart,
    campaignRefusals.endNotFuture,
  ],
  ifMatch: "campaign",
  uses: ["campaigns:read", "campaigns:write"],
  summary: "Change a campaign: a draft's whole brief, later what promises creators nothing",
  ifItFails: "brands cannot correct what they said about a campaign",
});

export const deleteCampaign = http({
  route: "DELETE /v1/campaigns/{campaignId}",
  roles: ["brand", "admin"],
  path: campaignPath,
  reply: z.undefined(),
  status: 204,
  refuses: [campaignRefusals.notFound, campaignRefusals.notDeletable],
  ifMatch: "campaign",
  uses: ["campaigns:read", "drafts:remove"],
  summary: "Delete a draft",
  ifItFails: "brands cannot get rid of drafts",
});

export const listCampaignBlockers = http({
  route: "GET /v1/campaigns/{campaignId}/blockers",
  roles: ["brand", "admin"],
  path: campaignPath,
  reply: z.object({ data: z.array(z.object({ code: z.string(), detail: z.string() })) }),
  refuses: [campaignRefusals.notFound],
  uses: ["campaigns:read", "wallets:read"],
  summary: "Say what stops a campaign's publication",
  ifItFails: "brands do not see why they cannot publish",
});

export const publishCampaign = http({
  route: "POST /v1/campaigns/{campaignId}/publication",
  roles: ["brand", "admin"],
  path: campaignPath,
  reply: CampaignView,
  refuses: [campaignRefusals.notFound],
  idempotency: "required",
  uses: ["campaigns:read", "campaigns:write", "budgets:write", "fundings:write", "wallets:read", "journal:post"],
  causes: [campaignLifecycle.schedule, campaignLifecycle.launch],
  summary: "Publish a funded draft and set its budget aside",
  ifItFails: "a brand cannot launch a campaign it has already funded",
});

export const pauseCampaign = http({
  route: "POST /v1/campaigns/{campaignId}/pause",
  roles: ["brand", "admin"],
  path: campaignPath,
  reply: CampaignView,
  refuses: [campaignRefusals.notFound],
  uses: ["campaigns:read", "campaigns:write", "budgets:write"],
  causes: [campaignLifecycle.pause],
  summary: "Pause a campaign: no creator is invited or joins until it goes on",
  ifItFails: "brands cannot keep more creators from joining",
});

export const resumeCampaign = http({
  route: "POST /v1/campaigns/{campaignId}/resume",
  roles: ["brand", "admin"],
  path: campaignPath,
  reply: CampaignView,
  refuses: [campaignRefusals.notFound],
  uses: ["campaigns:read", "campaigns:write", "budgets:write", "wallets:read"],
  causes: [campaignLifecycle.resume],
  summary: "Let a paused campaign go on",
  ifItFails: "paused campaigns stay closed to creators",
});

export const createDeliverable = http({
  route: "POST /v1/campaigns/{campaignId}/deliverables",
  roles: ["brand", "admin"],
  path: campaignPath,
  body: DeliverableInput,
  reply: DeliverableView,
  status: 201,
  refuses: [
    campaignRefusals.notFound,
    campaignRefusals.notDraft,
    campaignRefusals.currencyMismatch,
    campaignRefusals.tooManyDeliverables,
    campaignRefusals.priceTooHigh,
  ],
  uses: ["campaigns:read", "campaigns:write", "deliverables:write"],
  summary: "Add a deliverable to a draft",
  ifItFails: "brands cannot say what they want made",
});

const editRefusals = [
  campaignRefusals.notFound,
  campaignRefusals.noSuchDeliverable,
  campaignRefusals.notDraft,
] as const;

export const updateDeliverable = http({
  route: "PATCH /v1/campaigns/{campaignId}/deliverables/{deliverableId}",
  roles: ["brand", "admin"],
  path: deliverablePath,
  body: DeliverableChanges,
  reply: DeliverableView,
  refuses: [...editRefusals, campaignRefusals.currencyMismatch, campaignRefusals.priceTooHigh],
  ifMatch: "deliverable",
  uses: ["campaigns:read", "campaigns:write", "deliverables:write"],
  summary: "Change a deliverable of a draft",
  ifItFails: "brands cannot correct what they want made",
});

export const deleteDeliverable = http({
  route: "DELETE /v1/campaigns/{campaignId}/deliverables/{deliverableId}",
  roles: ["brand", "admin"],
  path: deliverablePath,
  reply: z.undefined(),
  status: 204,
  refuses: editRefusals,
  ifMatch: "deliverable",
  uses: ["campaigns:read", "campaigns:write", "deliverables:remove"],
  summary: "Take a deliverable out of a draft",
  ifItFails: "brands cannot take back what they want made",
});

export const listDeliverables = list({
  route: "GET /v1/campaigns/{campaignId}/deliverables",
  roles: ["brand", "creator", "admin"],
  path: campaignPath,
  reply: DeliverableView,
  refuses: [campaignRefusals.notFound],
  uses: ["campaigns:read"],
  summary: "List what a campaign wants made",
  ifItFails: "creators cannot see what they are asked to make",
});

export const advanceCampaigns = schedule({
  job: "advance-campaigns",
  every: "rate(1 hour)",
  timeZone: "UTC",
  uses: [
    "campaigns:read",
    "campaigns:listDue",
    "campaigns:write",
    "budgets:write",
    "fundings:write",
    "wallets:read",
    "journal:post",
  ],
  causes: [campaignLifecycle.start, campaignLifecycle.exhaust, campaignLifecycle.complete],
  runs: { timeoutSeconds: 300 },
  summary: "Start, complete and pause campaigns whose time or budget has come",
  ifItFails: "campaigns do not start or end on time, and unspent money is not returned to brands",
});

/** A status that changed is looked at as well: a campaign that starts under a ban is paused. */
export const followBrandBan = onEvent({
  events: ["account.suspended", "account.reinstated", "campaign.status_changed"],
  uses: ["accounts:read", "campaigns:read", "campaigns:listOfBrand", "campaigns:write", "budgets:write"],
  causes: [campaignLifecycle.pauseForBan, campaignLifecycle.resumeAfterBan],
  runs: { timeoutSeconds: 300 },
  summary: "Pause the campaigns of a banned brand, and let them go on when the ban ends",
  ifItFails: "creators join campaigns of brands that are banned, or campaigns stay paused after a ban",
});

export const releaseUntouchedUnits = onEvent({
  events: ["campaign.status_changed"],
  uses: ["campaigns:read", "participants:read", "participants:write", "fundings:write", "wallets:read", "journal:post"],
  runs: { timeoutSeconds: 60 },
  summary: "Give back the price of units nobody began when a campaign ends",
  ifItFails: "money for work that will not be done stays secured after a campaign's end",
});
