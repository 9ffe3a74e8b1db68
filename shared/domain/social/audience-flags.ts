/** What in an account's history is unlike an audience that came by itself. Each flag has its evidence; none is a verdict. */
import { engagementBands, FEWEST_POSTS, jumps, massFollowing } from "./audience-bands.ts";
import type { SocialPlatform } from "./platform.ts";
import { AudienceFlagName, type SocialDay } from "./social-account.ts";
import * as z from "zod";
import { CalendarDay, DAY_MS, dayBefore } from "../kernel/time.ts";

export const AudienceFlag = z.object({
  flag: AudienceFlagName,
  /** The day that shows it. */
  date: CalendarDay,
  /** The numbers that it rests on, by what they are. */
  evidence: z.record(z.string(), z.union([z.number(), z.string()])),
  /** Where the band is from. */
  source: z.string(),
});
export type AudienceFlag = z.infer<typeof AudienceFlag>;

/** Figures of a day. */
export type FigureDay = Pick<SocialDay, "day" | "figures">;

/** A day of which the followers are known. */
interface Counted {
  readonly day: FigureDay;
  readonly followers: number;
}

const daysBetween = (from: FigureDay, to: FigureDay): number =>
  Math.max(1, (Date.parse(to.day) - Date.parse(from.day)) / DAY_MS);
const percent = (part: number, whole: number): number => Math.round((1_000 * part) / whole) / 10;

/** Flags of one account's days, by day. What a network does not say raises none. @param days of one network, in order */
export function audienceFlags(platform: SocialPlatform, days: readonly FigureDay[]): readonly AudienceFlag[] {
  const counted = days.flatMap((day) => {
    const { followerCount: followers } = day.figures;
    return followers === null ? [] : [{ day, followers }];
  });
  const flags = counted.flatMap((one, at) => {
    const jump = jumpBetween(counted[at - 1], one);
    return [
      ...(jump === undefined ? [] : [jump]),
      ...(jump === undefined ? [] : dropAfter(jump, counted.slice(at - 1))),
      ...followingRatio(one),
      ...engagement(platform, one),
    ];
  });
  return flags.sort((one, other) => (one.date < other.date ? -1 : Number(one.date > other.date)));
}

/** Days that a jump says something of the followers there are now; such audiences are lost slowly. */
export const JUMP_DAYS = 90;
/** Flags that need a history; others are of a day by itself. */
export const ofJumps: readonly AudienceFlagName[] = ["follower_jump", "follower_drop_after_jump"];

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

/** Many more followers within a day, of an account that posted nothing, as far as its posts are known. */
function jumpBetween(before: Counted | undefined, { day, followers }: Counted): AudienceFlag | undefined {
  if (before === undefined || before.followers === 0) return undefined;
  const newPosts = newPostsBetween(before.day, day);
  const gained = followers - before.followers;
  const percentADay = (100 * gained) / before.followers / daysBetween(before.day, day);
  const isJump = gained >= jumps.followers && percentADay >= jumps.percentADay && (newPosts ?? 0) <= 0;
  if (!isJump) return undefined;
  const evidence = {
    from: before.day.day,
    followersBefore: before.followers,
    followersAfter: followers,
    percentADay: Math.round(percentADay * 10) / 10,
    ...(newPosts !== undefined && { newPosts }),
    threshold: jumps.percentADay,
  };
  return { flag: "follower_jump", date: day.day, evidence, source: jumps.source };
}

function newPostsBetween(before: FigureDay, after: FigureDay): number | undefined {
  const [then, now] = [before.figures.postCount, after.figures.postCount];
  return then === null || now === null ? undefined : now - then;
}

/** Of what a jump gained, a good part is lost again soon after. @param since the day before the jump, the jump, and what came */
function dropAfter(jump: AudienceFlag, [before, peak, ...since]: readonly Counted[]): readonly AudienceFlag[] {
  if (before === undefined || peak === undefined) return [];
  const gained = peak.followers - before.followers;
  const fallen = since.find(
    ({ day, followers }) =>
      daysBetween(peak.day, day) <= jumps.withinDays &&
      percent(peak.followers - followers, gained) >= jumps.lostPercent,
  );
  if (fallen === undefined) return [];
  const evidence = {
    jump: jump.date,
    followersAtPeak: peak.followers,
    followersAfter: fallen.followers,
    percentOfGainLost: percent(peak.followers - fallen.followers, gained),
    threshold: jumps.lostPercent,
  };
  return [{ flag: "follower_drop_after_jump", date: fallen.day.day, evidence, source: jumps.source }];
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
