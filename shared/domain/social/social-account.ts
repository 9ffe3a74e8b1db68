import * as z from "zod";
import { UserId } from "../kernel/ids.ts";
import { CalendarDay, Instant } from "../kernel/time.ts";
import { SocialPlatform } from "./platform.ts";

/** What a network says of an account, as of one moment. What it does not say is null, never 0. */
export const SocialFigures = z.object({
  followerCount: z.int().min(0).nullable(),
  followingCount: z.int().min(0).nullable(),
  postCount: z.int().min(0).nullable(),
  /** Likes and comments of the latest posts, a post and a follower: 0.034 is 3.4 %. Ours, worked out alike for every network. */
  engagementRate: z.number().min(0).nullable(),
  /** Of how many posts that is the mean; a rate of few posts is a weak one. */
  postsRated: z.int().min(0),
});
export type SocialFigures = z.infer<typeof SocialFigures>;

/** `needs_reconnect`: the network takes our token no longer; its owner has to give consent again. */
export const SocialAccountStatus = z.enum(["connected", "needs_reconnect"]);

/** A day that a flag rests on. */
const EvidenceDay = z.object({ day: CalendarDay, followerCount: z.int(), postCount: z.int().nullable() });
export type EvidenceDay = z.infer<typeof EvidenceDay>;
export const EvidenceDays = z.array(EvidenceDay);

/** Somebody's account with a network, proven there. At most one a person and network; what it holds is no secret. */
export const SocialAccount = z.object({
  userId: UserId,
  platform: SocialPlatform,
  /** The network's own id of it, which never changes. */
  externalId: z.string(),
  username: z.string(),
  displayName: z.string().nullable(),
  profileUrl: z.url().nullable(),
  avatarUrl: z.url().nullable(),
  figures: SocialFigures,
  status: SocialAccountStatus,
  connectedAt: Instant,
  /** When the network last said what `figures` holds; of one that was not read yet, when it was connected. */
  lastSyncedAt: Instant,
  /** From when on the network is asked again. */
  syncDueAt: Instant,
  /** Until when its network is not asked about it, because it has had enough of that: others go on. */
  restsUntil: Instant.optional(),
  /** Since when its network says of a consent, each time, what is not to be believed at once; until it is read. */
  doubtedSince: Instant.optional(),
  /** How often its owner had it asked since the schedule last did: the more often, the longer the next wait. */
  askedSyncs: z.int().min(0),
  /** What flags rest on that it had when it was connected before, in order. */
  formerDays: EvidenceDays.optional(),
  version: z.int(),
  createdAt: Instant,
  /** Also when its network was asked last: whoever has it asked over and over waits from here on (`work.ts`). */
  updatedAt: Instant,
});
export type SocialAccount = z.infer<typeof SocialAccount>;

/** Without what was doubted: its consent was read by, or came again. */
export const believed = ({ doubtedSince: _doubted, ...account }: SocialAccount): SocialAccount => account;

/** What of an audience is unlike one that came by itself (`audience-flags.ts`). */
export const AudienceFlagName = z.enum([
  "follower_jump",
  "follower_drop_after_jump",
  "following_ratio_out_of_band",
  "engagement_below_band",
  "engagement_above_band",
]);
export type AudienceFlagName = z.infer<typeof AudienceFlagName>;

/** A day of `creator_analytics`: the last figures of that UTC day. */
export const SocialDay = z.object({
  userId: UserId,
  platform: SocialPlatform,
  day: CalendarDay,
  figures: SocialFigures,
  syncedAt: Instant,
  version: z.int(),
});
export type SocialDay = z.infer<typeof SocialDay>;

/** Whom an account with a network belongs to: one person at a time, for as long as they have it connected. */
export const SocialClaim = z.object({
  platform: SocialPlatform,
  externalId: z.string(),
  userId: UserId,
  version: z.int(),
  createdAt: Instant,
});
export type SocialClaim = z.infer<typeof SocialClaim>;

/** Of an account with a network that was disconnected while flags of jumps stood. Whose it was here, it does not say. */
export const AudienceEvidence = z.object({
  platform: SocialPlatform,
  externalId: z.string(),
  days: EvidenceDays,
  /** That of the last flag: none of them stands for more than `JUMP_DAYS` after it. */
  flaggedOn: CalendarDay,
  version: z.int(),
});
export type AudienceEvidence = z.infer<typeof AudienceEvidence>;

/** A network that is not asked for a while, because it said so. One a network. */
export const NetworkPause = z.object({ platform: SocialPlatform, until: Instant, version: z.int() });
export type NetworkPause = z.infer<typeof NetworkPause>;

/** An account with a network, by whose it is. */
export type AccountName = Pick<SocialAccount, "userId" | "platform">;

export const nameOf = ({ userId, platform }: AccountName): string => `${userId}.${platform}`;

/** As the audit names it. */
export const resourceOf = (name: AccountName) => ({ type: "social_account", id: nameOf(name) });
