/** What a figure is worth: more never less, nothing known never nothing, little known little. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { boundUnder, MOST_STANDING, standingOf } from "#shared/domain/matching/standing";
import { sumOf } from "#shared/domain/matching/past-result";
import { isInRange, reachBound, tierOf, tiersWithin } from "#shared/domain/matching/tiers";
import { certaintyOf, type Judged, reachStep, STEPS, stepsOf } from "#shared/domain/matching/values";
import { defaultWeights, factorNames, MatchWeights } from "#shared/domain/matching/weights";
import { aPastResult, nothing } from "../../support/matching-builders.ts";

const someone = fc
  .record({
    followers: fc.option(fc.integer({ min: 0, max: 20_000_000 })),
    engagementRate: fc.option(fc.double({ min: 0, max: 0.3, noNaN: true })),
    postsRated: fc.integer({ min: 0, max: 30 }),
    owed: fc.integer({ min: 0, max: 40 }),
    late: fc.integer({ min: 0, max: 40 }),
    decided: fc.integer({ min: 0, max: 40 }),
    refused: fc.integer({ min: 0, max: 40 }),
    clickFollowers: fc.integer({ min: 0, max: 2_000_000 }),
    rate: fc.double({ min: 0, max: 0.1, noNaN: true }),
    categories: fc.integer({ min: 1, max: 10 }),
  })
  .map(({ late, refused, rate, ...given }): Judged => ({
    ...given,
    onTime: Math.max(0, given.owed - late),
    approved: Math.max(0, given.decided - refused),
    visitors: Math.floor(rate * given.clickFollowers),
  }));
const someWeights = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 5, maxLength: 5 }).map((cuts) => {
  const places = [0, ...[...cuts].sort((one, other) => one - other), 100];
  return MatchWeights.parse(
    Object.fromEntries(factorNames.map((name, at) => [name, Number(places[at + 1]) - Number(places[at])])),
  );
});

describe("more evidence of fit", () => {
  const better: readonly [string, (judged: Judged) => Judged][] = [
    ["followers", (one) => ({ ...one, followers: (one.followers ?? 4_000) * 2 })],
    [
      "a higher engagement",
      (one) => ({ ...one, engagementRate: one.engagementRate === null ? null : one.engagementRate + 0.01 }),
    ],
    ["a piece in time", (one) => ({ ...one, owed: one.owed + 1, onTime: one.onTime + 1 })],
    ["a piece that is approved", (one) => ({ ...one, decided: one.decided + 1, approved: one.approved + 1 })],
    [
      "a campaign with many clicks",
      (one) => ({ ...one, clickFollowers: one.clickFollowers + 9_000, visitors: one.visitors + 900 }),
    ],
    ["one category less", (one) => ({ ...one, categories: Math.max(1, one.categories - 1) })],
  ];
  test.each(better)("never lowers a score, under any weights: %s", (_name, improved) => {
    fc.assert(
      fc.property(someone, someWeights, (judged, weights) => {
        expect(standingOf(stepsOf(improved(judged)), weights)).toBeGreaterThanOrEqual(
          standingOf(stepsOf(judged), weights),
        );
      }),
    );
  });

  test("one success is not all there can be, and a long record nearly is", () => {
    const { delivery: once } = stepsOf({ ...nothing, owed: 1, onTime: 1 });
    const { delivery: often } = stepsOf({ ...nothing, owed: 40, onTime: 40 });
    expect([once, often]).toEqual([17, STEPS]);
    expect(certaintyOf({ ...nothing, owed: 1 }).delivery).toBe(0.2);
  });
});

test("few visitors say little: one phone a day gives what nobody knows gives, however many campaigns it comes by", () => {
  const phone = { count: 30, fullestDay: 1, followers: 1_000, countedAt: "2026-11-25T12:00:00.000Z" };
  const after = (campaigns: number, clicks = phone) => {
    const { visitors, clickFollowers } = sumOf(Array.from({ length: campaigns }, () => aPastResult({ clicks })));
    const judged = { ...nothing, visitors, clickFollowers };
    return [visitors, stepsOf(judged).clicks, Math.round(100 * certaintyOf(judged).clicks)];
  };
  const { clicks } = stepsOf(nothing);
  expect([1, 10].map((campaigns) => after(campaigns))).toEqual([
    [3, clicks, 4],
    [30, clicks, 29],
  ]);
  const crowd = { count: 1_000, fullestDay: 600, followers: 50_000, countedAt: phone.countedAt };
  expect([1, 4].map((campaigns) => after(campaigns, crowd))).toEqual([
    [1_000, 14, 67],
    [4_000, 18, 89],
  ]);
});

describe("an engagement that few followers make", () => {
  const liked = (followers: number, engagementRate: number) => ({
    ...nothing,
    followers,
    engagementRate,
    postsRated: 20,
  });

  test("does not put a handful of friends before those whom many follow", () => {
    const standing = (followers: number, rate: number) => standingOf(stepsOf(liked(followers, rate)));
    for (const friends of [1, 10, 100]) {
      expect(standing(friends, 1)).toBeLessThan(standing(25_000, 0.034));
      expect(standing(friends, 50)).toBe(standing(friends, 1));
    }
    expect([10, 1_000, 25_000, 1_000_000].map((followers) => stepsOf(liked(followers, 0.08)).engagement)).toEqual([
      5, 11, 17, 17,
    ]);
    expect(stepsOf(liked(25_000, 0.1)).engagement).toBe(STEPS);
  });

  test("is the less sure the fewer they are", () => {
    const sure = [0, 10, 1_000, 1_000_000].map((followers) => certaintyOf(liked(followers, 0.05)).engagement);
    expect(sure.map((share) => Math.round(100 * share))).toEqual([0, 1, 40, 80]);
  });

  test("counts in full where it is low: whom nobody likes is no better for being small", () => {
    expect([1, 1_000, 1_000_000].map((followers) => stepsOf(liked(followers, 0)).engagement)).toEqual([1, 1, 1]);
  });

  test("is never worth less for more followers, whatever the rate", () => {
    for (const rate of [0, 0.01, 0.02, 0.021, 0.05, 0.08, 3])
      for (const followers of [1, 10, 999, 1_000, 20_000, 5_000_000])
        expect(stepsOf(liked(followers * 2, rate)).engagement).toBeGreaterThanOrEqual(
          stepsOf(liked(followers, rate)).engagement,
        );
  });
});

test("a campaign shows no more than is all that clicks can give: one counted beside a small account, the large one being disconnected, is worth little", () => {
  const after = (campaigns: number, count: number, counted: number) => {
    const clicks = { count, fullestDay: count, followers: counted, countedAt: "2026-11-25T12:00:00.000Z" };
    const { visitors, clickFollowers } = sumOf(Array.from({ length: campaigns }, () => aPastResult({ clicks })));
    return stepsOf({ ...nothing, visitors, clickFollowers }).clicks;
  };
  const { clicks } = stepsOf(nothing);
  expect(after(1, 2_000, 1_000_000)).toBe(clicks);
  expect(after(1, 2_000, 2_000)).toBe(clicks + 1);
  // A crowd that was sent to one campaign of a friend's.
  expect(after(1, 500, 1_000)).toBe(clicks + 1);
  expect([1, 10, 100].map((campaigns) => after(campaigns, 500, 10_000))).toEqual([7, 16, 20]);
});

test("what is not known is the typical, and costs confidence alone", () => {
  expect(stepsOf(nothing)).toEqual({ reach: 4, engagement: 5, delivery: 16, approval: 16, clicks: 2, focus: 20 });
  expect(certaintyOf(nothing)).toEqual({ reach: 0, engagement: 0, delivery: 0, approval: 0, clicks: 0, focus: 1 });
});

test("a factor is never more than all and never less than nothing; the house's weights are a hundred", () => {
  expect(factorNames.reduce((sum, name) => sum + defaultWeights[name], 0)).toBe(100);
  // The order of the index bounds what a factor gives; of one without weight there, it would say nothing.
  expect(factorNames.filter((name) => defaultWeights[name] <= 0)).toEqual([]);
  fc.assert(
    fc.property(someone, (judged) => {
      for (const step of Object.values(stepsOf(judged)))
        expect(step >= 0 && step <= STEPS && Number.isInteger(step)).toBe(true);
    }),
  );
});

test("a factor that is newer than stored steps gives nothing", () => {
  expect(standingOf({ reach: 4 })).toBe(4 * defaultWeights.reach);
});

describe("a bound", () => {
  test("holds whoever has no more under the house's weights, whatever counts for a campaign", () => {
    fc.assert(
      fc.property(someone, someWeights, (judged, weights) => {
        const steps = stepsOf(judged);
        const bound = boundUnder(weights, standingOf(steps), reachBound(tierOf(judged.followers)));
        expect(bound).toBeGreaterThanOrEqual(standingOf(steps, weights));
      }),
      { numRuns: 500 },
    );
  });

  test("is what is there under the house's own weights, and everything at most", () => {
    expect(boundUnder(defaultWeights, 1_234, STEPS)).toBe(1_234);
    expect(boundUnder(defaultWeights, MOST_STANDING, STEPS)).toBe(MOST_STANDING);
    expect(boundUnder(defaultWeights, MOST_STANDING, 7)).toBe(MOST_STANDING - 25 * (STEPS - 7));
  });
});

describe("tiers", () => {
  test("have everybody, each once, and whoever is in a range is in one that is read", () => {
    expect([null, 0, 9_999, 10_000, 99_999, 100_000, 1_000_000].map(tierOf)).toEqual([0, 0, 0, 1, 1, 2, 3]);
    fc.assert(
      fc.property(
        fc.option(fc.integer({ min: 0, max: 9e6 })),
        fc.integer({ min: 0, max: 2e6 }),
        fc.integer({ min: 0, max: 2e6 }),
        (followers, minFollowers, more) => {
          const range = { minFollowers, maxFollowers: minFollowers + more };
          if (isInRange(range, followers)) expect(tiersWithin(range)).toContain(tierOf(followers));
          expect(reachStep(followers)).toBeLessThanOrEqual(reachBound(tierOf(followers)));
        },
      ),
    );
    expect(tiersWithin({})).toEqual([3, 2, 1, 0]);
    expect(tiersWithin({ minFollowers: 100_000 })).toEqual([3, 2]);
    expect(tiersWithin({ maxFollowers: 9_000 })).toEqual([0]);
  });
});
