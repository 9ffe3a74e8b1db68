/** How somebody is sent to a network for consent, and how they come back: once, themselves, in time. */
import { createHash } from "node:crypto";
import { type Change, created } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { refuse, type RefusalCode } from "../kernel/refusal.ts";
import { type Instant, plusMilliseconds } from "../kernel/time.ts";
import type { SocialPlatform } from "./platform.ts";
import { socialRefusals } from "./refusals.ts";
import { type NetworkPause, resourceOf } from "./social-account.ts";
import type { SocialConsent } from "./social-tokens.ts";
import { tokenTerms } from "./token-terms.ts";

/** As long as a sign-in is held open: enough to sign in at the network and read what is asked for. */
const CONSENT_MS = 10 * 60_000;

/** As a state or a code is remembered: whoever reads the table can use neither. */
export const digestOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** A code without the `#_` that Instagram appends to where it sends people back, which some clients take for the code's. */
export const bareCode = (code: string): string => code.replace(/#_$/, "");

/** As a code is remembered: it is the network's, and works there once, however it was spelled. */
export const codeDigestOf = (platform: SocialPlatform, code: string): string =>
  digestOf(`${platform} ${bareCode(code)}`);

/** 32 random bytes are 43 characters: as many as a verifier must have at least (RFC 7636, section 4.1). */
const spelled = (random: Uint8Array): string => Buffer.from(random).toString("base64url");

/**
 * Nobody is sent to give a consent that could not be used for as long as it is good.
 * @throws Refusal where the network takes no requests by then
 */
export function requireNotPaused(platform: SocialPlatform, paused: readonly NetworkPause[], now: Instant): void {
  const pause = paused.find((one) => one.platform === platform);
  // Who is named with their tokens is connected also while nothing else is asked.
  if (pause === undefined || tokenTerms[platform].namesOwner) return;
  if (pause.until < plusMilliseconds(now, CONSENT_MS)) return;
  const retryAfterSeconds = Math.ceil((Date.parse(pause.until) - Date.parse(now)) / 1_000);
  throw refuse(socialRefusals.networkResting, undefined, { currentState: "resting", retryAfterSeconds });
}

/** @param random 32 bytes each that nobody can guess, of the state and of the verifier */
export function requestConsent(
  platform: SocialPlatform,
  random: { readonly state: Uint8Array; readonly verifier: Uint8Array },
  { actor, now }: Occasion,
) {
  const state = spelled(random.state);
  const consent = created("socialConsent", {
    digest: digestOf(state),
    userId: actor.userId,
    platform,
    codeVerifier: spelled(random.verifier),
    expiresAt: plusMilliseconds(now, CONSENT_MS),
    createdAt: now,
  });
  const change: Change = {
    entities: [consent],
    audit: { action: "social.consent_requested", resource: resourceOf({ userId: actor.userId, platform }) },
  };
  const { codeVerifier, expiresAt } = consent.next;
  return { change, consent: { state, codeVerifier }, expiresAt };
}

/**
 * The consent that a state stands for. Nothing is asked of the network before.
 * @throws Refusal where it is not this person's with this network, is over, or was taken
 */
export function openConsent(
  consent: SocialConsent | undefined,
  { userId, platform, now }: { readonly userId: string; readonly platform: SocialPlatform; readonly now: Instant },
): SocialConsent {
  if (consent?.userId !== userId || consent.platform !== platform) throw refuse(socialRefusals.stateInvalid);
  if (consent.spentAt !== undefined) throw used(socialRefusals.stateUsed);
  if (consent.expiresAt <= now) throw refuse(socialRefusals.stateExpired);
  return consent;
}

/** What became of a state and a code that were taken together. */
export type Taking = "taken" | "stateUsed" | "codeUsed";

/** Of several who come back by one state or with one code, one goes on. @throws Refusal for the others */
export function requireTaken(taking: Taking): void {
  if (taking === "stateUsed") throw used(socialRefusals.stateUsed);
  if (taking === "codeUsed") throw used(socialRefusals.codeUsed);
}

const used = (refusal: RefusalCode) => refuse(refusal, undefined, { currentState: "used" });
