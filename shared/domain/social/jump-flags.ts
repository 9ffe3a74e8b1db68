/** Flags that need a history: followers who came at once, and who left as fast. */
import type { AudienceFlag, FigureDay } from "./audience-flag.ts";
import { DAY_MS } from "../kernel/time.ts";

/** "All followers that were bought come within a single day", and drop slowly after. The percentages are ours. */
const jumps = {
  percentADay: 10,
  /** Small accounts jump by themselves. */
  followers: 500,
  /** Of what was gained, lost again within so many days. */
  lostPercent: 25,
  withinDays: 30,
  source:
    "sharp peaks and slow drops (popularchips.com/dailies/the-5-step-guide-to-spotting-an-influencer-with-fake-followers-step-1, read 2026-11-27); the percentages are ours",
};
/** A day of which the followers are known. */
export interface Counted {
  readonly day: FigureDay;
  readonly followers: number;
}

const daysBetween = (from: FigureDay, to: FigureDay): number =>
  Math.max(1, (Date.parse(to.day) - Date.parse(from.day)) / DAY_MS);
const percent = (part: number, whole: number): number => Math.round((1_000 * part) / whole) / 10;

/** Days whose followers the network told, in order. */
export const countedOf = (days: readonly FigureDay[]): readonly Counted[] =>
  days.flatMap((day) => {
    const { followerCount: followers } = day.figures;
    return followers === null ? [] : [{ day, followers }];
  });

export const byDate = (one: AudienceFlag, other: AudienceFlag): number =>
  one.date < other.date ? -1 : Number(one.date > other.date);

/** @param days of one network, in order */
export function jumpFlags(days: readonly FigureDay[]): readonly AudienceFlag[] {
  const counted = countedOf(days);
  const flags = counted.flatMap((one, at) => {
    const jump = jumpBetween(counted[at - 1], one);
    return jump === undefined ? [] : [jump, ...dropAfter(jump, counted.slice(at - 1))];
  });
  return flags.sort(byDate);
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
