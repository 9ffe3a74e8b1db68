/** The platform as a whole, day by day, as an hourly count writes it down. */
import * as z from "zod";
import { CampaignStatus } from "../campaigns/campaign.ts";
import { Role } from "../kernel/actor.ts";
import { Currency } from "../kernel/money.ts";
import { Instant } from "../kernel/time.ts";

const count = z.int().nonnegative();
const MoneyOfDay = z.object({
  currency: Currency,
  inMinor: count,
  outMinor: count,
  /** What the house kept, net of what it gave back. */
  feesMinor: z.int(),
  conversionValueMinor: z.int(),
});
export type MoneyOfDay = z.infer<typeof MoneyOfDay>;

export const PlatformDay = z.object({
  /** UTC. */
  day: z.string(),
  /** Active accounts by role; one with two roles is in both. */
  users: z.record(Role, count),
  campaigns: z.record(CampaignStatus, count),
  clicks: count,
  uniqueClicks: count,
  views: count,
  conversions: z.int(),
  money: z.array(MoneyOfDay),
  countedAt: Instant,
  version: z.int(),
});
export type PlatformDay = z.infer<typeof PlatformDay>;
