import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { engagementOf, RATED_POSTS } from "#shared/domain/social/engagement";

const post = (likes: number | null, comments: number | null = 0) => ({ likes, comments });

test.each([
  ["likes and comments, a post and a follower", 1_000, [post(30, 4), post(50, 16)], 0.05, 2],
  ["a post whose likes are hidden is not rated", 1_000, [post(null, 4), post(50)], 0.05, 1],
  ["nor is one whose comments are unknown", 1_000, [post(9, null), post(50)], 0.05, 1],
  ["no posts", 1_000, [], null, 0],
  ["nothing but hidden ones", 1_000, [post(null)], null, 0],
  ["followers unknown", null, [post(1)], null, 0],
  ["no followers", 0, [post(1)], null, 0],
])("%s", (_what, followers, posts, engagementRate, postsRated) => {
  expect(engagementOf(followers, posts)).toEqual({ engagementRate, postsRated });
});

test("of more posts than are rated, the latest are", () => {
  const posts = [...Array.from({ length: RATED_POSTS }, () => post(10)), post(1_000_000)];
  expect(engagementOf(100, posts)).toEqual({ engagementRate: 0.1, postsRated: RATED_POSTS });
});

test("in no order, and more likes never lower it", () => {
  const posts = fc.array(fc.record({ likes: fc.nat(1e6), comments: fc.nat(1e6) }), { maxLength: RATED_POSTS });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e8 }), posts, fc.nat(1e6), (followers, some, more) => {
      const rate = engagementOf(followers, some);
      expect(engagementOf(followers, some.toReversed())).toEqual(rate);
      const liked = some.map((one) => ({ ...one, likes: one.likes + more }));
      expect(engagementOf(followers, liked).engagementRate ?? 0).toBeGreaterThanOrEqual(rate.engagementRate ?? 0);
    }),
  );
});
