import type {
  AudienceEvidence,
  NetworkPause,
  SocialAccount,
  SocialClaim,
  SocialDay,
} from "#shared/domain/social/social-account";
import type { SocialConsent, SocialRevocation, SocialToken } from "#shared/domain/social/social-tokens";
import type { Declaration } from "../item.ts";
import { SPREAD } from "../schema.ts";

export const socialAccount = {
  kind: "socialAccount",
  prefix: "SOCIAL_ACCOUNT",
  partition: ["userId"],
  sort: ["platform"],
  listings: {
    /** Those that can be read, by when they are to be. */
    due: {
      index: "due",
      prefix: "SOCIAL_ACCOUNTS_DUE",
      partition: [],
      sort: ["syncDueAt", "userId", "platform"],
      spread: SPREAD,
      when: ({ status }: SocialAccount) => status === "connected",
    },
  },
  removable: true,
  toldApartBy: "createdAt",
} as const satisfies Declaration<SocialAccount>;

/** What opens somebody's account with a network, sealed. Apart from the account, which many may read. */
export const socialToken = {
  kind: "socialToken",
  prefix: "SOCIAL_TOKEN",
  partition: ["userId"],
  sort: ["platform"],
  listings: {
    due: {
      index: "due",
      prefix: "SOCIAL_TOKENS_DUE",
      partition: [],
      sort: ["refreshDueAt", "userId", "platform"],
      spread: SPREAD,
    },
  },
  removable: true,
  toldApartBy: "sealed",
} as const satisfies Declaration<SocialToken>;

/** A consent that is to be taken back, with the tokens that can ask for it. */
export const socialRevocation = {
  kind: "socialRevocation",
  prefix: "SOCIAL_REVOCATION",
  partition: ["userId"],
  sort: ["platform", "id"],
  listings: {
    due: {
      index: "due",
      prefix: "SOCIAL_REVOCATIONS_DUE",
      partition: [],
      sort: ["tryAt", "userId", "platform", "id"],
      spread: SPREAD,
    },
  },
  removable: true,
} as const satisfies Declaration<SocialRevocation>;

/** Whom an account with a network belongs to. */
export const socialClaim = {
  kind: "socialClaim",
  prefix: "SOCIAL_CLAIM",
  partition: ["platform", "externalId"],
  sort: [],
  removable: true,
  toldApartBy: "createdAt",
} as const satisfies Declaration<SocialClaim>;

/** What flags rest on of an account that is connected no more, until they would have lapsed (`JUMP_DAYS`). */
export const audienceEvidence = {
  kind: "audienceEvidence",
  prefix: "AUDIENCE_EVIDENCE",
  partition: ["platform", "externalId"],
  sort: [],
  expires: { days: 91, after: "flaggedOn" },
} as const satisfies Declaration<AudienceEvidence>;

/** A consent that somebody was sent for. It is over after minutes. */
export const socialConsent = {
  kind: "socialConsent",
  prefix: "SOCIAL_CONSENT",
  partition: ["digest"],
  sort: [],
  expires: { days: 2, after: "createdAt" },
} as const satisfies Declaration<SocialConsent>;

/** A code that was taken. Networks forget theirs within the hour. */
export const socialCode = {
  kind: "socialCode",
  prefix: "SOCIAL_CODE",
  partition: ["digest"],
  sort: [],
  expires: { days: 2, after: "spentAt" },
} as const satisfies Declaration<{ readonly digest: string; readonly spentAt: string }>;

export const networkPause = {
  kind: "networkPause",
  prefix: "NETWORK_PAUSE",
  partition: ["platform"],
  sort: [],
} as const satisfies Declaration<NetworkPause>;

/** The last figures of each day, as long as campaigns are counted. */
export const socialDay = {
  kind: "socialDay",
  prefix: "SOCIAL_DAY",
  partition: ["userId"],
  sort: ["platform", "day"],
  expires: { days: 400, after: "day" },
  removable: true,
  toldApartBy: "syncedAt",
} as const satisfies Declaration<SocialDay>;
