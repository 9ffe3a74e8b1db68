/** The index gives exactly what a full sort of everybody would, in that order, for whatever a campaign asks. */
import { describe, expect, test } from "@jest/globals";
import type { Brief } from "#shared/domain/matching/brief";
import type { CardContent } from "#shared/domain/matching/card";
import { asIndexed, entriesOf, type IndexEntry, mayFit } from "#shared/domain/matching/index-entry";
import { matchOf } from "#shared/domain/matching/match";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { READING } from "#shared/table/repositories/best-first";
import { bestBySorting, idOfCreator, NOW, someBrief, someCreator } from "../support/crowd-of-creators.ts";
import { bestByIndex, indexOf } from "../support/index-under-test.ts";
import { aCardAccount, aCardContent, aMatchBrief } from "../support/matching-builders.ts";
import { randomOf } from "../support/random.ts";

const SEED = 20_261_127;

describe("the best of a thousand creators", () => {
  const chance = randomOf(SEED);
  const cards = Array.from({ length: 1_000 }, (_, number) => someCreator(number, chance));
  const byId = new Map(cards.map((card) => [card.userId, card]));
  const { table } = indexOf(cards);

  test("are those of a full sort, for a hundred campaigns with filters and weights of all kinds", async () => {
    let named = 0;
    for (let number = 0; number < 100; number += 1) {
      const brief = someBrief(number, chance);
      const { best, isExact } = await bestByIndex(table, brief, byId, 20);
      expect({ brief, best, isExact }).toEqual({ brief, best: bestBySorting(brief, cards, 20), isExact: true });
      named += best.length;
    }
    expect(named).toBeGreaterThan(500);
  });

  test("are the same whatever order they came in", async () => {
    const { table: other } = indexOf([...cards].reverse());
    const brief = aMatchBrief({ platforms: [], countries: ["US"] });
    expect(await bestByIndex(other, brief, byId, 50)).toEqual(await bestByIndex(table, brief, byId, 50));
  });

  test("are these: a change of the order is a change of the model's version", async () => {
    const golden = [
      aMatchBrief(),
      aMatchBrief({ platforms: ["tiktok", "youtube"], minFollowers: 20_000 }),
      aMatchBrief({ weights: { reach: 10, engagement: 50, delivery: 40, approval: 0, clicks: 0, focus: 0 } }),
    ].map(async (brief) => {
      const { best } = await bestByIndex(table, brief, byId, 5);
      return best.map((id) => [id, matchOf(brief, byId.get(id) as CardContent, NOW).score]);
    });
    expect(await Promise.all(golden)).toMatchSnapshot();
  });
});

test("equal creators by the hundred are in their campaign's order, and none is missed at the end of a page", async () => {
  const cards = Array.from({ length: 200 }, (_, number) =>
    aCardContent({ userId: someCreator(number, () => 0.5).userId }),
  );
  const byId = new Map(cards.map((card) => [card.userId, card]));
  const { table, reads } = indexOf(cards);
  for (const number of [1, 2, 3]) {
    const brief = { ...aMatchBrief(), campaignId: `cmp_${number}` };
    expect((await bestByIndex(table, brief, byId, 20)).best).toEqual(bestBySorting(brief, cards, 20));
  }
  // All of those who are equal: whose turn it is, nobody knows before.
  expect(reads.pages).toBeLessThan(3 * 10);
});

test("somebody whose stronger account only may have as many followers as are asked for comes where their other one puts them", async () => {
  const small = aCardAccount({ followerCount: 50_900, engagementRate: 0.08 });
  const large = aCardAccount({ platform: "tiktok", followerCount: 60_000, engagementRate: 0 });
  const cards = [
    aCardContent({ userId: idOfCreator(1), accounts: [small, large] }),
    aCardContent({ userId: idOfCreator(2), accounts: [aCardAccount({ followerCount: 60_000, engagementRate: 0.04 })] }),
  ];
  const brief = aMatchBrief({ platforms: ["instagram", "tiktok"], minFollowers: 50_950 });
  const best = await bestByIndex(indexOf(cards).table, brief, new Map(cards.map((card) => [card.userId, card])), 1);
  expect(best).toEqual({ best: bestBySorting(brief, cards, 1), isExact: true });
});

test("somebody is read of once: the places of a creator are different, and no more than a commit can hold for most", () => {
  const accounts = (["instagram", "tiktok", "youtube"] as const).map((platform) => aCardAccount({ platform }));
  const card = aCardContent({ accounts, categories: ["fashion", "food", "art"] });
  const entries = entriesOf(asIndexed(card));
  const keys = entries.map((entry) => JSON.stringify(itemKey(items.indexEntry, entry)));
  expect(new Set(keys).size).toBe(64);
  expect(entries).toHaveLength(64);
});

describe("one question reads so much and no more", () => {
  const many = 12_000;
  const answered = async (cards: readonly CardContent[], brief: Brief) => {
    const { table, reads } = indexOf(cards, isOfLists);
    const { best, isExact } = await bestByIndex(table, brief, new Map(cards.map((card) => [card.userId, card])), 20);
    expect(reads.pages).toBeLessThanOrEqual(READING.pages);
    // An entry is 320 bytes at most here, and a page is rounded up.
    expect(reads.units).toBeLessThanOrEqual(Math.ceil((READING.entries * 320) / 4_096) + READING.pages);
    return { best, isExact, pages: reads.pages };
  };
  const isOfLists = ({ category, tier, platform }: IndexEntry): boolean =>
    category === "fashion" && tier === "any" && platform === "instagram";

  test("where thousands are equal: those who are proposed are said not to be all there is", async () => {
    const cards = Array.from({ length: many }, (_, number) => aCardContent({ userId: idOfCreator(number) }));
    const { best, isExact } = await answered(cards, aMatchBrief());
    expect({ proposed: best.length, isExact }).toEqual({ proposed: 20, isExact: false });
  });

  test("where nobody fits: whose price is too high, and who is elsewhere", async () => {
    const price = { currency: "USD", min: 90_000, max: 90_000 } as const;
    const dear = Array.from({ length: many }, (_, number) => aCardContent({ userId: idOfCreator(number), price }));
    expect(await answered(dear, aMatchBrief())).toMatchObject({ best: [], isExact: false });
    // Nor are they looked up: the index knows their price.
    const entries = dear.slice(0, 1).flatMap((card) => entriesOf(asIndexed(card)));
    expect(entries.filter((entry) => mayFit(aMatchBrief(), entry))).toEqual([]);
    expect(entries.every((entry) => mayFit(aMatchBrief({ offer: undefined }), entry))).toBe(true);
    const countries = ["AD", "IS", "LI", "MC", "SM"];
    const { pages, ...told } = await answered(dear, aMatchBrief({ countries, offer: undefined }));
    // Everybody for some pages; then the lists of those countries, which nobody is in.
    expect(told).toEqual({ best: [], isExact: true });
    expect(pages).toBeLessThanOrEqual(3 + countries.length);
  });
});
