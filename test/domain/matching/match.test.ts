/** Filters say who can be proposed, factors who first; nothing is judged by both. */
import { describe, expect, test } from "@jest/globals";
import { briefOf } from "#shared/domain/matching/brief";
import { type Candidate, exclusionsOf } from "#shared/domain/matching/filters";
import { freshness, matchOf } from "#shared/domain/matching/match";
import { byRank, rankBy } from "#shared/domain/matching/rank";
import { STEPS, type Steps } from "#shared/domain/matching/values";
import { noResults } from "#shared/domain/matching/past-result";
import { defaultWeights, factorNames, type FactorName, weightsVersion } from "#shared/domain/matching/weights";
import { aCampaign, aDeliverable, anInvitation, aParticipant, BRAND_ID } from "../../support/builders.ts";
import { aCardAccount, aCardContent, aMatchBrief } from "../../support/matching-builders.ts";

const NOW = "2026-11-05T00:00:00.000Z";
const candidate = (parts: Partial<Candidate> = {}): Candidate => ({
  card: aCardContent(),
  invitation: undefined,
  participant: undefined,
  ...parts,
});
const excluded = (parts: Partial<Candidate>, brief: Partial<Parameters<typeof exclusionsOf>[0]> = {}) =>
  exclusionsOf(aMatchBrief(brief), candidate(parts), NOW).map(({ filter }) => filter);
const card = aCardContent;

