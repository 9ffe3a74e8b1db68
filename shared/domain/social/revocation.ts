/** Consents of which nobody here has use any more: how they are taken back, and for how long that is tried. */
import { type Change, changed, created, removed, type Written } from "../change.ts";
import { type Instant, plusDays, plusMilliseconds } from "../kernel/time.ts";
import { canBeRenewed, isToRenew } from "./renewal.ts";
import { nameOf, resourceOf, type SocialAccount, type SocialClaim } from "./social-account.ts";
import type { SocialRevocation, SocialToken, SocialTokens } from "./social-tokens.ts";
import { tokenTerms } from "./token-terms.ts";

/** As long as whoever let it go may still be asking by themselves. */
const OWN_ASKING_MS = 60_000;
const AGAIN_MS = 3_600_000;
/** A network that does not take a consent back for so long will not: people are to do it there. */
const MOST_DAYS = 7;

/** From now on it is taken back, whatever becomes of whoever began that. */
export const revocationOf = (
  { userId, platform, externalId }: Pick<SocialAccount, "userId" | "platform" | "externalId">,
  { sealed, expiresAt }: Pick<SocialToken, "sealed" | "expiresAt">,
  now: Instant,
): Written<"socialRevocation"> =>
  created("socialRevocation", {
    ...{ userId, platform, externalId, sealed, expiresAt },
    requestedAt: now,
    tryAt: plusMilliseconds(now, OWN_ASKING_MS),
  });

/** Somebody has consented again since, and is not to lose that. */
export const isSuperseded = ({ platform }: SocialRevocation, claim: SocialClaim | undefined): boolean =>
  claim !== undefined && tokenTerms[platform].revocationEnds === "every_consent";

/** Whether its tokens are renewed before they can ask. */
export const isToRenewFirst = (
  { platform, expiresAt }: SocialRevocation,
  tokens: SocialTokens,
  now: Instant,
): boolean =>
  tokenTerms[platform].revokesByLiveTokens &&
  canBeRenewed(platform, tokens) &&
  isToRenew({ expiresAt, refreshDueAt: expiresAt }, "use", now);

/** With the tokens that came in the place of its own. */
export const renewedRevocation = (
  revocation: SocialRevocation,
  { expiresAt }: Pick<SocialTokens, "expiresAt">,
  sealed: string,
): SocialRevocation => changed("socialRevocation", revocation, { ...revocation, sealed, expiresAt }).next;

export const nameOfRevocation = (revocation: SocialRevocation): string =>
  `${nameOf(revocation)} ${revocation.requestedAt}`;

export const isGivenUp = ({ requestedAt }: SocialRevocation, now: Instant): boolean =>
  plusDays(requestedAt, MOST_DAYS) <= now;

/** Again later, at the network's own time where that is later still. */
export const postponed = (revocation: SocialRevocation, waitSeconds: number, now: Instant): SocialRevocation => {
  const tryAt = plusMilliseconds(now, Math.max(AGAIN_MS, waitSeconds * 1_000));
  return changed("socialRevocation", revocation, { ...revocation, tryAt }).next;
};

/** The consent stays at the network; its tokens are nobody's from now on all the same. */
const leftAs = (action: string, revocation: SocialRevocation): Change => ({
  entities: [removed("socialRevocation", revocation)],
  audit: {
    action,
    resource: resourceOf(revocation),
    changes: [{ field: "requestedAt", before: revocation.requestedAt, after: null }],
  },
});

/** The network was asked for long enough. */
export const givenUp = (revocation: SocialRevocation): Change => leftAs("social.consent_left", revocation);
/** It is that of a connection that was made since. */
export const superseded = (revocation: SocialRevocation): Change => leftAs("social.consent_superseded", revocation);
