/** What a round of the sync asks of each network at most, and how fast: the rest of its limits is for people who connect. */
import { type Instant, plusMilliseconds } from "../kernel/time.ts";
import type { SocialPlatform } from "./platform.ts";

interface Budget {
  /** Accounts that are read in a minute. */
  readonly perMinute?: number;
  /** Accounts that are read in a round; the others head the next one. */
  readonly perRound?: number;
}

/**
 * Sources: docs/social.md, rate limits. TikTok: 600 requests a minute and address. X: 2,000,000 posts a month, of which an account's read
 * takes twenty, once a day. YouTube: 10,000 units a day, of which it takes three.
 */
export const budgets: Readonly<Partial<Record<SocialPlatform, Budget>>> = {
  tiktok: { perMinute: 400 },
  twitter: { perRound: 800 },
  youtube: { perRound: 750 },
};

/** The next one begins then. */
const ROUND_MINUTES = 6 * 60;

/**
 * When the network has room for an account of this round.
 * @param place how many of its accounts come before
 * @returns undefined where that is in another round
 */
export function roomAt(platform: SocialPlatform, place: number, now: Instant): Instant | undefined {
  const { perMinute, perRound } = budgets[platform] ?? {};
  if (place >= (perRound ?? (perMinute ?? Infinity) * ROUND_MINUTES)) return undefined;
  return perMinute === undefined ? now : plusMilliseconds(now, Math.floor(place / perMinute) * 60_000);
}