describe("a score", () => {
  test("is the sum of its factors' points, each with the figure, its date, its age and how far it is known", () => {
    const results = { ...noResults, owed: 4, onTime: 3, decided: 4, approved: 4, piecesAt: NOW };
    const match = matchOf(aMatchBrief(), card({ results, categories: ["beauty", "fashion"] }), NOW);
    expect(match.factors.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(match.score, 10);
    expect(match).toMatchSnapshot();
  });

  test("is by the account that speaks most for them, of those that the campaign is made for", () => {
    const accounts = [aCardAccount(), aCardAccount({ platform: "tiktok", followerCount: 900_000 })];
    const platformOf = (platforms: readonly ("instagram" | "tiktok")[]) =>
      matchOf(aMatchBrief({ platforms: [...platforms] }), card({ accounts }), NOW).factors[0]?.evidence.platform;
    expect(platformOf(["instagram"])).toBe("instagram");
    expect(platformOf(["instagram", "tiktok"])).toBe("tiktok");
    expect(platformOf([])).toBe("tiktok");
  });

  test("of a rate that counts no further says what would raise it: more who like it, and not more likes", () => {
    const raiseAt = (followerCount: number, engagementRate: number) =>
      matchOf(aMatchBrief(), card({ accounts: [aCardAccount({ followerCount, engagementRate })] }), NOW).factors[1]
        ?.raise;
    const moreLikes = "More likes and comments for each follower on the latest posts.";
    const byMore = "As much or more on more posts, by more followers: what few of them do says little.";
    expect([raiseAt(2_000, 0.05), raiseAt(2_000, 0.1)]).toEqual([moreLikes, byMore]);
    // Of ten friends, the most that they can do is no more than what they do.
    expect([0.001, 0.05, 0.1].map((rate) => raiseAt(10, rate))).toEqual([moreLikes, byMore, byMore]);
  });

  test("does not fall with what is missing or old; confidence does", () => {
    const brief = aMatchBrief();
    const [now, later] = [NOW, "2027-11-05T00:00:00.000Z"].map((at) => matchOf(brief, card(), at));
    expect(later?.score).toBe(now?.score);
    expect(Number(later?.confidence)).toBeLessThan(Number(now?.confidence));
    const unknown = matchOf(brief, card({ accounts: [aCardAccount({ engagementRate: null, postsRated: 0 })] }), NOW);
    const poor = matchOf(brief, card({ accounts: [aCardAccount({ engagementRate: 0 })] }), NOW);
    expect(unknown.score).toBeGreaterThan(poor.score);
    expect(unknown.confidence).toBeLessThan(poor.confidence);
    expect([0, 7, 90, 900, null].map(freshness)).toEqual([1, 1, 0.25, 0.25, 1]);
  });

  test("does not fall with a doubtful audience: what rests on it is less sure, and says by which flag", () => {
    const flags = ["follower_jump"] as const;
    const [sound, flagged] = [[], [...flags]].map((of) =>
      matchOf(aMatchBrief(), card({ accounts: [aCardAccount({ flags: of })] }), NOW),
    );
    expect(flagged?.score).toBe(sound?.score);
    for (const [at, name] of factorNames.entries()) {
      const [before, after] = [sound?.factors[at], flagged?.factors[at]];
      const isDoubtful = name === "reach" || name === "engagement";
      expect(after?.confidence).toBe(Number(before?.confidence) * (isDoubtful ? 0.5 : 1));
      expect(after?.evidence.flags).toEqual(isDoubtful ? flags : undefined);
      expect(before?.evidence).not.toHaveProperty("flags");
    }
  });

  test("has each figure's own date: a piece of today makes clicks of a year ago no fresher", () => {
    const results = {
      ...noResults,
      owed: 1,
      decided: 1,
      clickFollowers: 9_000,
      piecesAt: NOW,
      clicksAt: "2025-11-05T00:00:00.000Z",
    };
    const ages = (of: object) =>
      matchOf(aMatchBrief(), card({ results: { ...results, ...of } }), NOW).factors.map(
        ({ evidence }) => evidence.ageDays,
      );
    expect(ages({})).toEqual([4, 4, 0, 0, 365, null]);
    expect(ages({ decided: 0, clickFollowers: 0 })).toEqual([4, 4, 0, null, null, null]);
  });

  test("is by a campaign's own weights where it has some, and says which", () => {
    const own = { ...defaultWeights, reach: 0, engagement: 55 };
    const campaign = aCampaign({ matchWeights: own, weightsRevision: 3 });
    const match = matchOf(briefOf(campaign, []), card(), NOW);
    expect(match.factors.find(({ name }) => name === "reach")).toMatchObject({ points: 0, max: 0, raise: null });
    expect([weightsVersion(campaign), weightsVersion(aCampaign())]).toEqual(["3.3", "3"]);
  });
});

/** Two creators who differ in one factor alone. */
const apart: Readonly<Record<FactorName, readonly [object, object]>> = {
  reach: [
    { accounts: [aCardAccount({ followerCount: 500_000 })] },
    { accounts: [aCardAccount({ followerCount: 11_000 })] },
  ],
  engagement: [
    { accounts: [aCardAccount({ engagementRate: 0.07 })] },
    { accounts: [aCardAccount({ engagementRate: 0.01 })] },
  ],
  delivery: [{ results: { ...noResults, owed: 9, onTime: 9 } }, { results: { ...noResults, owed: 9, onTime: 2 } }],
  approval: [
    { results: { ...noResults, decided: 9, approved: 9 } },
    { results: { ...noResults, decided: 9, approved: 2 } },
  ],
  clicks: [
    { results: { ...noResults, clickFollowers: 90_000, visitors: 2_700 } },
    { results: { ...noResults, clickFollowers: 90_000, visitors: 0 } },
  ],
  focus: [{ categories: ["fashion"] }, { categories: ["fashion", "food", "pets"] }],
};

describe("every factor", () => {
  test.each(factorNames)("decides between two who differ in it alone, and not where it weighs nothing: %s", (name) => {
    const [strong, weak] = apart[name].map((parts) => card(parts));
    const scores = (brief = aMatchBrief()) => [strong, weak].map((one) => one && matchOf(brief, one, NOW).score);
    const [first, second] = scores();
    expect(Number(first)).toBeGreaterThan(Number(second));
    const without = { ...defaultWeights, [name]: 0 };
    const rest = {
      ...without,
      [name === "reach" ? "focus" : "reach"]: without[name === "reach" ? "focus" : "reach"] + defaultWeights[name],
    };
    const [third, fourth] = scores(aMatchBrief({ weights: rest }));
    expect(third).toBe(fourth);
  });
});

describe("nobody is proposed", () => {
  test("who fits is left out by nothing", () => expect(excluded({})).toEqual([]));

  test.each([
    ["category", { card: card({ categories: ["food"] }) }, {}],
    ["country", { card: card({ country: null }) }, { countries: ["DE"] }],
    ["platforms", { card: card({ accounts: [] }) }, {}],
    ["platforms", {}, { platforms: ["youtube"] as const }],
    ["min_followers", {}, { minFollowers: 25_001 }],
    ["min_followers", { card: card({ accounts: [aCardAccount({ followerCount: null })] }) }, { minFollowers: 1 }],
    ["price", { card: card({ price: { currency: "USD", min: 10_001, max: 90_000 } }) }, {}],
    ["conflict_of_interest", { card: card({ userId: BRAND_ID }) }, {}],
    ["invited", { invitation: anInvitation() }, {}],
    ["declined", { invitation: anInvitation({ status: "declined", respondedAt: NOW }) }, {}],
    ["taking_part", { participant: aParticipant() }, {}],
    ["taking_part", { participant: aParticipant({ status: "completed", units: [] }) }, {}],
  ] as const)("for: %s", (filter, parts, brief) => {
    expect(excluded(parts, brief)).toEqual([filter]);
  });

  test.each([
    ["whose invitation ran out", { invitation: anInvitation({ expiresAt: NOW }) }, {}],
    ["whose invitation was withdrawn", { invitation: anInvitation({ status: "withdrawn" }) }, {}],
    ["who was removed, and owes nothing", { participant: aParticipant({ status: "inactive", units: [] }) }, {}],
    ["who asks for another currency", { card: card({ price: { currency: "EUR", min: 99_999, max: 99_999 } }) }, {}],
    [
      "who asks for more, where nothing is offered yet",
      { card: card({ price: { currency: "USD", min: 99_999, max: 99_999 } }) },
      { offer: undefined },
    ],
    ["with exactly so many followers", {}, { minFollowers: 25_000 }],
  ] as const)("but for somebody %s", (_who, parts, brief) => {
    expect(excluded(parts, brief)).toEqual([]);
  });

  test("without the numbers that say so, and their date", () => {
    const [exclusion] = exclusionsOf(aMatchBrief({ minFollowers: 30_000 }), candidate(), NOW);
    expect(exclusion?.evidence).toEqual({
      wanted: "30000 followers or more",
      found: "25000 on instagram",
      asOf: "2026-11-01T00:00:00.000Z",
    });
  });
});

describe("a brief", () => {
  test("asks for the platforms that the brand names, or else for those of what it wants made; and offers its best price", () => {
    const deliverables = [
      aDeliverable({ type: "tiktok_video", compensation: { amount: 500, currency: "USD" } }),
      aDeliverable({ type: "youtube_short", compensation: { amount: 900, currency: "USD" } }),
    ];
    expect(briefOf(aCampaign(), deliverables)).toMatchObject({
      platforms: ["tiktok", "youtube"],
      offer: { amount: 900, currency: "USD" },
    });
    const named = aCampaign({ targetAudience: { platforms: ["twitter"], minFollowers: 7, countries: ["US", "DE"] } });
    expect(briefOf(named, deliverables)).toMatchObject({
      platforms: ["twitter"],
      minFollowers: 7,
      countries: ["DE", "US"],
    });
    expect(briefOf(aCampaign(), [])).toMatchObject({ platforms: [], offer: undefined });
  });
});

describe("equals", () => {
  const steps: Steps = { reach: 9, engagement: 9, delivery: 16, approval: 16, clicks: 2, focus: STEPS };
  const five = Array.from({ length: 5 }, (_, at) => ({ creatorId: `creator-${at}`, steps }));
  const inOrder = (brief: Parameters<typeof rankBy>[0], all: typeof five) =>
    [...all].sort((one, other) => byRank(rankBy(brief, one), rankBy(brief, other))).map(({ creatorId }) => creatorId);

  test("come first as often as each other, over a thousand campaigns", () => {
    const firsts = new Map<string, number>();
    for (let run = 0; run < 1_000; run += 1) {
      const [first = ""] = inOrder({ ...aMatchBrief(), campaignId: `cmp_${run}` }, five);
      firsts.set(first, (firsts.get(first) ?? 0) + 1);
    }
    // Four standard deviations of a fair draw around 200.
    for (const { creatorId } of five) expect(Math.abs((firsts.get(creatorId) ?? 0) - 200)).toBeLessThan(4 * 12.7);
  });

  test("are in one order for a campaign, however they come", () => {
    expect(inOrder(aMatchBrief(), [...five].reverse())).toEqual(inOrder(aMatchBrief(), five));
  });

  test("under a campaign's own weights are as the house's have them", () => {
    const better = { creatorId: "better", steps: { ...steps, engagement: 10 } };
    const brief = aMatchBrief({ weights: { ...defaultWeights, engagement: 0, reach: 55 } });
    for (let run = 0; run < 20; run += 1) {
      const campaign = { ...brief, campaignId: `cmp_${run}` };
      expect(rankBy(campaign, better).standing).toBe(rankBy(campaign, { creatorId: "creator-0", steps }).standing);
      expect(inOrder(campaign, [...five, better])[0]).toBe("better");
    }
  });
});
