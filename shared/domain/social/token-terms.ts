/** What networks hold of tokens and consents, where they differ. Sources: docs/social.md. */
import type { SocialPlatform } from "./platform.ts";

interface TokenTerms {
  /** Its access tokens renew themselves, once they are a day old; elsewhere that takes a refresh token. */
  readonly renewsItself: boolean;
  /** A consent is one there, whichever tokens ask: taking one back ends also what was given since. */
  readonly endsEveryConsent: boolean;
  /** It takes consents back by an access token that is good still, and by no other. */
  readonly revokesByLiveTokens: boolean;
}

export const tokenTerms: Readonly<Record<SocialPlatform, TokenTerms>> = {
  instagram: { renewsItself: true, endsEveryConsent: false, revokesByLiveTokens: false },
  tiktok: { renewsItself: false, endsEveryConsent: true, revokesByLiveTokens: true },
  twitter: { renewsItself: false, endsEveryConsent: false, revokesByLiveTokens: false },
  linkedin: { renewsItself: false, endsEveryConsent: false, revokesByLiveTokens: false },
  youtube: { renewsItself: false, endsEveryConsent: true, revokesByLiveTokens: false },
};
