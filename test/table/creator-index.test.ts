/** The index gives exactly what a full sort of everybody would, in that order, for whatever a campaign asks. */
import { describe, expect, test } from "@jest/globals";
import { entriesOf } from "#shared/domain/matching/index-entry";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { bestBySorting, someBrief, someCreator } from "../support/crowd-of-creators.ts";
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
      const best = await bestByIndex(table, brief, byId, 20);
      expect({ brief, best }).toEqual({ brief, best: bestBySorting(brief, cards, 20) });
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
    expect((await bestByIndex(table, aMatchBrief(), byId, 5)).map((id) => byId.get(id)?.accounts)).toMatchSnapshot();
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
    expect(await bestByIndex(table, brief, byId, 20)).toEqual(bestBySorting(brief, cards, 20));
  }
  // Two tiers that nobody is in, and all of those who are equal: whose turn it is, nobody knows before.
  expect(reads.pages).toBeLessThan(3 * 10);
});

test("somebody is read of once: the places of a creator are different, and no more than a commit can hold for most", () => {
  const accounts = (["instagram", "tiktok", "youtube"] as const).map((platform) => aCardAccount({ platform }));
  const entries = entriesOf(aCardContent({ accounts, categories: ["fashion", "food", "art"] }));
  const keys = entries.map((entry) => JSON.stringify(itemKey(items.indexEntry, entry)));
  expect(new Set(keys).size).toBe(32);
  expect(entries).toHaveLength(32);
});
