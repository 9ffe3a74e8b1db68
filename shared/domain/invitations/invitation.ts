import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Money } from "../kernel/money.ts";
import { known } from "../kernel/refusal.ts";
import { Instant } from "../kernel/time.ts";

export const InvitationStatus = z.enum(["pending", "accepted", "declined", "expired", "withdrawn"]);
export type InvitationStatus = z.infer<typeof InvitationStatus>;

/** Most that an invitation or a participation remembers of what was before it; the audit remembers all. */
export const MAX_EARLIER = 20;

/** An invitation that came to nothing, or whose participation ended, before the same creator was invited again. */
export const PastInvitation = z.object({
  status: InvitationStatus,
  compensation: Money,
  invitedBy: UserId,
  invitedAt: Instant,
  expiresAt: Instant,
  endedAt: Instant,
});

export type PastInvitation = z.infer<typeof PastInvitation>;

/** An offer to one creator: at most one per campaign and creator at a time. */
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
  /** What became of those before it, oldest first. */
  earlier: z.array(PastInvitation).optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Invitation = z.infer<typeof Invitation>;

/** The invitation of a list's entry: that it is not there is a defect, not an answer. */
export const knownInvitation = (invitation: Invitation | undefined): Invitation => known(invitation, "invitation");
