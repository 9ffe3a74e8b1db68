/** What an account's history shows that an audience which came by itself would not, with the numbers. */
import { describe, expect, test } from "@jest/globals";
import { audienceFlags } from "#shared/domain/social/audience-flags";
import type { SocialPlatform } from "#shared/domain/social/platform";
import type { SocialFigures } from "#shared/domain/social/social-account";
import { aSocialDay, someFigures } from "../../support/social-builders.ts";

const dayAt = (day: number, figures: Partial<SocialFigures>) =>
  aSocialDay({
    day: `2026-11-${String(day).padStart(2, "0")}`,
    figures: someFigures({ followingCount: 300, engagementRate: 0.02, followerCount: 25_000, ...figures }),
  });
const namesOf = (days: readonly ReturnType<typeof dayAt>[], platform: SocialPlatform = "instagram") =>
  audienceFlags(platform, days).map(({ flag, date }) => [flag, date]);

test("an audience that grows as audiences do raises nothing", () => {
  const days = Array.from({ length: 28 }, (_, at) =>
    dayAt(at + 1, { followerCount: 25_000 + at * 240, postCount: 420 }),
  );
  expect(namesOf(days)).toEqual([]);
});

describe("a jump", () => {
  const before = dayAt(1, { followerCount: 10_000, postCount: 50 });

  test("is a tenth more within a day, of who posted nothing: with both numbers, both days and the threshold", () => {
    const [flag] = audienceFlags("instagram", [before, dayAt(2, { followerCount: 11_000, postCount: 50 })]);
    expect(flag).toEqual({
      flag: "follower_jump",
      date: "2026-11-02",
      evidence: {
        from: "2026-11-01",
        followersBefore: 10_000,
        followersAfter: 11_000,
        percentADay: 10,
        newPosts: 0,
        threshold: 10,
      },
      source: expect.stringContaining("popularchips.com"),
    });
  });

  test.each<[string, ReturnType<typeof dayAt>, boolean]>([
    ["a little less", dayAt(2, { followerCount: 10_999, postCount: 50 }), false],
    ["after a post", dayAt(2, { followerCount: 15_000, postCount: 51 }), false],
    ["where posts are not known", dayAt(2, { followerCount: 11_000, postCount: null }), true],
    ["over a week", dayAt(8, { followerCount: 15_000, postCount: 50 }), false],
    ["of a tenth a day over a week", dayAt(8, { followerCount: 17_000, postCount: 50 }), true],
    ["downwards", dayAt(2, { followerCount: 5_000, postCount: 50 }), false],
    ["where followers are not known", dayAt(2, { followerCount: null, postCount: 50 }), false],
  ])("%s", (_what, after, expected) => {
    expect(namesOf([before, after]).some(([flag]) => flag === "follower_jump")).toBe(expected);
  });

  test("of a small account is none", () => {
    expect(namesOf([dayAt(1, { followerCount: 1_000 }), dayAt(2, { followerCount: 1_499 })])).toEqual([]);
  });

  test("is looked for past days of which nothing is known", () => {
    const days = [before, dayAt(2, { followerCount: null }), dayAt(3, { followerCount: 13_000, postCount: 50 })];
    expect(namesOf(days)).toEqual([["follower_jump", "2026-11-03"]]);
  });

  test("of which a quarter is lost again within a month is a flag more, of the day it was", () => {
    const peak = dayAt(2, { followerCount: 20_000, postCount: 50 });
    const flags = audienceFlags("instagram", [
      before,
      peak,
      dayAt(10, { followerCount: 17_600, postCount: 50 }),
      dayAt(12, { followerCount: 17_500, postCount: 50 }),
      dayAt(13, { followerCount: 11_000, postCount: 50 }),
    ]);
    expect(flags.map(({ flag, date }) => [flag, date])).toEqual([
      ["follower_jump", "2026-11-02"],
      ["follower_drop_after_jump", "2026-11-12"],
    ]);
    expect(flags[1]?.evidence).toEqual({
      jump: "2026-11-02",
      followersAtPeak: 20_000,
      followersAfter: 17_500,
      percentOfGainLost: 25,
      threshold: 25,
    });
  });
});

describe("who follows many", () => {
  test.each<[string, Partial<SocialFigures>, boolean]>([
    ["and is followed by more than twice as many", { followingCount: 7_500, followerCount: 15_000 }, false],
    ["and is followed by less than that", { followingCount: 7_600, followerCount: 15_000 }, true],
    ["but not so many", { followingCount: 1_499, followerCount: 10 }, false],
    ["and by nobody", { followingCount: 1_500, followerCount: 0 }, true],
    ["where it is not known", { followingCount: null }, false],
  ])("%s", (_what, figures, expected) => {
    const flags = audienceFlags("instagram", [dayAt(1, figures)]);
    expect(flags.some(({ flag }) => flag === "following_ratio_out_of_band")).toBe(expected);
  });
});

describe("engagement", () => {
  test.each<[string, SocialPlatform, Partial<SocialFigures>, string | undefined]>([
    ["in band", "instagram", { engagementRate: 0.02 }, undefined],
    ["below it", "instagram", { engagementRate: 0.006 }, "engagement_below_band"],
    ["above it", "instagram", { engagementRate: 0.11 }, "engagement_above_band"],
    ["that is low for few followers only", "instagram", { engagementRate: 0.006, followerCount: 600_000 }, undefined],
    ["of few posts", "instagram", { engagementRate: 0.001, postsRated: 4 }, undefined],
    ["that is not known", "instagram", { engagementRate: null }, undefined],
    ["that is usual on TikTok and not on Instagram", "tiktok", { engagementRate: 0.2 }, undefined],
    ["on X", "twitter", { engagementRate: 0.0015 }, "engagement_below_band"],
    ["of a network of which nothing is said", "linkedin", { engagementRate: 0.0001 }, undefined],
  ])("%s", (_what, platform, figures, expected) => {
    const flags = audienceFlags(platform, [dayAt(1, figures)]);
    expect(flags.map(({ flag }) => flag)).toEqual(expected === undefined ? [] : [expected]);
    for (const { evidence, source } of flags) {
      expect(evidence).toMatchObject({ engagementRate: figures.engagementRate, low: expect.any(Number) });
      expect(source).toMatch(/read 2026/);
    }
  });
});
