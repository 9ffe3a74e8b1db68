import * as z from "zod";
import { AttributionRules, defaultAttributionRules } from "../conversions/attribution-rules.ts";
import { idOf, UserId } from "../kernel/ids.ts";
import { Currency, Money } from "../kernel/money.ts";
import { Instant } from "../kernel/time.ts";
import { Utm } from "../links/utm.ts";
import { MatchWeights } from "../matching/weights.ts";
import { SocialPlatform } from "../social/platform.ts";

export const Category = z.enum([
  "fashion", "beauty", "fitness", "food", "travel", "technology", "gaming", "music", "sports", "business", "education",
  "lifestyle", "family", "pets", "art", "other",
]); // prettier-ignore

export const CampaignStatus = z.enum(["draft", "scheduled", "active", "paused", "completed", "cancelled"]);
export type CampaignStatus = z.infer<typeof CampaignStatus>;

export const ReviewCalendar = z.enum(["business-days", "continuous"]);

/** From `start` (included) to `end` (excluded). `timeZone` says whose weekends and holidays count. */
export const Timeline = z.object({ start: Instant, end: Instant, timeZone: z.string() });

export const TargetAudience = z.strictObject({
  minFollowers: z.int().min(0).optional(),
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).max(250).optional(),
  platforms: z.array(SocialPlatform).max(5).optional(),
}); // prettier-ignore

/** A campaign, as stored. Its money is in its budget item, so that counting never rewrites the brief. */
export const Campaign = z.object({
  id: idOf("campaign"),
  brandId: UserId,
  name: z.string(),
  description: z.string().nullable(),
  category: Category,
  /** What the brand asked for; the budget item holds what is really set aside. */
  plannedBudget: Money,
  timeline: Timeline,
  targetAudience: TargetAudience,
  /** What counts when creators are proposed, where it is not what the house counts. */
  matchWeights: MatchWeights.nullable().default(null),
  /** How many times they were set. */
  weightsRevision: z.int().default(0),
  brandGuidelines: z.string().nullable(),
  destinationHosts: z.array(z.string()),
  /** Of its links that are made without a template of their own. */
  utm: Utm.nullable().default(null),
  reviewWindowHours: z.int(),
  reviewCalendar: ReviewCalendar,
  maxRounds: z.int(),
  creatorHoldDays: z.int(),
  resubmissionDays: z.int(),
  /** Of conversions that are recorded from now on: each keeps the rules it was credited by. */
  attribution: AttributionRules.default(defaultAttributionRules),
  status: CampaignStatus,
  /** It is paused because its brand was banned, and goes on when the ban ends. Only while that is so. */
  pausedForBan: z.literal(true).optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Campaign = z.infer<typeof Campaign>;

/** A campaign's money: the balances of its accounts, minor units. Together they are what was set aside for it and not returned. */
export const Budget = z.object({
  campaignId: idOf("campaign"),
  brandId: UserId,
  /**
   * The campaign's, written with it. Money moves under it: a commit that needs both funds and an open campaign then holds
   * one item that others write too, and not two.
   */
  status: CampaignStatus,
  currency: Currency,
  unassigned: z.int(),
  secured: z.int(),
  spent: z.int(),
  /** Writes that moved a figure; the books are judged by it. */
  commits: z.int(),
  /** The last of them. */
  lastCommitId: z.string().optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Budget = z.infer<typeof Budget>;

/** Says that a campaign may hold money of its brand: from its publication until the last of it is spent or returned. */
export const Funding = z.object({ brandId: UserId, campaignId: idOf("campaign"), version: z.int() });
export type Funding = z.infer<typeof Funding>;
