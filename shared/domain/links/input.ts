import * as z from "zod";
import { UserId } from "../kernel/ids.ts";
import { InstantInput } from "../kernel/time.ts";
import { SlugText } from "./link-name.ts";
import { Utm } from "./utm.ts";
import { Address, NewRules, NewSplit } from "./redirect-rules.ts";

/** A link's destination, and whose clicks they are. A creator's links are always their own. */
export const NewLink = z.strictObject({
  destinationUrl: Address,
  creatorId: UserId.optional(),
  /** What its code ends in, behind the brand's prefix; drawn when it is left out. The brand and admins choose it. */
  slug: SlugText.optional(),
  /** Adds `click_id` to the destination. */
  passClickId: z.boolean().default(false),
  /** Passes the visitor's own query on, but for what the destination says already. */
  passQuery: z.boolean().default(false),
  /** The campaign's when it is left out; null: none. */
  utm: Utm.nullable().optional(),
  rules: NewRules.default([]),
  split: NewSplit.default([]),
});
export type NewLink = z.infer<typeof NewLink>;

/** What a brand changes about a link: what is sent, and nothing else. Null takes an end, a fallback or a limit away. */
export const LinkChanges = z.strictObject({
  destinationUrl: Address.optional(),
  disabled: z.boolean().optional(),
  expiresAt: InstantInput.nullable().optional(),
  fallbackUrl: Address.nullable().optional(),
  /** All of it, in place of what there is. */
  utm: Utm.nullable().optional(),
  /** All of them, in place of those there are. */
  rules: NewRules.optional(),
  split: NewSplit.optional(),
  maxClicks: z.int().min(1).max(1_000_000_000).nullable().optional(),
});
export type LinkChanges = z.infer<typeof LinkChanges>;
