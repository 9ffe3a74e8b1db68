/** Consents of which nobody here has use any more: how they are taken back, and for how long that is tried. */
import { type Change, changed, created, removed, type Written } from "../change.ts";
import { type Instant, plusDays, plusMilliseconds } from "../kernel/time.ts";
import { canBeRenewed, isToRenew } from "./renewal.ts";
import { digestOf } from "./consent.ts";
import { nameOf, resourceOf, type SocialAccount } from "./social-account.ts";
import type { SocialRevocation, SocialToken, SocialTokens } from "./social-tokens.ts";
import { tokenTerms } from "./token-terms.ts";
import type { LaterWork } from "./work.ts";

/** As long as whoever let it go may still be asking by themselves. */
const OWN_ASKING_MS = 60_000;
const AGAIN_MS = 3_600_000;
/** A network that does not take a consent back for so long will not: people are to do it there. */
const MOST_DAYS = 7;

/**
 * What is left of tokens that are let go of: from now on their consent is taken back, whatever becomes of whoever began that.
 * Nothing, where their network has no way to: then they are gone at once.
 */
export const lettingGo = (
  { userId, platform, externalId }: Pick<SocialAccount, "userId" | "platform" | "externalId">,
  { sealed, expiresAt }: Pick<SocialToken, "sealed" | "expiresAt">,
  now: Instant,
): readonly Written<"socialRevocation">[] =>
  tokenTerms[platform].revocationEnds === "nothing"
    ? []
    : [
        created("socialRevocation", {
          ...{ userId, platform, externalId, sealed, expiresAt },
          id: `${now}.${digestOf(sealed)}`,
          requestedAt: now,
          tryAt: plusMilliseconds(now, OWN_ASKING_MS),
        }),
      ];

/** Whether asking by these tokens may end what others hold, so that it matters who has the account connected. */
export const mayEndOthers = ({ platform }: Pick<SocialRevocation, "platform">): boolean =>
  tokenTerms[platform].revocationEnds === "every_consent";

/**
 * Somebody has consented again since, and is not to lose that.
 * @param claimant the account of whoever claims it
 */
export const isSuperseded = (revocation: SocialRevocation, claimant: SocialAccount | undefined): boolean =>
  mayEndOthers(revocation) && claimant?.status === "connected" && claimant.externalId === revocation.externalId;

/** A connection takes half a minute at most, and is not read again within ten seconds. */
const LOOKED_AFTER_SECONDS = 60;

/**
 * Who connects the account again while the network is asked may lose what they consented to with it, also where that is not
 * stored yet: they are read once it shows.
 */
export const lookedAfter = ({ userId, platform }: SocialRevocation): LaterWork => ({
  work: { task: "sync", userId, platform, mayHaveEnded: true },
  afterSeconds: LOOKED_AFTER_SECONDS,
});

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

export const nameOfRevocation = (revocation: SocialRevocation): string => `${nameOf(revocation)} ${revocation.id}`;

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
