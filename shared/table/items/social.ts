import type { SocialAccount, SocialDay } from "#shared/domain/social/social-account";
import type { Declaration } from "../item.ts";

export const socialAccount = {
  kind: "socialAccount",
  prefix: "SOCIAL_ACCOUNT",
  partition: ["userId"],
  sort: ["platform"],
  removable: true,
} as const satisfies Declaration<SocialAccount>;

/** The last figures of each day, as long as campaigns are counted. */
export const socialDay = {
  kind: "socialDay",
  prefix: "SOCIAL_DAY",
  partition: ["userId"],
  sort: ["platform", "day"],
  expires: { days: 400, after: "day" },
} as const satisfies Declaration<SocialDay>;
