import type { SocialPlatform } from "#shared/domain/social/platform";
import type { SocialAccount, SocialDay } from "#shared/domain/social/social-account";

export interface SocialAccounts {
  /** Strongly consistent. */
  get(userId: string, platform: SocialPlatform): Promise<SocialAccount | undefined>;
  /** All of a person's, by platform; five at most. Strongly consistent. */
  ofPerson(userId: string): Promise<readonly SocialAccount[]>;
}

export interface SocialDays {
  /** Those of a person between two UTC days, both included, by platform and day. */
  ofPerson(
    userId: string,
    span: { readonly from: string; readonly to: string; readonly platform?: SocialPlatform | undefined },
  ): Promise<readonly SocialDay[]>;
}
