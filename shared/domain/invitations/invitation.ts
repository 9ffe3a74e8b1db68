import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Money } from "../kernel/money.ts";
import { Instant } from "../kernel/time.ts";

export const InvitationStatus = z.enum(["pending", "accepted", "declined", "expired", "withdrawn"]);
export type InvitationStatus = z.infer<typeof InvitationStatus>;

/** An offer to one creator: at most one per campaign and creator. */
export const Invitation = z.object({
  campaignId: idOf("campaign"),
  campaignName: z.string(),
  brandId: UserId,
  creatorId: UserId,
  status: InvitationStatus,
  deliverableIds: z.array(idOf("deliverable")),
  compensation: Money,
  message: z.string().nullable(),
  invitedBy: UserId,
  invitedAt: Instant,
  expiresAt: Instant,
  respondedAt: Instant.optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Invitation = z.infer<typeof Invitation>;
