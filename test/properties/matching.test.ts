/** Whom a campaign is proposed, whatever it asks and whoever there is: as a full sort would have it, and no worse for more evidence. */
import { describe, expect, test } from "@jest/globals";
import { Category } from "#shared/domain/campaigns/campaign";
import type { CardContent } from "#shared/domain/matching/card";
import type { IndexEntry } from "#shared/domain/matching/index-entry";
import { matchOf } from "#shared/domain/matching/match";
import { rankOf } from "#shared/domain/matching/rank";
import { SocialPlatform } from "#shared/domain/social/platform";
import { bestBySorting, fits, NOW, someBrief, someCreator } from "../support/crowd-of-creators.ts";
import { bestByIndex, indexOf } from "../support/index-under-test.ts";
import { aCardAccount, aMatchBrief } from "../support/matching-builders.ts";
import { randomOf } from "../support/random.ts";

const SEED = 20_261_127;

describe("of thirty thousand creators", () => {
  const chance = randomOf(SEED);
  const cards: CardContent[] = [];
  for (let number = 0; number < 30_000; number += 1) {
    const card = someCreator(number, chance);
    if (card.categories.includes("fashion")) cards.push(card);
  }
  const byId = new Map(cards.map((card) => [card.userId, card]));
  const { table, reads } = indexOf(cards, ({ category }: IndexEntry) => category === "fashion");

  test("the best are those of a full sort; where reading stops before that is known, it is said", async () => {
    let exact = 0;
    for (let number = 0; number < 60; number += 1) {
      const brief = { ...someBrief(number, chance), category: "fashion" as const };
      const { best, isExact } = await bestByIndex(table, brief, byId, 20);
      if (isExact) expect({ brief, best }).toEqual({ brief, best: bestBySorting(brief, cards, 20) });
      exact += Number(isExact);
    }
    expect(exact).toBeGreaterThan(40);
  });

  test.each([
    ["one platform", {}, 1],
    ["two", { platforms: ["instagram", "tiktok"] as const }, 2],
    ["two in two countries", { platforms: ["instagram", "tiktok"] as const, countries: ["DE", "US"] }, 4],
    ["with so many followers", { minFollowers: 50_000 }, 2],
    ["for a low price", { offer: { amount: 1_000, currency: "USD" as const } }, 2],
  ])("the best by the house's weights take so few pages: %s", async (_what, parts, pages) => {
    reads.pages = 0;
    const brief = aMatchBrief({
      ...parts,
      platforms: [...("platforms" in parts ? parts.platforms : ["instagram" as const])],
    });
    expect(await bestByIndex(table, brief, byId, 20)).toEqual({ best: bestBySorting(brief, cards, 20), isExact: true });
    expect(reads.pages).toBeLessThanOrEqual(pages);
  });
});

describe("for a thousand creators and campaigns of all kinds", () => {
  const chance = randomOf(SEED + 1);
  const pairs = Array.from({ length: 1_000 }, (_, number) => {
    const card = someCreator(number, chance);
    const brief = { ...someBrief(number % 100, chance), category: Category.parse(card.categories[0]), countries: [] };
    return { card, brief };
  });

  test("one more piece in time or approved, or one more visitor, never puts anybody lower", () => {
    for (const { card, brief } of pairs) {
      const { results } = card;
      const better = [
        { ...results, owed: results.owed + 1, onTime: results.onTime + 1 },
        { ...results, decided: results.decided + 1, approved: results.approved + 1 },
        { ...results, visitors: results.visitors + 1 },
      ];
      const before = rankOf(brief, card);
      for (const one of better) {
        const after = rankOf(brief, { ...card, results: one });
        expect([after.standing >= before.standing, after.house >= before.house]).toEqual([true, true]);
      }
    }
  });

  test("one more account, or more followers, never puts anybody who can be proposed lower", () => {
    let raised = 0;
    for (const { card, brief } of pairs.filter((one) => fits(one.brief, one.card))) {
      const free = SocialPlatform.options.filter((one) => card.accounts.every(({ platform }) => platform !== one));
      const more = free.slice(0, 1).map((platform) => aCardAccount({ platform, engagementRate: 0.05 * chance() }));
      const better = [
        { ...card, accounts: [...card.accounts, ...more] },
        {
          ...card,
          accounts: card.accounts.map((one) => ({ ...one, followerCount: one.followerCount && 2 * one.followerCount })),
        },
      ];
      for (const one of better) {
        expect(fits(brief, one)).toBe(true);
        const [before, after] = [rankOf(brief, card), rankOf(brief, one)];
        expect(after.standing).toBeGreaterThanOrEqual(before.standing);
        raised += Number(after.standing > before.standing);
      }
    }
    expect(raised).toBeGreaterThan(100);
  });

  test("the order of accounts and categories says nothing, and points are the score", () => {
    for (const { card, brief } of pairs) {
      const turned = { ...card, accounts: card.accounts.toReversed(), categories: card.categories.toReversed() };
      expect(rankOf(brief, turned)).toEqual(rankOf(brief, card));
      const { score, factors, confidence } = matchOf(brief, card, NOW);
      expect(factors.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 10);
      expect(rankOf(brief, card).standing).toBe(Math.round(score * 20));
      expect(confidence >= 0 && confidence <= 1).toBe(true);
    }
  });
});
