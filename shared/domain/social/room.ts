/** What a round of the sync asks of each network at most, and how fast: the rest of its limits is for people who connect. */
import { type Instant, plusMilliseconds } from "../kernel/time.ts";
import type { SocialPlatform } from "./platform.ts";

/** How often the sync begins anew. */
export const ROUND_HOURS = 6;

interface Room {
  /** Accounts that are read in a minute. */
  readonly perMinute?: number;
  /** Accounts that are read in a round; the others head the next one. */
  readonly perRound?: number;
}

/**
 * Null where rounds are within a network's limits, or these are each person's own. Sources: docs/social.md, rate limits. TikTok: 600
 * requests a minute for each endpoint, of which a read asks each once. X: 2,000,000 posts a month, of which an account's read takes
 * twenty, once a day. YouTube: 10,000 units a day, of which it takes three.
 */
const rooms: Readonly<Record<SocialPlatform, Room | null>> = {
  instagram: null,
  tiktok: { perMinute: 400 },
  twitter: { perRound: 800 },
  // Its numbers are in the app's own console.
  linkedin: null,
  youtube: { perRound: 750 },
};

/**
 * When the network has room for an account of this round.
 * @param place how many of its accounts come before
 * @returns undefined where that is in another round
 */
export function roomAt(platform: SocialPlatform, place: number, now: Instant): Instant | undefined {
  const { perMinute, perRound } = rooms[platform] ?? {};
  if (place >= (perRound ?? (perMinute ?? Infinity) * ROUND_HOURS * 60)) return undefined;
  return perMinute === undefined ? now : plusMilliseconds(now, Math.floor(place / perMinute) * 60_000);
}
