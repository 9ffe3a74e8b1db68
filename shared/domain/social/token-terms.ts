/** What networks hold of tokens and consents, where they differ. Sources: docs/social.md. */
import type { SocialPlatform } from "./platform.ts";

interface TokenTerms {
  /** Its access tokens renew themselves, once they are a day old; elsewhere that takes a refresh token. */
  readonly renewsItself: boolean;
  /**
   * What is over with a consent that is taken back: `nothing`, where there is no way to; `its_tokens`, and no others of the same
   * person; or `every_consent` that they gave us, also since, since it is one there, whichever tokens ask.
   */
  readonly revocationEnds: "nothing" | "its_tokens" | "every_consent";
  /** It says of tokens that are good, now and then, and right after it gave them, that they are not. */
  readonly refusesGoodTokens: boolean;
  /** It says together with its tokens whose they are. */
  readonly namesOwner: boolean;
  /** It takes consents back by an access token that is good still, and by no other. */
  readonly revokesByLiveTokens: boolean;
}

export const tokenTerms: Readonly<Record<SocialPlatform, TokenTerms>> = {
  instagram: {
    renewsItself: true,
    revocationEnds: "nothing",
    revokesByLiveTokens: false,
    refusesGoodTokens: false,
    namesOwner: false,
  },
  tiktok: {
    renewsItself: false,
    revocationEnds: "every_consent",
    revokesByLiveTokens: true,
    refusesGoodTokens: false,
    namesOwner: false,
  },
  twitter: {
    renewsItself: false,
    revocationEnds: "its_tokens",
    revokesByLiveTokens: false,
    refusesGoodTokens: false,
    namesOwner: false,
  },
  linkedin: {
    renewsItself: false,
    revocationEnds: "nothing",
    revokesByLiveTokens: false,
    refusesGoodTokens: true,
    namesOwner: true,
  },
  youtube: {
    renewsItself: false,
    revocationEnds: "every_consent",
    revokesByLiveTokens: false,
    refusesGoodTokens: false,
    namesOwner: false,
  },
};
