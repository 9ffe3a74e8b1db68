import type { SocialAccount, SocialDay, SocialFigures } from "#shared/domain/social/social-account";
import { CREATOR_ID } from "./builders.ts";

const at = "2026-11-01T00:00:00.000Z";

export const someFigures = (given: Partial<SocialFigures> = {}): SocialFigures => ({
  followerCount: 25_000,
  followingCount: 310,
  postCount: 420,
  engagementRate: 0.034,
  postsRated: 20,
  ...given,
});

export const aSocialAccount = (given: Partial<SocialAccount> = {}): SocialAccount => ({
  userId: CREATOR_ID,
  platform: "instagram",
  externalId: "17841400000000000",
  username: "mia.makes",
  displayName: "Mia Makes",
  profileUrl: "https://www.instagram.com/mia.makes",
  avatarUrl: null,
  figures: someFigures(),
  status: "connected",
  connectedAt: at,
  lastSyncedAt: at,
  version: 1,
  createdAt: at,
  updatedAt: at,
  ...given,
});

export const aSocialDay = (given: Partial<SocialDay> = {}): SocialDay => ({
  userId: CREATOR_ID,
  platform: "instagram",
  day: "2026-11-01",
  figures: someFigures(),
  syncedAt: at,
  version: 1,
  ...given,
});
