import * as z from "zod";
import { idOf } from "../kernel/ids.ts";
import { Money } from "../kernel/money.ts";
import { Instant } from "../kernel/time.ts";
import type { SocialPlatform } from "../social/platform.ts";

/** Each begins with the network that it is made for. */
const types = [
  "instagram_post", "instagram_reel", "instagram_story", "tiktok_video", "youtube_video", "youtube_short", "twitter_post",
  "linkedin_post",
] as const satisfies readonly `${SocialPlatform}_${string}`[]; // prettier-ignore
export const DeliverableType = z.enum(types);

/** Something creators are asked to make, `quantity` times, at `compensation` a unit. */
export const Deliverable = z.object({
  id: idOf("deliverable"),
  campaignId: idOf("campaign"),
  type: DeliverableType,
  quantity: z.int(),
  description: z.string().nullable(),
  compensation: Money,
  /** When brands want it by. It settles nothing. */
  dueAt: Instant.nullable(),
  /** The date that creators were last reminded of. */
  remindedOf: Instant.optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Deliverable = z.infer<typeof Deliverable>;

/** Bounds of what a campaign asks for; one invitation asks for less (`MAX_UNITS`). */
export const MAX_QUANTITY = 100;
export const MAX_DELIVERABLES = 20;
