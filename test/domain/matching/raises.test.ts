/** What a creator is told would raise a factor does raise it, and done by halves lowers nothing. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { raises } from "#shared/domain/matching/raises";
import { type Judged, STEPS, stepsOf } from "#shared/domain/matching/values";
import { factorNames } from "#shared/domain/matching/weights";

const MANY = 20_000_000;
const handedIn =
  (pieces: number) =>
  (one: Judged): Judged => ({ ...one, owed: one.owed + pieces, onTime: one.onTime + pieces });
const approved =
  (pieces: number) =>
  (one: Judged): Judged => ({ ...one, decided: one.decided + pieces, approved: one.approved + pieces });
const followed =
  (followers: number) =>
  (one: Judged): Judged => ({ ...one, followers: Math.max(followers, one.followers ?? 0) });
const liked =
  (engagementRate: number, parts: Partial<Judged> = {}) =>
  (one: Judged): Judged => ({ ...one, engagementRate: Math.max(engagementRate, one.engagementRate ?? 0), ...parts });
const visited =
  (followers: number, visitors: number) =>
  (one: Judged): Judged => ({
    ...one,
    clickFollowers: one.clickFollowers + followers,
    visitors: one.visitors + visitors,
  });

/** Ways to do what is said, from the least that keeps to its words to as far as it goes. */
const done: Readonly<Record<string, readonly ((judged: Judged) => Judged)[]>> = {
  "Connect an account that more than 4,000 follow, by what its network tells: so many are assumed until then.": [
    followed(4_001),
    followed(6_000),
    followed(MANY),
  ],
  "More followers on this account.": [(one) => followed(Number(one.followers) + 1)(one), followed(MANY)],
  "More than 2 likes and comments a post for each 100 followers, by many, where the network tells of them: so many are assumed until then.":
    [
      liked(0.0201, { followers: MANY, postsRated: 1 }),
      liked(0.0201, { followers: MANY, postsRated: 20 }),
      liked(1, { followers: MANY, postsRated: 20 }),
    ],
  "More likes and comments for each follower on the latest posts.": [liked(0), liked(1)],
  "As much or more on more posts, by more followers: what few of them do says little.": [
    (one) => liked(0, { postsRated: one.postsRated + 1 })(followed(Number(one.followers) + 1)(one)),
    liked(1, { followers: MANY, postsRated: 20 }),
  ],
  "More likes and comments for each follower, on more posts, by more followers: what few of them do says little.": [
    liked(1, { followers: MANY, postsRated: 20 }),
  ],
  "Hand in work for a first campaign by its date.": [handedIn(1), handedIn(9)],
  "Hand in the next pieces by their dates.": [handedIn(1), handedIn(9), handedIn(9_999)],
  "Have a first piece approved.": [approved(1), approved(9)],
  "Have more of your pieces approved.": [approved(1), approved(9), approved(9_999)],
  "More visitors than 1 for each 500 followers, by short links in campaigns that run their time: so many are assumed until then.":
    [visited(1_000, 3), visited(25_000, 51), visited(MANY, 50_000), visited(MANY, 400_000)],
  "More visitors for each follower on the links of your next campaigns.": [visited(1e9, 2e7)],
  "Name fewer categories: those that you make most for.": [
    (one) => ({ ...one, categories: one.categories - 1 }),
    (one) => ({ ...one, categories: 1 }),
  ],
};

/** So much of so many. */
const part = (most: number) =>
  fc.integer({ min: 0, max: most }).chain((of) => fc.tuple(fc.constant(of), fc.integer({ min: 0, max: of })));
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const figure = <T>(known: fc.Arbitrary<T>) => fc.option(known, { freq: 4, nil: null });
const someone = fc
  .record({
    followers: figure(fc.oneof(...[50, 5_000, MANY].map((max) => fc.integer({ min: 1, max })))),
    // Half of them about the typical: there, few followers make a difference.
    rate: figure(fc.oneof(between(0, 0.2), between(0.017, 0.021))),
    posts: fc.integer({ min: 1, max: 19 }),
    work: part(20),
    verdicts: part(20),
    reached: fc.oneof(fc.constant(0), fc.integer({ min: 50, max: MANY })),
    came: between(0, 0.02),
    categories: fc.integer({ min: 0, max: 10 }),
  })
  .map(({ followers, rate, posts, work, verdicts, reached, came, categories }): Judged => {
    // No network tells of likes a follower and not of followers (`engagement.ts`).
    const engagementRate = followers === null ? null : rate;
    return {
      ...{ followers, engagementRate, postsRated: engagementRate === null ? 0 : posts, categories },
      ...{ owed: work[0], onTime: work[1], decided: verdicts[0], approved: verdicts[1] },
      ...{ clickFollowers: reached, visitors: Math.floor(reached * came) },
    };
  });

test("of every factor, whoever it is told", () => {
  const told = new Set<string>();
  fc.assert(
    fc.property(someone, fc.constantFrom(...factorNames), (judged, name) => {
      const before = stepsOf(judged)[name];
      if (before === STEPS) return;
      const raise = raises[name](judged);
      told.add(raise);
      const after = (done[raise] ?? []).map((act) => stepsOf(act(judged))[name]);
      expect({ raise, lowest: Math.min(...after) >= before, raised: Number(after.at(-1)) > before }).toEqual({
        raise,
        lowest: true,
        raised: true,
      });
    }),
    { numRuns: 5_000 },
  );
  expect([...told].sort()).toEqual(Object.keys(done).sort());
});
