import * as z from "zod";
import { AttributionRulesChanges, NewAttributionRules } from "../conversions/attribution-rules.ts";
import { PositiveMoney } from "../kernel/money.ts";
import { InstantInput } from "../kernel/time.ts";
import { isTimeZone } from "../kernel/time-zone.ts";
import { visibleText } from "../kernel/visible-text.ts";
import { Utm } from "../links/utm.ts";
import { MatchWeights } from "../matching/weights.ts";
import { Category, ReviewCalendar, TargetAudience } from "./campaign.ts";
import { DeliverableType, MAX_QUANTITY } from "./deliverable.ts";

const HostPattern = z
  .string()
  .max(255)
  .regex(
    /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59})$/,
    "must be a host name, or *. and one",
  );

const Name = visibleText(200);
const Text = z.string().max(10_000);
const DestinationHosts = z.array(HostPattern).max(50);
const TimeZone = z.string().refine(isTimeZone, "must be an IANA time zone");
const ReviewWindowHours = z.int().min(1).max(720);
const MaxRounds = z.int().min(1).max(20);
const CreatorHoldDays = z.int().min(0).max(90);
/** Days a creator has for the next round after changes were asked for. */
const ResubmissionDays = z.int().min(1).max(90);

/** What a brand says to draft a campaign. */
export const NewCampaign = z.strictObject({
  name: Name,
  description: Text.optional(),
  category: Category,
  budget: PositiveMoney,
  timeline: z
    .strictObject({ start: InstantInput, end: InstantInput, timeZone: TimeZone.default("UTC") })
    .refine(({ start, end }) => start < end, { path: ["end"], error: "must be after start" }),
  targetAudience: TargetAudience.default({}),
  matchWeights: MatchWeights.nullable().default(null),
  brandGuidelines: Text.optional(),
  destinationHosts: DestinationHosts.default([]),
  utm: Utm.nullable().default(null),
  reviewWindowHours: ReviewWindowHours.default(72),
  reviewCalendar: ReviewCalendar.default("business-days"),
  maxRounds: MaxRounds.default(3),
  creatorHoldDays: CreatorHoldDays.default(7),
  resubmissionDays: ResubmissionDays.default(14),
  attribution: NewAttributionRules,
});
export type NewCampaign = z.infer<typeof NewCampaign>;

/** What a brand changes about a campaign: what is sent, and nothing else. Of timeline and attribution, too, what is left out stays. */
export const CampaignChanges = z.strictObject({
  name: Name.optional(),
  description: Text.nullable().optional(),
  category: Category.optional(),
  timeline: z
    .strictObject({ start: InstantInput.optional(), end: InstantInput.optional(), timeZone: TimeZone.optional() })
    .optional(),
  targetAudience: TargetAudience.optional(),
  /** Null: what the house counts. */
  matchWeights: MatchWeights.nullable().optional(),
  brandGuidelines: Text.nullable().optional(),
  destinationHosts: DestinationHosts.optional(),
  /** For links that are made from then on; those that are out have their own. */
  utm: Utm.nullable().optional(),
  reviewWindowHours: ReviewWindowHours.optional(),
  reviewCalendar: ReviewCalendar.optional(),
  maxRounds: MaxRounds.optional(),
  creatorHoldDays: CreatorHoldDays.optional(),
  resubmissionDays: ResubmissionDays.optional(),
  attribution: AttributionRulesChanges.optional(),
});
export type CampaignChanges = z.infer<typeof CampaignChanges>;

const Quantity = z.int().min(1).max(MAX_QUANTITY);
const DeliverableText = z.string().max(5_000);

/** What a brand asks to be made. */
export const DeliverableInput = z.strictObject({
  type: DeliverableType,
  quantity: Quantity,
  description: DeliverableText.optional(),
  compensation: PositiveMoney,
  dueAt: InstantInput.optional(),
});
export type DeliverableInput = z.infer<typeof DeliverableInput>;

/** What a brand changes about what it asks for. */
export const DeliverableChanges = z.strictObject({
  type: DeliverableType.optional(),
  quantity: Quantity.optional(),
  description: DeliverableText.nullable().optional(),
  compensation: PositiveMoney.optional(),
  dueAt: InstantInput.nullable().optional(),
});
export type DeliverableChanges = z.infer<typeof DeliverableChanges>;
