import type { Entities, EntityName } from "#shared/domain/entities";
import type {
  NetworkPause,
  SocialAccount,
  SocialClaim,
  SocialDay,
  SocialFigures,
} from "#shared/domain/social/social-account";
import type { SocialConsent, SocialRevocation, SocialToken } from "#shared/domain/social/social-tokens";
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
  syncDueAt: "2026-11-01T05:00:00.000Z",
  askedSyncs: 0,
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

export const aSocialToken = (given: Partial<SocialToken> = {}): SocialToken => ({
  userId: CREATOR_ID,
  platform: "instagram",
  sealed: "sealed",
  expiresAt: "2026-12-31T00:00:00.000Z",
  refreshDueAt: "2026-12-21T00:00:00.000Z",
  version: 1,
  updatedAt: at,
  ...given,
});

export const aSocialRevocation = (given: Partial<SocialRevocation> = {}): SocialRevocation => ({
  userId: CREATOR_ID,
  platform: "twitter",
  id: `${at}.${"0".repeat(64)}`,
  externalId: "17841400000000000",
  sealed: "sealed",
  expiresAt: "2026-12-31T00:00:00.000Z",
  requestedAt: at,
  tryAt: "2026-11-01T00:01:00.000Z",
  version: 1,
  ...given,
});

export const aSocialClaim = (given: Partial<SocialClaim> = {}): SocialClaim => ({
  platform: "instagram",
  externalId: "17841400000000000",
  userId: CREATOR_ID,
  version: 1,
  createdAt: at,
  ...given,
});

export const aSocialConsent = (given: Partial<SocialConsent> = {}): SocialConsent => ({
  digest: "0".repeat(64),
  userId: CREATOR_ID,
  platform: "instagram",
  codeVerifier: "v".repeat(43),
  expiresAt: "2026-11-01T00:10:00.000Z",
  version: 1,
  createdAt: at,
  ...given,
});

export const aNetworkPause = (given: Partial<NetworkPause> = {}): NetworkPause => ({
  platform: "instagram",
  until: "2026-11-01T01:00:00.000Z",
  version: 1,
  ...given,
});

/** Things of its entities, some in more than one state. */
export const socialThings = {
  socialAccount: [aSocialAccount(), aSocialAccount({ status: "needs_reconnect", formerDays: [], doubtedSince: at })],
  socialToken: [aSocialToken(), aSocialToken({ refreshingBy: "request", refreshingUntil: at })],
  socialRevocation: [aSocialRevocation()],
  socialClaim: [aSocialClaim()],
  audienceEvidence: [
    {
      platform: "instagram",
      externalId: "17841400000000000",
      days: [
        { day: "2026-11-02", followerCount: 25_000, postCount: 420 },
        { day: "2026-11-03", followerCount: 40_000, postCount: null },
      ],
      flaggedOn: "2026-11-03",
      version: 1,
    },
  ],
  socialConsent: [aSocialConsent(), aSocialConsent({ spentAt: at })],
  socialDay: [aSocialDay()],
  networkPause: [aNetworkPause()],
} satisfies Partial<{ readonly [E in EntityName]: readonly [Entities[E], ...Entities[E][]] }>;
