import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Instant } from "../kernel/time.ts";
import { LinkCode } from "./link-code.ts";
import { Utm } from "./utm.ts";
import { LinkRule, LinkShare } from "./redirect-rules.ts";

/** A short link: who is paid for its clicks and where it leads. */
export const Link = z.object({
  code: LinkCode,
  campaignId: idOf("campaign"),
  brandId: UserId,
  creatorId: UserId,
  destinationUrl: z.string(),
  /** What is added to every address that does not say it already. */
  utm: Utm.nullable().default(null),
  /** Where visitors are sent in place of the destination: with what `utm` adds to it. Null where that is nothing. */
  landingUrl: z.string().nullable().default(null),
  /** In the order of their priorities: the first that a visit fits leads. */
  rules: z.array(LinkRule).default([]),
  /** Of visits that fit no rule, each visitor stays with one of these for a day. None: they go to the destination. */
  split: z.array(LinkShare).default([]),
  disabled: z.boolean(),
  /** An admin disabled it: until one lets it lead on nobody else changes it, a fallback it would lead to included. */
  disabledByAdmin: z.boolean().optional(),
  /** While one of its two sides is banned it leads nowhere, whatever else is said of it. */
  brandBanned: z.boolean().optional(),
  creatorBanned: z.boolean().optional(),
  /** The visitor's own query goes on to the destination. */
  passQuery: z.boolean(),
  /** The destination is given `click_id`, the hit's id with our signature. */
  passClickId: z.boolean(),
  /** From this instant on it leads nowhere, or to its fallback. */
  expiresAt: Instant.nullable().default(null),
  /** Where it leads once it is disabled, expired or spent. */
  fallbackUrl: z.string().nullable().default(null),
  /** After so many counted clicks it is spent. */
  maxClicks: z.int().nullable().default(null),
  /** It has had them. Written by who counts, so that no visit has to. */
  limitReached: z.boolean().default(false),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Link = z.infer<typeof Link>;
