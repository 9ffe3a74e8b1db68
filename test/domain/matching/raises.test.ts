/** What a creator is told would raise a factor does raise it. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { raises } from "#shared/domain/matching/raises";
import { type Judged, STEPS, stepsOf } from "#shared/domain/matching/values";
import { nothing } from "../../support/matching-builders.ts";

const MANY = 20_000_000;
const MORE_LIKES = "More likes and comments for each follower on the latest posts.";
const BY_MORE = "As much or more on more posts, by more followers: what few of them do says little.";
/** As far as it goes. */
const done: Readonly<Record<string, (judged: Judged) => Judged>> = {
  [MORE_LIKES]: (one) => ({ ...one, engagementRate: Math.max(Number(one.engagementRate), 1) }),
  [BY_MORE]: (one) => ({
    ...one,
    engagementRate: Math.max(Number(one.engagementRate), 1),
    postsRated: Math.max(one.postsRated, 20),
    followers: MANY,
  }),
};

test("of engagement: no more likes of ten friends, where these would raise nothing", () => {
  const told = new Set<string>();
  const someone = fc.record({
    followers: fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: MANY })),
    engagementRate: fc.double({ min: 0, max: 0.2, noNaN: true }),
    postsRated: fc.integer({ min: 1, max: 20 }),
  });
  fc.assert(
    fc.property(someone, (given) => {
      const judged = { ...nothing, ...given };
      const { engagement } = stepsOf(judged);
      if (engagement === STEPS) return;
      const raise = raises.engagement(judged);
      told.add(raise);
      expect(stepsOf(done[raise]?.(judged) ?? judged).engagement).toBeGreaterThan(engagement);
    }),
  );
  expect([...told].sort()).toEqual([BY_MORE, MORE_LIKES]);
});
