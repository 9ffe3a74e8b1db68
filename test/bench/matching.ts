/**
 * `node test/bench/matching.ts`: the best 20 of 10,000, 100,000 and a million creators, read from the index and by looking at
 * everybody; pages and read units by DynamoDB's rules, and whether both name the same in the same order.
 */
import type { Brief } from "#shared/domain/matching/brief";
import type { CardContent } from "#shared/domain/matching/card";
import type { IndexEntry } from "#shared/domain/matching/index-entry";
import { defaultWeights } from "#shared/domain/matching/weights";
import { bestBySorting, someCreator } from "../support/crowd-of-creators.ts";
import { bestByIndex, indexOf } from "../support/index-under-test.ts";
import { randomOf } from "../support/random.ts";

const SEED = 20_261_127;
const BEST = 20;
/** Why these: docs/decisions.md, budgets. */
const MOST_PAGES = 4;
const MOST_GROWTH = 2;

const brief = (parts: Partial<Brief> = {}): Brief => ({
  campaignId: `cmp_${"0".repeat(26)}`,
  brandId: "00000000-0000-4000-9000-00000000000b",
  category: "fashion",
  countries: [],
  platforms: ["instagram"],
  minFollowers: 0,
  offer: { amount: 10_000, currency: "USD" },
  weights: defaultWeights,
  ...parts,
});

const briefs: Readonly<Record<string, Brief>> = {
  "one platform, anywhere": brief(),
  "one platform, one country": brief({ countries: ["US"] }),
  "50,000 followers or more": brief({ minFollowers: 50_000 }),
  "two platforms": brief({ platforms: ["instagram", "tiktok"] }),
  "own weights (reach 60, engagement 40)": brief({
    weights: { reach: 60, engagement: 40, delivery: 0, approval: 0, clicks: 0, focus: 0 },
  }),
};

const isAsked = ({ category, country, platform }: IndexEntry): boolean =>
  category === "fashion" &&
  (country === "any" || country === "US") &&
  (platform === "instagram" || platform === "tiktok");

/** Only whoever makes what is looked for can be proposed: nobody else is kept in memory, though a full sort looks at them. */
function crowdOf(count: number): readonly CardContent[] {
  const chance = randomOf(SEED);
  const all: CardContent[] = [];
  for (let number = 0; number < count; number += 1) {
    const card = someCreator(number, chance);
    if (card.categories.includes("fashion")) all.push(card);
  }
  return all;
}

/** Measures everything; false when a budget is exceeded or anybody is named wrongly. */
export async function matching(counts: readonly number[] = [10_000, 100_000, 1_000_000]): Promise<boolean> {
  const rows: object[] = [];
  const units = new Map<string, number[]>();
  let isWithin = true;
  for (const count of counts) {
    const cards = crowdOf(count);
    const byId = new Map(cards.map((card) => [card.userId, card]));
    const { table, reads } = indexOf(cards, isAsked);
    for (const [name, asked] of Object.entries(briefs)) {
      Object.assign(reads, { pages: 0, units: 0 });
      const best = await bestByIndex(table, asked, byId, BEST);
      const isExact = JSON.stringify(best) === JSON.stringify(bestBySorting(asked, cards, BEST));
      units.set(name, [...(units.get(name) ?? []), reads.units]);
      isWithin &&= isExact && (name !== "one platform, one country" || reads.pages <= MOST_PAGES);
      rows.push({ creators: count, brief: name, pages: reads.pages, "read units": reads.units, exact: isExact });
    }
  }
  console.table(rows);
  const [least, most] = [units.get("one platform, one country")?.at(0), units.get("one platform, one country")?.at(-1)];
  const growth = Number(most) / Number(least);
  console.log(
    `${counts.at(-1)} creators read ${growth.toFixed(2)} x what ${counts.at(0)} do (${MOST_GROWTH} x at most)`,
  );
  return isWithin && growth <= MOST_GROWTH;
}

if (import.meta.main) process.exitCode = (await matching()) ? 0 : 1;
