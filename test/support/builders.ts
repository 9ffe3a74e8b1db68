/** Things as they are stored, complete and valid, with what a test cares about named. */
import type { Entities } from "#shared/domain/entities";
import { admin, brand, creator } from "./stage.ts";

/** When all of it was made. */
export const at = "2026-11-01T00:00:00.000Z";
export const stamps = { version: 1, createdAt: at, updatedAt: at };
const id = (prefix: string, number = 1): string => `${prefix}_${String(number).padStart(26, "0")}`;

export const CAMPAIGN_ID = id("cmp");
export const DELIVERABLE_ID = id("dlv");
export const SUBMISSION_ID = id("sub");
export const DISPUTE_ID = id("dsp");
export const PARTICIPATION_ID = id("prt");
export const DEPOSIT_ID = id("dep");
export const REFUND_ID = id("rfd");
export const EARNING_ID = id("ern");
export const PAYOUT_ID = id("pay");
export const BRAND_ID = brand().userId;
export const CREATOR_ID = creator().userId;
export const ADMIN_ID = admin().userId;

export const anAccount = (parts: Partial<Entities["account"]> = {}): Entities["account"] => ({
  id: BRAND_ID,
  email: "brand@example.com",
  fullName: "A Brand",
  avatarUrl: null,
  bio: null,
  location: null,
  phone: null,
  roles: ["brand"],
  status: "active",
  groupsPending: false,
  ...stamps,
  ...parts,
});

export const anExport = (parts: Partial<Entities["export"]> = {}): Entities["export"] => ({
  id: id("exp"),
  userId: BRAND_ID,
  roles: ["brand"],
  kind: "transactions",
  format: "csv",
  status: "queued",
  turn: 0,
  attempt: 1,
  rows: 0,
  sizeBytes: 0,
  ...stamps,
  ...parts,
});

export const aCampaign = (parts: Partial<Entities["campaign"]> = {}): Entities["campaign"] => ({
  id: CAMPAIGN_ID,
  brandId: BRAND_ID,
  name: "Autumn",
  description: null,
  category: "fashion",
  plannedBudget: { amount: 100_000, currency: "USD" },
  timeline: { start: "2026-11-20T00:00:00.000Z", end: "2026-12-31T00:00:00.000Z", timeZone: "UTC" },
  targetAudience: {},
  matchWeights: null,
  weightsRevision: 0,
  brandGuidelines: null,
  destinationHosts: [],
  utm: null,
  reviewWindowHours: 72,
  reviewCalendar: "business-days",
  maxRounds: 3,
  creatorHoldDays: 7,
  resubmissionDays: 14,
  attribution: { model: "last", windowDays: 30, promoCodePrecedence: "code" },
  status: "draft",
  ...stamps,
  ...parts,
});

export const aBudget = (parts: Partial<Entities["budget"]> = {}): Entities["budget"] => ({
  campaignId: CAMPAIGN_ID,
  brandId: BRAND_ID,
  status: "draft",
  currency: "USD",
  unassigned: 0,
  secured: 0,
  spent: 0,
  commits: 0,
  ...stamps,
  ...parts,
});

export const aFunding = (parts: Partial<Entities["funding"]> = {}): Entities["funding"] => ({
  brandId: BRAND_ID,
  campaignId: CAMPAIGN_ID,
  version: 1,
  ...parts,
});

export const aDeliverable = (parts: Partial<Entities["deliverable"]> = {}): Entities["deliverable"] => ({
  id: DELIVERABLE_ID,
  campaignId: CAMPAIGN_ID,
  type: "instagram_post",
  quantity: 2,
  description: null,
  compensation: { amount: 10_000, currency: "USD" },
  dueAt: null,
  ...stamps,
  ...parts,
});

export const anInvitation = (parts: Partial<Entities["invitation"]> = {}): Entities["invitation"] => ({
  campaignId: CAMPAIGN_ID,
  campaignName: "Autumn",
  brandId: BRAND_ID,
  creatorId: CREATOR_ID,
  status: "pending",
  deliverableIds: [DELIVERABLE_ID],
  compensation: { amount: 20_000, currency: "USD" },
  message: null,
  invitedBy: BRAND_ID,
  invitedAt: at,
  expiresAt: "2026-12-15T00:00:00.000Z",
  ...stamps,
  ...parts,
});

export const aParticipant = (parts: Partial<Entities["participant"]> = {}): Entities["participant"] => ({
  id: PARTICIPATION_ID,
  campaignId: CAMPAIGN_ID,
  brandId: BRAND_ID,
  creatorId: CREATOR_ID,
  status: "active",
  budgetAllocated: { amount: 20_000, currency: "USD" },
  units: [1, 2].map((unit) => ({
    deliverableId: DELIVERABLE_ID,
    unit,
    priceMinor: 10_000,
    state: "open" as const,
    rounds: 0,
    dueAt: "2026-12-31T00:00:00.000Z",
  })),
  joinedAt: at,
  ...stamps,
  ...parts,
});

export const aSubmission = (parts: Partial<Entities["submission"]> = {}): Entities["submission"] => ({
  id: SUBMISSION_ID,
  campaignId: CAMPAIGN_ID,
  brandId: BRAND_ID,
  creatorId: CREATOR_ID,
  participationId: PARTICIPATION_ID,
  deliverableId: DELIVERABLE_ID,
  unit: 1,
  type: "url",
  contentUrl: "https://example.com/post",
  fileId: null,
  text: null,
  description: null,
  status: "pending_review",
  round: 1,
  submittedAt: at,
  reviewDueAt: "2026-11-30T00:00:00.000Z",
  reminders: [],
  ...stamps,
  ...parts,
});

export const aDispute = (parts: Partial<Entities["dispute"]> = {}): Entities["dispute"] => ({
  id: DISPUTE_ID,
  campaignId: CAMPAIGN_ID,
  submissionId: SUBMISSION_ID,
  brandId: BRAND_ID,
  creatorId: CREATOR_ID,
  participationId: PARTICIPATION_ID,
  deliverableId: DELIVERABLE_ID,
  unit: 1,
  price: { amount: 10_000, currency: "USD" },
  status: "open",
  openedFrom: "pending_review",
  reason: "It is not what we agreed",
  openedBy: BRAND_ID,
  openedAt: at,
  dueAt: "2026-12-01T00:00:00.000Z",
  evidence: [],
  decisions: [],
  ...stamps,
  ...parts,
});
