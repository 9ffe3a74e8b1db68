/** What in an account's history is unlike an audience that came by itself. Each flag has its evidence; none is a verdict. */
import type { AudienceFlag, FigureDay } from "./audience-flag.ts";
import { engagementBands, FEWEST_POSTS, massFollowing } from "./audience-bands.ts";
import { JUMP_DAYS } from "./days.ts";
import { byDate, type Counted, countedOf, jumpFlags } from "./jump-flags.ts";
import type { SocialPlatform } from "./platform.ts";
import { AudienceFlagName } from "./social-account.ts";
import { dayBefore } from "../kernel/time.ts";

/** Flags of one account's days, by day. What a network does not say raises none. @param days of one network, in order */
export function audienceFlags(platform: SocialPlatform, days: readonly FigureDay[]): readonly AudienceFlag[] {
  const ofDays = countedOf(days).flatMap((one) => [...followingRatio(one), ...engagement(platform, one)]);
  return [...jumpFlags(days), ...ofDays].sort(byDate);
}

/** Flags that need a history; others are of a day by itself. */
const ofJumps: readonly AudienceFlagName[] = ["follower_jump", "follower_drop_after_jump"];

/** Flags that are about the figures as they are: those of the last day, and of jumps not long before. @param days of one network, in order */
export function standingFlags(platform: SocialPlatform, days: readonly FigureDay[]): readonly AudienceFlagName[] {
  const last = days.at(-1);
  if (last === undefined) return [];
  const jumpsFrom = dayBefore(last.day, JUMP_DAYS);
  const standing = audienceFlags(platform, days).filter(({ flag, date }) =>
    ofJumps.includes(flag) ? date >= jumpsFrom : date === last.day,
  );
  return AudienceFlagName.options.filter((name) => standing.some(({ flag }) => flag === name));
}

function followingRatio({ day, followers }: Counted): readonly AudienceFlag[] {
  const { followingCount: following } = day.figures;
  if (following === null || following < massFollowing.following) return [];
  const ratio = Math.round((100 * following) / Math.max(followers, 1)) / 100;
  if (ratio <= massFollowing.ratio) return [];
  const evidence = { following, followers, ratio, threshold: massFollowing.ratio };
  return [{ flag: "following_ratio_out_of_band", date: day.day, evidence, source: massFollowing.source }];
}

function engagement(platform: SocialPlatform, { day, followers }: Counted): readonly AudienceFlag[] {
  const { engagementRate: rate, postsRated } = day.figures;
  const usual = engagementBands[platform];
  const band = usual?.bands.find(({ below }) => followers < below);
  if (rate === null || postsRated < FEWEST_POSTS || usual === undefined || band === undefined) return [];
  const evidence = { engagementRate: rate, postsRated, followers, low: band.low, high: band.high };
  const about = { date: day.day, evidence, source: usual.source };
  if (rate < band.low) return [{ flag: "engagement_below_band", ...about }];
  return rate > band.high ? [{ flag: "engagement_above_band", ...about }] : [];
}
