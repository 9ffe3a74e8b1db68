/**
 * `node test/bench/matching.ts`: the best 20 of 10,000, 100,000 and a million creators, read from the index and by looking at
 * everybody; pages and read units by DynamoDB's rules, and whether both name the same in the same order.
 */
import type { Brief } from "#shared/domain/matching/brief";
import type { CardContent } from "#shared/domain/matching/card";
import type { IndexEntry } from "#shared/domain/matching/index-entry";
import { defaultWeights, type Weights } from "#shared/domain/matching/weights";
import { READING } from "#shared/table/repositories/best-first";
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

const weights = (some: Partial<Weights>): { readonly weights: Weights } => ({
  weights: { reach: 0, engagement: 0, delivery: 0, approval: 0, clicks: 0, focus: 0, ...some },
});

interface Asked {
  readonly brief: Brief;
  /** Whether the budget is for it: what it asks is in the index's own order. */
  readonly isBudgeted: boolean;
}

const ours = (parts: Partial<Brief> = {}): Asked => ({ brief: brief(parts), isBudgeted: true });
const own = (some: Partial<Weights>): Asked => ({ brief: brief(weights(some)), isBudgeted: false });

const briefs: Readonly<Record<string, Asked>> = {
  "one platform": ours(),
  "one country": ours({ countries: ["US"] }),
  "50,000 followers": ours({ minFollowers: 50_000 }),
  "a price that few are below": ours({ offer: { amount: 1_000, currency: "USD" } }),
  "two platforms": ours({ platforms: ["instagram", "tiktok"] }),
  "two platforms, two countries": ours({ platforms: ["instagram", "tiktok"], countries: ["DE", "US"] }),
  "four platforms": ours({ platforms: ["instagram", "tiktok", "twitter", "youtube"] }),
  "own: 35, 30, 10, 5, 10, 10": own({ reach: 35, engagement: 30, delivery: 10, approval: 5, clicks: 10, focus: 10 }),
  "own: reach 100": own({ reach: 100 }),
  "own: reach 60, engagement 40": own({ reach: 60, engagement: 40 }),
  "own: clicks 100": own({ clicks: 100 }),
};

const isAsked = ({ category, country, platform, tier }: IndexEntry): boolean =>
  category === "fashion" &&
  ["any", "DE", "US"].includes(country) &&
  platform !== "any" &&
  platform !== "linkedin" &&
  (tier === "any" || (country === "any" && platform === "instagram"));

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

interface Row {
  readonly creators: number;
  readonly brief: string;
  readonly pages: number;
  readonly "read units": number;
  readonly "said to be exact": boolean;
  readonly exact: boolean;
  readonly "within budget": boolean;
}

async function rowsOf(count: number): Promise<Row[]> {
  const cards = crowdOf(count);
  const byId = new Map(cards.map((card) => [card.userId, card]));
  const { table, reads } = indexOf(cards, isAsked);
  const rows: Row[] = [];
  for (const [name, { brief: asked, isBudgeted }] of Object.entries(briefs)) {
    Object.assign(reads, { pages: 0, units: 0 });
    const { best, isExact } = await bestByIndex(table, asked, byId, BEST);
    const isRight = JSON.stringify(best) === JSON.stringify(bestBySorting(asked, cards, BEST));
    rows.push({
      creators: count,
      brief: name,
      pages: reads.pages,
      "read units": reads.units,
      "said to be exact": isExact,
      exact: isRight,
      // What is said to be exact is, whatever is asked; nothing is read without an end.
      "within budget":
        (isRight || !isExact) &&
        reads.pages <= READING.pages &&
        (!isBudgeted || (isExact && reads.pages <= MOST_PAGES)),
    });
  }
  return rows;
}

/** Measures everything; false when a budget is exceeded or anybody is named wrongly. */
export async function matching(counts: readonly number[] = [10_000, 100_000, 1_000_000]): Promise<boolean> {
  const rows: Row[] = [];
  for (const count of counts) rows.push(...(await rowsOf(count)));
  console.table(rows);
  const unitsOf = (name: string, count: number | undefined): number =>
    Number(rows.find((row) => row.brief === name && row.creators === count)?.["read units"]);
  const growths = Object.entries(briefs)
    .filter(([, { isBudgeted }]) => isBudgeted)
    .map(([name]) => unitsOf(name, counts.at(-1)) / unitsOf(name, counts.at(0)));
  const growth = Math.max(...growths);
  console.log(
    `${counts.at(-1)} creators read ${growth.toFixed(2)} x what ${counts.at(0)} do at most (budget ${MOST_GROWTH} x)`,
  );
  return rows.every((row) => row["within budget"]) && growth <= MOST_GROWTH;
}

if (import.meta.main) process.exitCode = (await matching()) ? 0 : 1;
