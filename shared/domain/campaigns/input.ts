import * as z from "zod";
import { PositiveMoney } from "../kernel/money.ts";
import { InstantInput } from "../kernel/time.ts";
import { Category, ReviewCalendar, TargetAudience } from "./campaign.ts";
import { DeliverableType, MAX_QUANTITY } from "./deliverable.ts";

const isTimeZone = (name: string): boolean => Intl.supportedValuesOf("timeZone").includes(name) || name === "UTC";
const HostPattern = z
  .string()
  .max(255)
  .regex(
    /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59})$/,
    "must be a host name, or *. and one",
  );

/** What a brand says to draft a campaign. */
export const NewCampaign = z.strictObject({
  name: z.string().trim().min(1).max(200),
  description: z.string().max(10_000).optional(),
  category: Category,
  budget: PositiveMoney,
  timeline: z
    .strictObject({
      start: InstantInput,
      end: InstantInput,
      timeZone: z.string().refine(isTimeZone, "must be an IANA time zone").default("UTC"),
    })
    .refine(({ start, end }) => start < end, { path: ["end"], error: "must be after start" }),
  targetAudience: TargetAudience.default({}),
  brandGuidelines: z.string().max(10_000).optional(),
  destinationHosts: z.array(HostPattern).max(50).default([]),
  reviewWindowHours: z.int().min(1).max(720).default(72),
  reviewCalendar: ReviewCalendar.default("business-days"),
  maxRounds: z.int().min(1).max(20).default(3),
  creatorHoldDays: z.int().min(0).max(90).default(7),
  /** Days a creator has for the next round after changes were asked for. */
  resubmissionDays: z.int().min(1).max(90).default(14),
});
export type NewCampaign = z.infer<typeof NewCampaign>;

/** What a brand asks to be made. */
export const DeliverableInput = z.strictObject({
  type: DeliverableType,
  quantity: z.int().min(1).max(MAX_QUANTITY),
  description: z.string().max(5_000).optional(),
  compensation: PositiveMoney,
  dueAt: InstantInput.optional(),
});
export type DeliverableInput = z.infer<typeof DeliverableInput>;
