/** What clients see of accounts with networks. */
import * as z from "zod";
import { UserId } from "#shared/domain/kernel/ids";
import { CalendarDay } from "#shared/domain/kernel/time";
import { AudienceFlag } from "#shared/domain/social/audience-flag";
import { SocialPlatform } from "#shared/domain/social/platform";
import { SocialAccount, SocialFigures } from "#shared/domain/social/social-account";

export const SocialAccountView = SocialAccount.pick({
  platform: true,
  username: true,
  displayName: true,
  profileUrl: true,
  avatarUrl: true,
  status: true,
  connectedAt: true,
  lastSyncedAt: true,
})
  .extend({ ...SocialFigures.pick({ followerCount: true, engagementRate: true }).shape })
  .meta({ id: "SocialAccount" });

export const CreatorDay = SocialFigures.extend({
  creatorId: UserId,
  platform: SocialPlatform,
  date: CalendarDay,
  flags: z
    .array(AudienceFlag)
    .meta({ description: "What is unlike an audience that came by itself, with the numbers; no verdict" }),
}).meta({ id: "CreatorDay" });
