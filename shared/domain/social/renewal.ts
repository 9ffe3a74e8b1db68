/** When tokens are renewed, and by whom: one at a time. */
import { type Change, changed } from "../change.ts";
import { DAY_MS, earlier, type Instant, later, plusDays, plusMilliseconds } from "../kernel/time.ts";
import type { SocialPlatform } from "./platform.ts";
import type { SocialToken, SocialTokens } from "./social-tokens.ts";
import { tokenTerms } from "./token-terms.ts";

/** Tokens that end within a call and the clocks' difference are as good as ended. */
const MARGIN_MS = 120_000;
/** Longer than the call that renews may take: after it, whoever began is known to be dead, and the network may have answered. */
export const RENEWAL_MS = 60_000;
/** What nobody uses for long is taken back by some networks: it is renewed once a week at least. */
const IDLE_DAYS = 7;
/** Of tokens that live for weeks, renewed when this part of their life is left. */
const LAST_PART = 1 / 6;

export const canBeRenewed = (platform: SocialPlatform, { refreshToken }: SocialTokens): boolean =>
  refreshToken !== null || tokenTerms[platform].renewsItself;

/** From when on tokens are renewed, used or not; those that cannot be are looked at when they end, so that their owner hears of it. */
export function refreshDueAt(platform: SocialPlatform, tokens: SocialTokens, now: Instant): Instant {
  if (!canBeRenewed(platform, tokens)) return tokens.expiresAt;
  const { expiresAt, refreshExpiresAt } = tokens;
  const ends = refreshExpiresAt ?? (tokens.refreshToken === null ? expiresAt : null);
  const lifeMs = Date.parse(expiresAt) - Date.parse(now);
  const ofLongLife =
    lifeMs > IDLE_DAYS * DAY_MS ? plusMilliseconds(expiresAt, -Math.floor(lifeMs * LAST_PART)) : undefined;
  const due = ofLongLife ?? plusDays(now, IDLE_DAYS);
  return later(now, ends === null ? due : earlier(due, plusDays(ends, -1)));
}

/** Tokens as they are stored, of the moment. */
export const storedTokens = (platform: SocialPlatform, tokens: SocialTokens, sealed: string, now: Instant) => ({
  sealed,
  expiresAt: tokens.expiresAt,
  refreshDueAt: refreshDueAt(platform, tokens, now),
  updatedAt: now,
});

/**
 * Left as they are until they are looked at again; whoever uses them before renews them where they have ended. Nothing, where somebody
 * renews them now: these may be dead, and the new ones would find another version.
 */
export const notRenewed = (token: SocialToken, now: Instant): Change | undefined =>
  token.refreshingUntil !== undefined && token.refreshingUntil > now
    ? undefined
    : {
        entities: [changed("socialToken", token, { ...token, refreshDueAt: plusDays(now, IDLE_DAYS), updatedAt: now })],
      };

/** Who renews, and when. */
export interface Renewing {
  readonly now: Instant;
  readonly requestId: string;
}

/** Whether tokens can be used as they are, or are to be renewed first: because they end, or because it is time to. */
export const isToRenew = (
  { expiresAt, refreshDueAt: due }: Pick<SocialToken, "expiresAt" | "refreshDueAt">,
  why: "use" | "due",
  now: Instant,
): boolean => plusMilliseconds(now, MARGIN_MS) >= expiresAt || (why === "due" && due <= now);

/** Somebody else renews them now. */
export const isBeingRenewed = ({ refreshingBy, refreshingUntil }: SocialToken, { now, requestId }: Renewing): boolean =>
  refreshingUntil !== undefined && refreshingBy !== requestId && refreshingUntil > now;

/** Takes the renewal on: whoever comes second finds another version. */
export function beginRenewal(token: SocialToken, { now, requestId }: Renewing) {
  const refreshingUntil = plusMilliseconds(now, RENEWAL_MS);
  const begun = changed("socialToken", token, { ...token, refreshingBy: requestId, refreshingUntil, updatedAt: now });
  const change: Change = { entities: [begun] };
  return { change, begun: begun.next };
}

/** The new tokens in place of the old ones, under the version that the renewal was begun with: who comes late writes nothing. */
export function endRenewal(begun: SocialToken, tokens: SocialTokens, sealed: string, now: Instant) {
  const { refreshingBy: _by, refreshingUntil: _until, ...rest } = begun;
  const ended = changed("socialToken", begun, { ...rest, ...storedTokens(begun.platform, tokens, sealed, now) });
  const change: Change = { entities: [ended] };
  return { change, token: ended.next };
}
