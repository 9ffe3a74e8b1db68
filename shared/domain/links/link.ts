import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Instant } from "../kernel/time.ts";

/** Letters and digits that cannot be mistaken for each other. */
export const CODE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ";
/** 53 symbols, 10 of them: 57 bits. */
export const CODE_LENGTH = 10;
export const LinkCode = z.string().regex(new RegExp(`^[${CODE_ALPHABET}]{8,16}$`), "must be a link code");

/** A short link: who is paid for its clicks and where it leads. */
export const Link = z.object({
  code: LinkCode,
  campaignId: idOf("campaign"),
  brandId: UserId,
  creatorId: UserId,
  destinationUrl: z.string(),
  disabled: z.boolean(),
  passQuery: z.boolean(),
  passClickId: z.boolean(),
  expiresAt: Instant.optional(),
  fallbackUrl: z.string().optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Link = z.infer<typeof Link>;
