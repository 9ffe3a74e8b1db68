import type { SocialAccount } from "./social-account.ts";

/** An account as its owner sees it. */
export const socialAccountView = ({
  platform,
  username,
  displayName,
  profileUrl,
  avatarUrl,
  figures: { followerCount, engagementRate },
  status,
  connectedAt,
  lastSyncedAt,
}: SocialAccount) => ({
  platform,
  username,
  displayName,
  profileUrl,
  avatarUrl,
  followerCount,
  engagementRate,
  status,
  connectedAt,
  lastSyncedAt,
});
